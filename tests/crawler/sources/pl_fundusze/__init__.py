"""Tests of the Polish portals beyond their cases."""
