"""From the readings of all sentences to the facts of a text.

A kind with one value that is read with several is decided only where that is plain: the highest of ceilings, the
lowest of floors, a total of parts. Otherwise the text says two things, and the fact stays unknown.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from corpus.parts import Moment, Money
from crawler.prose.kinds import MANY, Kind, ProseFact, Value
from crawler.prose.scene import GUESSED, Reading

_TIERS = (0.0, -1.5 * GUESSED, -3 * GUESSED)
"""Points of what is said, of what is inferred from a word beside it, of what is inferred because nothing else fits."""
_INFERRED = (Kind.OPENS, Kind.DEADLINE, Kind.BUDGET)
_ALONE = (Kind.OPENS, Kind.DEADLINE)
_LITTLE, _MUCH = 2, 3
"""How many kinds of facts a text must say before others are inferred in it, from a word beside them or from none."""
_CLEARLY, _FAR, _PLAINLY = 2.0, 6.0, 8.0
_GRANTS, _SMALLEST_BUDGET = 2, 1_000_000
"""How many of the largest grants an inferred budget pays for, and what it is where no grant is said, at least."""


def resolve(readings: Iterable[Reading]) -> list[ProseFact]:
    """Facts of a text, in the order of its words."""
    by_kind: dict[Kind, list[Reading]] = defaultdict(list)
    for reading in _partners_only(_of_a_call(list(readings))):
        by_kind[reading.fact.kind].append(reading)
    _in_time(by_kind)
    _large_enough(by_kind)
    found = [fact for kind, items in by_kind.items() if items for fact in _decided(kind, items)]
    return sorted(_implied(_consistent(found)), key=lambda fact: (fact.span, fact.kind))


def _partners_only(readings: list[Reading]) -> list[Reading]:
    """Without numbers of those who join to be one applicant: they are no partners, what they reach is no ceiling."""
    joined = {r.fact.excerpt for r in readings if r.fact.kind is Kind.GROUPING}
    floors = [r.fact for r in readings if r.fact.kind is Kind.POPULATION_MIN]
    joined_only = joined - {fact.excerpt for fact in floors}  # a sentence with both bounds means both
    reached = {fact.value for fact in floors}
    readings = [r for r in readings if r.fact.kind is not Kind.PARTNERS or r.fact.excerpt not in joined]
    return [
        r
        for r in readings
        if r.fact.kind is not Kind.POPULATION_MAX or r.fact.excerpt not in joined_only or r.fact.value not in reached
    ]


def _of_a_call(readings: list[Reading]) -> list[Reading]:
    """Without days and totals that are inferred in a text which says little else of a call."""
    said = len({reading.fact.kind for reading in readings if reading.points > 0})
    least = _TIERS[1] if said < _MUCH else _TIERS[-1]
    return [
        r for r in readings if r.points > 0 or (r.points > least and (said >= _LITTLE or r.fact.kind not in _INFERRED))
    ]


def _in_time(by_kind: dict[Kind, list[Reading]]) -> None:
    """Leave out openings after the last closing date, and inferred closing dates before all openings."""
    opens, closes = ([r for r in by_kind.get(kind, []) if r.points > 0] for kind in (Kind.OPENS, Kind.DEADLINE))
    if closes:
        last = max(map(_day, closes))
        by_kind[Kind.OPENS] = [r for r in by_kind.get(Kind.OPENS, []) if _day(r) < last]
    if opens:
        first = min(map(_day, opens))
        ends = any(_day(r) > first for r in closes)  # then a day before it ended an earlier round
        by_kind[Kind.DEADLINE] = [
            r for r in by_kind.get(Kind.DEADLINE, []) if _day(r) > first or r.points >= (_PLAINLY if ends else 0.1)
        ]


def _large_enough(by_kind: dict[Kind, list[Reading]]) -> None:
    """Leave out inferred budgets that would not pay for two grants."""
    grants = [_size(r) for kind in (Kind.GRANT_MAX, Kind.GRANT_MIN) for r in by_kind.get(kind, []) if r.points > 0]
    least = max(grants) * _GRANTS if grants else _SMALLEST_BUDGET
    by_kind[Kind.BUDGET] = [r for r in by_kind.get(Kind.BUDGET, []) if r.points > 0 or _size(r) >= least]


def _day(reading: Reading) -> dt.date:
    moment = reading.fact.value
    assert isinstance(moment, Moment)  # noqa: S101  days of a call are moments
    return moment.date


def _decided(kind: Kind, readings: list[Reading]) -> list[ProseFact]:
    surest = next((least for least in _TIERS if any(r.points > least for r in readings)), 0.0)
    said = [reading for reading in readings if reading.points > surest]
    if surest < 0 and kind in _ALONE and len({reading.fact.value for reading in said}) > 1:
        return []  # of two days or spans that no word explains one may be of the projects
    readings = said or readings  # others are inferred less surely
    if kind is Kind.DEADLINE:
        return _deadlines(readings)
    best: dict[Value, Reading] = {}
    for reading in readings:
        value = reading.fact.value
        if value not in best or reading.points > best[value].points:
            best[value] = reading
    if kind in MANY or len(best) == 1:
        return [reading.fact for reading in best.values()]
    chosen = _DECIDERS.get(kind, _surest)(list(best.values()))
    return [chosen.fact] if chosen else []


def _deadlines(readings: list[Reading]) -> list[ProseFact]:
    """Every closing date once, with its hour where any sentence gives it."""
    found: dict[object, ProseFact] = {}
    for reading in readings:
        moment = reading.fact.value
        assert isinstance(moment, Moment)  # noqa: S101  a deadline is a moment
        known = found.get(moment.date)
        if known is None or (moment.time and isinstance(known.value, Moment) and not known.value.time):
            found[moment.date] = reading.fact
    return list(found.values())


def _surest(readings: list[Reading]) -> Reading | None:
    first, second = sorted(readings, key=lambda r: -r.points)[:2]
    return first if first.points - second.points >= _CLEARLY else None


def _size(reading: Reading) -> Decimal:
    value = reading.fact.value
    return value.amount if isinstance(value, Money) else Decimal(str(value))


def _one_currency(readings: list[Reading]) -> bool:
    return len({r.fact.value.currency for r in readings if isinstance(r.fact.value, Money)}) <= 1


def _highest(readings: list[Reading]) -> Reading | None:
    return max(readings, key=_size) if _one_currency(readings) else None


def _lowest(readings: list[Reading]) -> Reading | None:
    return min(readings, key=_size) if _one_currency(readings) else None


def _total(readings: list[Reading]) -> Reading | None:
    """The amount that is said far more surely than the others, the one that they add up to, else the surest one."""
    if not _one_currency(readings):
        return None
    first, second = sorted(readings, key=lambda r: -r.points)[:2]
    if first.points - second.points >= _FAR:
        return first
    readings = [r for r in readings if first.points - r.points < _FAR]
    top = max(readings, key=_size)
    rest = sum(_size(r) for r in readings if r is not top)
    return top if rest <= _size(top) else _surest(readings)


def _rate(readings: list[Reading]) -> Reading | None:
    """The highest rate; one worked out from an own share only where no rate is said."""
    said = [r for r in readings if "own_share" not in r.fact.rule]
    return _highest(said or readings)


def _earliest(readings: list[Reading]) -> Reading | None:
    return _surest(readings) or min(readings, key=lambda r: str(r.fact.value))


def _yes(readings: list[Reading]) -> Reading | None:
    """A permission counts although a part of it is denied."""
    return next((r for r in readings if r.fact.value is True), None)


_DECIDERS: dict[Kind, Callable[[list[Reading]], Reading | None]] = {
    Kind.BUDGET: _total,
    Kind.GRANT_MIN: _lowest,
    Kind.GRANT_MAX: _highest,
    Kind.SUB_GRANT_MAX: _highest,
    Kind.RATE: _rate,
    Kind.DURATION_MIN: _lowest,
    Kind.DURATION_MAX: _highest,
    Kind.PARTNERS: _lowest,  # a higher number may hold for one strand alone, and would shut others out
    Kind.PARTNER_COUNTRIES: _lowest,
    Kind.POPULATION_MIN: _lowest,  # others may be those of another strand
    Kind.POPULATION_MAX: _highest,
    Kind.OPENS: _earliest,
    Kind.REGRANTING: _yes,
}


def _consistent(facts: list[ProseFact]) -> list[ProseFact]:
    """Leave out what contradicts something surer: a smallest grant over the largest one."""
    values = {fact.kind: fact.value for fact in facts}
    return [fact for fact in facts if not _impossible(fact, values)]


def _implied(facts: list[ProseFact]) -> list[ProseFact]:
    """Partners from three countries are three at least."""
    by_kind = {fact.kind: fact for fact in facts}
    countries, partners = by_kind.get(Kind.PARTNER_COUNTRIES), by_kind.get(Kind.PARTNERS)
    if countries is None or (partners is not None and int(str(partners.value)) >= int(str(countries.value))):
        return facts
    rule = countries.rule.replace(Kind.PARTNER_COUNTRIES, Kind.PARTNERS)
    return [*(fact for fact in facts if fact is not partners), replace(countries, kind=Kind.PARTNERS, rule=rule)]


def _impossible(fact: ProseFact, values: dict[Kind, Value]) -> bool:
    low, high = values.get(Kind.GRANT_MIN), values.get(Kind.GRANT_MAX)
    if fact.kind is Kind.GRANT_MIN and isinstance(low, Money) and isinstance(high, Money):
        return low.currency == high.currency and low.amount > high.amount
    return False
