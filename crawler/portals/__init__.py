"""Portals of one country whose calls stand in prose: one file a site, read alike."""
