"""URBACT: good practices of cities that carry the programme's label."""
