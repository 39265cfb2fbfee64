"""Tests of Aides-territoires beyond its cases."""
