"""One folder a source: `source.yml`, `parse.py`, `spider.py`. The folder is the registration."""
