"""Serve answers as JSON and pages: the only package that knows the web framework."""
