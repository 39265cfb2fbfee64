"""Filters of an answer: each value with the number of calls that it would leave, what is not known among them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.rows import CallRow
from corpus.messages import gettext as _
from corpus.messages import pgettext, spoken
from corpus.vocab import CallStatus, Overall
from corpus.vocab.labels import label
from corpus.vocab.places import country_name
from matcher.answer import CallMatch

UNKNOWN = "unknown"
ANYWHERE = "anywhere"

Item = tuple[CallMatch, CallRow]


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter; `count` is how many calls would be left if it were chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values."""

    name: str
    label: str
    total: int
    """Calls left without this filter."""
    options: tuple[Option, ...]


def kept(match: CallMatch, row: CallRow, chosen: Mapping[str, str]) -> bool:
    """Whether a call passes all filters. A value that no call has leaves none."""
    return all(value in _READ[name](match, row) for name, value in chosen.items())


def facets(items: Sequence[Item], chosen: Mapping[str, str]) -> tuple[Facet, ...]:
    """All filters over the calls of an answer."""
    return tuple(_facet(name, items, chosen) for name in _READ)


def _facet(name: str, items: Sequence[Item], chosen: Mapping[str, str]) -> Facet:
    others = {key: value for key, value in chosen.items() if key != name}
    left = [item for item in items if kept(*item, others)]
    counts = Counter(value for item in left for value in set(_READ[name](*item)))
    picked = chosen.get(name, "")
    values = _ordered(name, {value for item in items for value in _READ[name](*item)} | ({picked} - {""}))
    options = tuple(Option(value, _words(name, value), counts[value], value == picked) for value in values)
    return Facet(name, _heading(name), len(left), options)


def _ordered(name: str, values: Iterable[str]) -> list[str]:
    """Values as people look for them: verdicts and states in their own order, names by letter, unknown last."""
    known = {"verdict": list(map(str, Overall)), "status": ["open", "forthcoming", "planned", "closed"]}.get(name, [])
    return sorted(
        values,
        key=lambda value: (
            value == UNKNOWN,
            known.index(value) if value in known else len(known),
            value != ANYWHERE,
            _words(name, value),
        ),
    )


def _verdict(match: CallMatch, _row: CallRow) -> tuple[str, ...]:
    return (str(match.eligibility.overall),)


def _funds(match: CallMatch, _row: CallRow) -> tuple[str, ...]:
    return tuple(map(str, match.funds)) or (UNKNOWN,)


def _status(match: CallMatch, _row: CallRow) -> tuple[str, ...]:
    return (str(match.status),)


def _where(_match: CallMatch, row: CallRow) -> tuple[str, ...]:
    if row.anywhere:
        return (ANYWHERE,)
    return tuple(map(str, row.countries)) or (UNKNOWN,)


_READ: dict[str, Callable[[CallMatch, CallRow], tuple[str, ...]]] = {
    "verdict": _verdict,
    "fund": _funds,
    "status": _status,
    "where": _where,
}


def _heading(name: str) -> str:
    return {
        "verdict": _("Can we apply?"),
        "fund": _("Fund"),
        "status": _("State of the call"),
        "where": _("Where the money can be used"),
    }[name]


def _words(name: str, value: str) -> str:
    if name == "where":
        return _place(value)
    if name == "fund":
        return value if value != UNKNOWN else _("not known")
    known = {*map(str, Overall), *map(str, CallStatus)}
    return label(Overall(value) if name == "verdict" else CallStatus(value), spoken()) if value in known else value


def _place(value: str) -> str:
    names = {
        UNKNOWN: _("not known"),
        ANYWHERE: pgettext("where money can be used", "anywhere"),
        "EU27": _("the whole EU"),
    }
    return names.get(value) or country_name(value, spoken())
