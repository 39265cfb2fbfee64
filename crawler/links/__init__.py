"""Looks whether addresses in records that people wrote still answer."""
