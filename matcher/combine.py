"""Combining funds: the idea in a place side and a people side, and pairs of calls that could pay for both at once.

A call enters a pair when it is a good match, the applicant is not kept out, its dates are known, and it meets a
part of its side. A pair needs a time in which both can be applied for. What is not known is said, never guessed.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from corpus import formats
from corpus.messages import gettext as _
from corpus.model import Call
from corpus.parts import Money
from corpus.vocab import CallStatus, Fund, Overall
from matcher.algorithm import Candidate, relevance
from matcher.answer import CallMatch, Combination, Combined, DatedStep, Law, OwnShare, Pair, SidedPart
from matcher.relevance import Relevance
from matcher.sides import Side, basis
from matcher.states import status_of

PAIRS = 3
_ENOUGH = (Relevance.STRONG, Relevance.GOOD)
_OVER = (CallStatus.CLOSED, CallStatus.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Window:
    """From when to when a call can be applied for; no end is open all the time."""

    start: dt.date
    end: dt.date | None
    indicative: bool


def combine(
    matches: Sequence[CallMatch], sides: Sequence[SidedPart], budget: Decimal | None, today: dt.date
) -> Combination:
    """The sides of an idea and the pairs of calls for them, best first.

    Args:
        matches: calls that are shown, best first.
        sides: parts of the idea with their side.
        budget: cost of the whole project in euro, where it is known.
        today: the day of asking.
    """
    if not has_both(sides):
        return Combination(sides=tuple(sides), pairs=(), sentence=_one_side())
    usable = [match for match in matches if _usable(match)]
    place, people = _of_side(usable, sides, "place"), _of_side(usable, sides, "people")
    pairs = [pair for a, b in product(place, people) if (pair := _pair(a, b, sides, budget, today)) is not None]
    ranks = {match.id: match.rank for match in matches}
    pairs.sort(key=lambda pair: (ranks[pair.place.id] + ranks[pair.people.id], pair.place.id, pair.people.id))
    return Combination(sides=tuple(sides), pairs=tuple(pairs[:PAIRS]), sentence=_sentence(place, people, pairs))


def _sentence(place: list[CallMatch], people: list[CallMatch], pairs: list[Pair]) -> str:
    if pairs:
        return _("Both sides of the idea meet calls that can be applied for in the same months.")
    if place and people:
        return _("The idea has both sides, and no two calls for them can be applied for at the same time now.")
    if place:
        return _(
            "The idea has both sides; none of the calls near it that pay for work with people ({funds}) is open.",
            funds=", ".join(basis().people_funds),
        )
    return _(
        "The idea has both sides; none of the calls near it that pay for work on places ({funds}) is open.",
        funds=", ".join(basis().place_funds),
    )


def _one_side() -> str:
    return _("The idea has only one side that is clear; a second fund would need work on both places and people.")


def has_both(sides: Sequence[SidedPart]) -> bool:
    """Whether an idea has a part on each side."""
    return {"place", "people"} <= {part.side for part in sides}


def could_pair(candidate: Candidate, now: dt.datetime) -> bool:
    """Whether a call that was found is near enough, not over, and of a fund that pays for one of the sides."""
    call = candidate.record
    if not isinstance(call, Call) or status_of(call, now) in _OVER:
        return False
    return bool(set(call.funds) & {*basis().place_funds, *basis().people_funds}) and relevance(candidate) in _ENOUGH


def _usable(match: CallMatch) -> bool:
    allowed = match.eligibility.overall is not Overall.CANNOT
    return match.relevance in _ENOUGH and allowed and match.status not in _OVER


def _of_side(matches: Sequence[CallMatch], sides: Sequence[SidedPart], side: Side) -> list[CallMatch]:
    """Calls whose funds pay for a side and that meet a part on it."""
    funds: tuple[Fund, ...] = basis().place_funds if side == "place" else basis().people_funds
    return [match for match in matches if set(match.funds) & set(funds) and _met(match, sides, side)]


def _met(match: CallMatch, sides: Sequence[SidedPart], side: Side) -> tuple[str, ...]:
    wanted = {part.part for part in sides if part.side == side}
    return tuple(part.part for part in match.parts if part.sentence is not None and part.part in wanted)


def _pair(
    place: CallMatch, people: CallMatch, sides: Sequence[SidedPart], budget: Decimal | None, today: dt.date
) -> Pair | None:
    windows = _window(place, today), _window(people, today)
    if place.id == people.id or windows[0] is None or windows[1] is None:
        return None
    start = max(windows[0].start, windows[1].start)
    ends = [window.end for window in windows if window and window.end]
    end = min(ends, default=None)
    if end is not None and end < start:
        return None
    return Pair(
        place=_combined(place, sides, "place"),
        people=_combined(people, sides, "people"),
        both_open_from=start,
        both_open_to=end,
        indicative=windows[0].indicative or windows[1].indicative,
        own_share=own_share((place, people), budget),
        timeline=tuple(sorted((*_steps(place), *_steps(people)), key=lambda step: (step.date, step.call))),
        rules=_rules((*place.funds, *people.funds)),
    )


def _window(match: CallMatch, today: dt.date) -> _Window | None:
    """When a call can be applied for; None where its days are not known."""
    planned = match.status in (CallStatus.PLANNED, CallStatus.FORTHCOMING)
    if planned and match.opens is None:
        return None
    start = max(match.opens or today, today)
    last = match.cutoffs[-1] if match.cutoffs else None
    if last is None and not match.continuous:
        return None
    indicative = match.status is CallStatus.PLANNED or (last is not None and last.indicative)
    return _Window(start, None if match.continuous or last is None else last.date, indicative)


def _combined(match: CallMatch, sides: Sequence[SidedPart], side: Side) -> Combined:
    rate = match.money.rate_max
    return Combined(
        id=match.id,
        title=match.title,
        url=match.url,
        funds=match.funds,
        rate=None if rate is None else f"{rate.normalize():f}",
        shares=own_share((match,), None),
        parts=_met(match, sides, side),
    )


def _steps(match: CallMatch) -> Iterator[DatedStep]:
    if match.opens:
        planned = match.status is CallStatus.PLANNED
        yield DatedStep(date=match.opens, what=_("opens"), call=match.id, indicative=planned)
    for cutoff in match.cutoffs:
        yield DatedStep(date=cutoff.date, what=_("closes"), call=match.id, indicative=cutoff.indicative)


def _rules(funds: Sequence[Fund]) -> tuple[Law, ...]:
    rules = [rule for rule in basis().rules if rule.funds is None or set(rule.funds) & set(funds)]
    return tuple(Law(text=_(rule.text), title=_(rule.title), url=rule.url, read_on=rule.read_on) for rule in rules)


def own_share(matches: Sequence[CallMatch], budget: Decimal | None) -> OwnShare:
    """What the applicant pays itself: of its budget, else at the largest grants, by the rates of the calls.

    How a budget is divided between two calls is not known, so with different rates it is a range.
    """
    missing = "; ".join(text for match in matches if (text := _missing(match, budget)))
    if missing:
        return OwnShare(low=None, high=None, formula=missing)
    rates = [match.money.rate_max for match in matches if match.money.rate_max is not None]
    if budget is not None:
        ends = [budget * (1 - rate / 100) for rate in (max(rates), min(rates))]
        whole = formats.number(round(budget))
        lines = [f"{whole} × (100 - {formats.number(rate)}) / 100" for rate in sorted(set(rates), reverse=True)]
        return OwnShare(low=_euro(ends[0]), high=_euro(ends[1]), formula=" – ".join(lines))
    grants = [match.money.grant_max.amount for match in matches if match.money.grant_max]
    total = sum((g * (100 - r) / r for g, r in zip(grants, rates, strict=True)), Decimal(0))
    terms = [_term(grant, rate) for grant, rate in zip(grants, rates, strict=True)]
    formula = _("{sum}, at the largest grant", sum=" + ".join(terms))
    return OwnShare(low=_euro(total), high=_euro(total), formula=formula)


def _term(grant: Decimal, rate: Decimal) -> str:
    share = formats.number(rate)
    return f"{formats.number(round(grant))} × (100 - {share}) / {share}"


def _missing(match: CallMatch, budget: Decimal | None) -> str:
    """What is not known of a call for its sum."""
    money = match.money
    if money.rate_max is None:
        if money.lump_sum:
            return _("{call}: lump sum, no rate applies", call=match.id)
        return _("{call}: rate not known", call=match.id)
    if money.rate_max == 0:
        return _("{call}: the EU pays nothing", call=match.id)
    if budget is None and money.grant_max is None:
        return _("{call}: largest grant not known; give the budget of the project", call=match.id)
    if budget is None and money.grant_max is not None and money.grant_max.currency != "EUR":
        return _("{call}: amounts are in {currency}", call=match.id, currency=money.grant_max.currency)
    return ""


def _euro(amount: Decimal) -> Money:
    return Money(amount=round(amount, 2))
