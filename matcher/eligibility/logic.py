"""Three-valued reasoning: what is certain, what is possible, and what follows from it."""

from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from typing import NamedTuple, TypeVar

from corpus.vocab import Verdict
from matcher.eligibility.verdict import Finding

T = TypeVar("T")
_SEVERITY = {Verdict.MEETS: 0, Verdict.UNKNOWN: 1, Verdict.FAILS: 2}


class Bounds(NamedTuple):
    """A number that is known only between two others."""

    low: int
    high: int

    def at_least(self, wanted: int) -> Verdict:
        """Whether the number reaches what is wanted."""
        if self.low >= wanted:
            return Verdict.MEETS
        return Verdict.UNKNOWN if self.high >= wanted else Verdict.FAILS


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Met when all are met; fails when one fails."""
    return max(verdicts, key=_SEVERITY.__getitem__, default=Verdict.MEETS)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Met when one is met; fails when all fail."""
    return min(verdicts, key=_SEVERITY.__getitem__, default=Verdict.FAILS)


def truth(value: bool | None) -> Verdict:
    """A yes, a no, or nothing said."""
    return Verdict.UNKNOWN if value is None else Verdict.MEETS if value else Verdict.FAILS


def stated(fact: object) -> Verdict:
    """A fact as the applicant states it; anything but a yes or a no says nothing."""
    return truth(fact) if isinstance(fact, bool) else Verdict.UNKNOWN


def worst(findings: Iterable[Finding]) -> Finding | None:
    """The finding that decides: the first that fails, else the first that is unknown, else the first."""
    return max(findings, key=lambda finding: _SEVERITY[finding.verdict], default=None)


def count(items: Iterable[T], counts: Callable[[T], Verdict]) -> Bounds:
    """How many items count, for certain and at most."""
    verdicts = [counts(item) for item in items]
    low = verdicts.count(Verdict.MEETS)
    return Bounds(low, low + verdicts.count(Verdict.UNKNOWN))


def count_different(certain: Iterable[Hashable], possible: Iterable[Hashable | None]) -> Bounds:
    """How many different values there are; a possible `None` could be any new value."""
    known, maybe = set(certain), list(possible)
    return Bounds(len(known), len(known | {item for item in maybe if item is not None}) + maybe.count(None))


def exact(share: float) -> Fraction:
    """A share as it is written: 0.51 is 51/100, not the nearest binary number."""
    return Fraction(str(share))
