"""Texts with all the facts that they say, and how well those facts are read out of them."""
