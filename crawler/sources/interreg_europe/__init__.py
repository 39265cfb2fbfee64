"""Interreg Europe: good practices of regions that the programme's experts have checked."""
