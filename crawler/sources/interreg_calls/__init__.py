"""Interreg: open and coming calls of all programmes, from the search of interreg.eu."""
