"""Tests of the project's own measures."""
