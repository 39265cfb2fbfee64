"""ISUN 2020: open procedures of the EU programmes that Bulgaria manages."""
