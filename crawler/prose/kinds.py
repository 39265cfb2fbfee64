"""The facts that are read out of prose, and the shape in which one is handed on."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.parts import Moment, Money

Value = Moment | Money | Decimal | int | bool | str
"""A moment, an amount, a share in per cent, a number (of months, partners, inhabitants), a yes or no, a code."""


class Kind(StrEnum):
    """What a fact is about; the names are those of the labelled texts in `bench/prose`."""

    OPENS = "opens"
    DEADLINE = "deadline"
    BUDGET = "budget"
    GRANT_MIN = "grant_min"
    GRANT_MAX = "grant_max"
    RATE = "rate"
    DURATION_MIN = "duration_min"
    DURATION_MAX = "duration_max"
    APPLICANTS = "applicants"
    LEAD = "lead"
    COUNTRIES = "countries"
    PARTNERS = "partners"
    PARTNER_COUNTRIES = "partner_countries"
    POPULATION_MIN = "population_min"
    POPULATION_MAX = "population_max"
    GROUPING = "grouping"
    REGRANTING = "regranting"
    SUB_GRANT_MAX = "sub_grant_max"


MANY = frozenset({Kind.DEADLINE, Kind.APPLICANTS, Kind.LEAD, Kind.COUNTRIES})
"""Kinds of which a call can have several values; of all others it has one."""

FIGURES = frozenset(
    {
        Kind.OPENS,
        Kind.DEADLINE,
        Kind.BUDGET,
        Kind.GRANT_MIN,
        Kind.GRANT_MAX,
        Kind.RATE,
        Kind.DURATION_MIN,
        Kind.DURATION_MAX,
        Kind.REGRANTING,
        Kind.SUB_GRANT_MAX,
    }
)
"""Kinds that any text about a call may tell; the others are conditions, which belong in texts about eligibility."""


@dataclass(frozen=True, slots=True)
class ProseFact:
    """One fact of a text.

    `excerpt` is the sentence in the words of the text, `span` where the value stands in it (from, to; in
    characters), `rule` the name of the rule that read it: language, kind and the words that decided.
    `strict`: a population bound that the number itself does not meet (`more than 50 000`).
    """

    kind: Kind
    value: Value
    excerpt: str
    rule: str
    span: tuple[int, int]
    strict: bool = False


def written(value: Value) -> str:
    """A value in the notation of the labelled texts: `2026-06-15T14:00`, `2000000 EUR`, `85`."""
    match value:
        case bool():
            return str(value).lower()
        case Moment():
            return f"{value.date}T{value.time:%H:%M}" if value.time else str(value.date)
        case Money():
            return f"{plain(value.amount)} {value.currency}"
        case Decimal():
            return plain(value)
        case _:
            return str(value)


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros at the end of its decimals."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
