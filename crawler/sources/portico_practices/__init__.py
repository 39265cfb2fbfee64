"""Portico: what cities did, as the European Urban Initiative and its partners tell it."""
