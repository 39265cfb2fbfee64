"""Eligibility rules out of the facts of a text.

Only what the text grants is certain: who is not named stays unknown, since a wrong "no" costs somebody a grant.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from crawler.prose.kinds import Kind, ProseFact

Known = dict[Kind, list[ProseFact]]
Condition = tuple[str, dict[str, Any], list[ProseFact]]
"""Family of a rule, its value, the facts that it is made of."""


def conditions(known: Known) -> Iterator[Condition]:
    """Rules that the facts of a text make up, one for each family."""
    for family, build, kinds in _FAMILIES:
        facts = [fact for kind in kinds for fact in known.get(kind, [])]
        value = build(known)
        if facts and value:
            yield family, value, facts


def _types(kind: Kind) -> Callable[[Known], dict[str, Any]]:
    def build(known: Known) -> dict[str, Any]:
        return {"any_of": _values(known, kind), "not_listed": "unknown"}

    return build


def _countries(known: Known) -> dict[str, Any]:
    return {"in": _values(known, Kind.COUNTRIES), "others": "unknown"}


def _consortium(known: Known) -> dict[str, Any]:
    return _some({"min_applicants": _one(known, Kind.PARTNERS), "min_countries": _one(known, Kind.PARTNER_COUNTRIES)})


def _population(known: Known) -> dict[str, Any]:
    low, high, grouping = (known.get(k) for k in (Kind.POPULATION_MIN, Kind.POPULATION_MAX, Kind.GROUPING))
    if not low and not high:
        return {}
    value = {
        "min": low[0].value if low else None,
        "max": high[0].value if high else None,
        "min_strict": True if low and low[0].strict else None,
        "max_inclusive": not high[0].strict if high else None,
        "grouping": {"allowed": grouping[0].value} if grouping else None,
    }
    return _some(value)


def _values(known: Known, kind: Kind) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(fact.value for fact in known.get(kind, [])))


def _one(known: Known, kind: Kind) -> Any:
    return known[kind][0].value if known.get(kind) else None


def _some(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}


_FAMILIES: tuple[tuple[str, Callable[[Known], dict[str, Any]], Iterable[Kind]], ...] = (
    ("applicant_type", _types(Kind.APPLICANTS), (Kind.APPLICANTS,)),
    ("lead_type", _types(Kind.LEAD), (Kind.LEAD,)),
    ("country", _countries, (Kind.COUNTRIES,)),
    ("consortium", _consortium, (Kind.PARTNERS, Kind.PARTNER_COUNTRIES)),
    ("population", _population, (Kind.POPULATION_MIN, Kind.POPULATION_MAX, Kind.GROUPING)),
)
