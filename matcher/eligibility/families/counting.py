"""Who counts in a consortium, and from how many countries: for certain, and at most."""

from typing import NamedTuple

from corpus.rules import ConsortiumValue
from corpus.vocab import Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.families.standing import counts_as_applicant, inside
from matcher.eligibility.logic import Bounds, all_of, count_different, truth
from matcher.profile import Body


class Counted(NamedTuple):
    """The applicants that count for certain, those that may, and how many are named at all."""

    certain: tuple[Body, ...]
    possible: tuple[Body, ...]
    named: int

    @property
    def all(self) -> tuple[Body, ...]:
        """Those that count and those that may."""
        return (*self.certain, *self.possible)

    @property
    def number(self) -> Bounds:
        """How many applicants count."""
        return Bounds(len(self.certain), len(self.all))

    def different(self, within: frozenset[str] | None = None) -> Bounds:
        """From how many different countries they come. A body whose country is not given may come from any."""
        known = [body.country for body in self.certain if body.country is not None]
        maybe = [body.country for body in self.all if body.country is None or body in self.possible]
        return count_different(_within(known, within), [code for code in maybe if code is None or _fits(code, within)])

    def has(self, wanted: frozenset[str]) -> Verdict:
        """Whether one of them comes from the countries wanted."""
        return self.different(wanted).at_least(1)


def _fits(code: str, within: frozenset[str] | None) -> bool:
    return within is None or code in within


def _within(codes: list[str], within: frozenset[str] | None) -> list[str]:
    return [code for code in codes if _fits(code, within)]


def counted_of(value: ConsortiumValue, case: Case) -> Counted:
    """The funded bodies of an application that a consortium rule counts."""
    standing = [(body, _counts(value, case, body)) for body in case.funded]
    pick = {wanted: tuple(body for body, got in standing if got is wanted) for wanted in Verdict}
    # A body that may not take part still makes the application too large: leaving it out is the applicant's choice.
    named = sum(not value.of_types or body.type in value.of_types for body in case.funded)
    return Counted(pick[Verdict.MEETS], pick[Verdict.UNKNOWN], named)


def _counts(value: ConsortiumValue, case: Case, body: Body) -> Verdict:
    of_type = truth(None if body.type is None else body.type in value.of_types) if value.of_types else Verdict.MEETS
    place = inside(case, body) if value.count_inside_area_only else Verdict.MEETS
    return all_of((of_type, place, counts_as_applicant(case, body)))
