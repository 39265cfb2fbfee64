"""One module for each matter: what the mentions of a sentence say about it."""
