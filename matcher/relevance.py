"""Relevance in three words. Never a percentage: a score is no chance of success."""

from enum import StrEnum


class Relevance(StrEnum):
    """How much a record has to do with an idea."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
