"""Fetch and read the sources: the only package that knows Scrapy."""
