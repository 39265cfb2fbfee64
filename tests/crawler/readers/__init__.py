"""How cases of sources are read whose spiders have no list of details: one module a source, named as the source.

A reader has `read(source, meta, body, fetched_at)`, which gives the entries of a list and what was parsed.
"""
