"""A new source out of templates: its folder, and one case for its tests."""
