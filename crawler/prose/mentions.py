"""A typed mention: a date, an amount, a share, a duration or a count that stands in a sentence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Sort(StrEnum):
    """Sorts of mentions, by what a number or date turns out to be."""

    DATE = "date"
    MONEY = "money"
    SHARE = "share"
    MONTHS = "months"
    PEOPLE = "people"
    BODY = "body"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Mention:
    """One value, or both ends of a range; positions are those of the sentence.

    Ends are of the type of their sort: Moment, Money, Decimal (per cent), int (months, people), tuples of codes.
    """

    sort: Sort
    start: int
    end: int
    low: Any
    high: Any
    is_range: bool = False
    in_words: bool = False
    guessed: bool = False
    """The year of a date is that of the dates around."""
