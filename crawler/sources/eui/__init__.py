"""European Urban Initiative: the official pages of its calls."""
