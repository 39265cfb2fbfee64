"""Aides-territoires: the French state's register of aids for local projects, of which those paid by the EU are read."""
