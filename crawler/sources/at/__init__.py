"""Austrian portals of ERDF, ESF+, AMIF and the Just Transition Fund."""
