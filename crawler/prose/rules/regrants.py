"""Which amount is that of a third party, where a text says that money is passed on."""

from dataclasses import replace
from itertools import pairwise

from corpus.parts import Money
from crawler.prose.kinds import Kind
from crawler.prose.scene import Reading, Scene

_GRANTS = (Kind.GRANT_MIN, Kind.GRANT_MAX)
_SMALL = 3
"""How many times the grant of a project is larger, at least, than what one third party gets."""


def as_sub_grants(readings: list[Reading], scenes: list[Scene]) -> list[Reading]:
    """Read grants in a sentence about passing on, or right after one, as those of third parties.

    Only where no sentence says that amount more plainly, and no more than a third of any other grant of the text.
    """
    kinds = {reading.fact.kind for reading in readings}
    if Kind.REGRANTING not in kinds:  # nothing is passed on: an amount for each organisation is a grant
        return [_renamed(r, Kind.GRANT_MAX) if r.fact.kind is Kind.SUB_GRANT_MAX else r for r in readings]
    if Kind.SUB_GRANT_MAX in kinds:
        return readings
    about = _sentences_about_it(readings, scenes)
    near = [r for r in readings if r.fact.kind in _GRANTS and r.fact.excerpt in about]
    others = [r for r in readings if r.fact.kind in _GRANTS and r not in near]
    limit = min((_amount(reading) for reading in others), default=None)
    passed_on = [r for r in near if limit is None or _amount(r) * _SMALL <= limit]
    kept = [reading for reading in readings if reading not in passed_on]
    return kept + [_renamed(r, Kind.SUB_GRANT_MAX) for r in passed_on if r.fact.kind is Kind.GRANT_MAX]


def _sentences_about_it(readings: list[Reading], scenes: list[Scene]) -> set[str]:
    said = {r.fact.excerpt for r in readings if r.fact.kind is Kind.REGRANTING and r.fact.value is True}
    following = {b.unit.text for a, b in pairwise(scenes) if a.unit.text in said}
    return said | following


def _amount(reading: Reading) -> int:
    value = reading.fact.value
    return int(value.amount) if isinstance(value, Money) else 0


def _renamed(reading: Reading, kind: Kind) -> Reading:
    rule = reading.fact.rule.replace(f".{reading.fact.kind}.", f".{kind}.")
    return replace(reading, fact=replace(reading.fact, kind=kind, rule=rule))
