"""Polish portals of European funds: the national one and regional ones, read alike, by their labels."""
