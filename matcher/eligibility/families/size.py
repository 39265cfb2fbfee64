"""Rule of size: inhabitants of the authority, or of its grouping."""

from collections.abc import Iterator, Sequence

from corpus import formats
from corpus.messages import gettext as _
from corpus.rules import PopulationRule, PopulationValue
from corpus.vocab import Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.logic import all_of, stated, truth
from matcher.eligibility.verdict import Finding, Gap, fails, meets, not_said, open_text
from matcher.eligibility.words import all_of_them, clauses, fact_name, inhabitants
from matcher.profile import Body


def population(rule: PopulationRule, case: Case) -> Finding:
    """The authority, or its grouping where the call lets inhabitants be added, must have the size asked for."""
    value, own = rule.value, case.leader.inhabitants
    grouping = _may_group(value, case)
    members = list(case.group[1:])
    if not members or grouping is Verdict.FAILS:
        return _sized(value, [case.leader], grouping)
    together = _sized(value, [case.leader, *members], grouping)
    if grouping is Verdict.MEETS:
        return together
    alone = _sized(value, [case.leader], grouping)
    return alone if alone.verdict is together.verdict else _grouping_open(value, own)


def _may_group(value: PopulationValue, case: Case) -> Verdict:
    """Whether inhabitants may be added together; unknown where the call or the applicant leaves it open."""
    if value.grouping is None:
        return Verdict.UNKNOWN
    if not value.grouping.allowed or value.grouping.only_if_fact is None:
        return truth(value.grouping.allowed)
    return stated(case.applicant.facts.get(value.grouping.only_if_fact))


def _grouping_open(value: PopulationValue, own: int | None) -> Finding:
    alone = _("An unknown number of inhabitants alone") if own is None else _("{size} alone", size=inhabitants(own))
    fact = value.grouping.only_if_fact if value.grouping else None
    if fact:
        depends = _("adding members of a grouping depends on {fact}, which is not given", fact=fact_name(fact))
        return not_said(clauses(alone, depends))
    return open_text(clauses(alone, _("whether those of a grouping are added is not said")))


def _sized(value: PopulationValue, bodies: Sequence[Body], grouping: Verdict) -> Finding:
    known = [body.inhabitants for body in bodies if body.inhabitants is not None]
    total, complete = sum(known), len(known) == len(bodies)
    verdict = all_of((_enough(value, total, complete), _small_enough(value, total, complete)))
    text = _compared(value, total, len(bodies)) if known else clauses(_("Inhabitants are not given"), _asked(value))
    if verdict is Verdict.MEETS:
        return meets(text)
    if verdict is Verdict.UNKNOWN:
        return _unsure(value, text, total, complete)
    return fails(text, _too_large(value, total, bodies) or _missing(value, total, grouping))


def _enough(value: PopulationValue, total: int, complete: bool) -> Verdict:
    if value.min is None or total > value.min or (total == value.min and not value.min_strict):
        return Verdict.MEETS
    return Verdict.FAILS if complete else Verdict.UNKNOWN


def _small_enough(value: PopulationValue, total: int, complete: bool) -> Verdict:
    if value.max is None:
        return Verdict.MEETS
    if total > value.max or (total == value.max and value.max_inclusive is False):
        return Verdict.FAILS
    if not complete or (total == value.max and value.max_inclusive is None):
        return Verdict.UNKNOWN
    return Verdict.MEETS


def _unsure(value: PopulationValue, text: str, total: int, complete: bool) -> Finding:
    if complete and total == value.max:
        return open_text(clauses(text, _("whether the limit itself is still inside is not said")))
    return not_said(text if not complete and not total else clauses(text, _("not all inhabitants are given")))


def _too_large(value: PopulationValue, total: int, bodies: Sequence[Body]) -> Gap | None:
    """What must go, where the lead alone would be small enough."""
    own = bodies[0].inhabitants
    if value.max is None or own is None or total < value.max or own >= value.max:
        return None
    return Gap(excess=total - value.max)


def _missing(value: PopulationValue, total: int, grouping: Verdict) -> Gap | None:
    """What a grouping would have to bring; nothing, where it could not help."""
    short = 0 if value.min is None else value.min + value.min_strict - total
    if short <= 0 or grouping is Verdict.FAILS or value.grouping is None:
        return None
    return Gap(inhabitants=short, certain=grouping is Verdict.MEETS)


def _compared(value: PopulationValue, total: int, bodies: int) -> str:
    size = inhabitants(total)
    return clauses(_("{size} together", size=size) if bodies > 1 else size, _asked(value))


def _asked(value: PopulationValue) -> str:
    bounds = [*_low(value), *_high(value)]
    return _("the call asks for {bounds}", bounds=all_of_them(bounds)) if bounds else _("the call asks for no size")


def _low(value: PopulationValue) -> Iterator[str]:
    if value.min is not None:
        count = formats.number(value.min)
        yield _("more than {count}", count=count) if value.min_strict else _("at least {count}", count=count)


def _high(value: PopulationValue) -> Iterator[str]:
    if value.max is None:
        return
    count = formats.number(value.max)
    if value.max_inclusive is None:
        yield _("up to {count}", count=count)
    else:
        yield _("at most {count}", count=count) if value.max_inclusive else _("less than {count}", count=count)
