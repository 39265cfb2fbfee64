"""The first live run of a source: ask little, and say which expectations hold."""
