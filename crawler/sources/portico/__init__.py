"""Portico: the catalogue of calls for cities that the European Urban Initiative keeps, its own and those of others."""
