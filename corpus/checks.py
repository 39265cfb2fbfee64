"""Rules that every curated record keeps beyond its shape, and tables of what the collection covers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.completeness import Completeness, completeness
from corpus.model import Call, Practice, Programme, RecordBase
from corpus.parts import Method
from corpus.vocab import EU27, Fund, TargetGroup, Theme

SIZES = ((5_000, "under 5,000"), (20_000, "under 20,000"), (50_000, "under 50,000"), (250_000, "under 250,000"))
"""Bounds of the place sizes: 50,000 is where the European Urban Initiative drew its line until 2024."""

Table = list[list[str]]


def broken_rules(records: Iterable[RecordBase], today: dt.date) -> Iterator[str]:
    """What is wrong, one sentence a breach: record, field and remedy."""
    for record in records:
        for path in sorted(set(_decisive(record))):
            if not _has_evidence(record, path):
                yield f"{record.id}: {path}: a fact that decides needs an entry in `evidence`"
        for source in record.sources:
            if source.read_on and source.read_on > today:
                yield f"{record.id}: sources.{source.key}.read_on: {source.read_on} lies in the future"
        yield from _unread_proof(record)
        if isinstance(record, Call | Practice) and not (record.themes and record.subjects):
            yield f"{record.id}: themes, subjects: give at least one of each"
        if not record.summary:
            yield f"{record.id}: summary: say in two to four sentences what it is"


_ADDRESSES = frozenset({"url", "website", "timetable_url", "operations_url", "cci"})
"""What an address can show without being opened: itself, and a code that stands in it."""


def _unread_proof(record: RecordBase) -> Iterator[str]:
    """A page that nobody opened is no reason to believe anything but its address."""
    cited = {source.key for source in record.sources if source.method is Method.CITED}
    if record.sources[0].key in cited:
        yield f"{record.id}: sources: the first one must have been read, since facts without evidence rest on it"
    for path, items in record.evidence.items():
        if path not in _ADDRESSES and any(item.source in cited for item in items):
            yield f"{record.id}: {path}: its source is only cited; read it, or leave the fact out"


def _decisive(record: RecordBase) -> Iterator[str]:
    """Paths of the facts on which somebody decides."""
    if isinstance(record, Call):
        if record.timeline.cutoffs:
            yield "timeline.cutoffs"
        # A range of rates stands in one sentence of a source, so one entry is enough for both ends.
        rate = "rate_max" if record.money.rate_max is not None else "rate_min"
        amounts = ("budget", "grant_min", "grant_max", rate)
        yield from (f"money.{name}" for name in amounts if getattr(record.money, name) is not None)
    if isinstance(record, Practice):
        if any(place.population for place in record.places):
            yield "places"
        if record.cost is not None:
            yield "cost"
        if record.results:
            yield "results"


def _has_evidence(record: RecordBase, path: str) -> bool:
    """Evidence of the field itself, of the whole it belongs to, or of a part of it."""
    return any(
        path == known or path.startswith(f"{known}.") or known.startswith(f"{path}.") for known in record.evidence
    )


def counts(records: Iterable[RecordBase]) -> dict[str, int]:
    """Figures that a test pins, so that nothing disappears unnoticed."""
    found: Counter[str] = Counter()
    for record in records:
        if isinstance(record, Call | Programme | Practice):
            found[record.kind] += 1
            found[f"{record.kind} {completeness(record)}"] += 1
        if isinstance(record, Call):
            found.update(f"fund {fund}" for fund in record.funds)
        if isinstance(record, Practice):
            found.update({f"country {place.country}" for place in record.places})
            found.update(f"group {group}" for group in record.target_groups)
            found.update(f"theme {theme}" for theme in record.themes)
            found[f"place {place_size(record)}"] += 1
            found["practice with what failed"] += bool(record.what_failed)
    return dict(sorted(found.items()))


def place_size(practice: Practice) -> str:
    """Size of the smallest place of a practice whose inhabitants are known."""
    people = min((place.population for place in practice.places if place.population), default=None)
    if people is None:
        return "size not known"
    return next((name for bound, name in SIZES if people < bound), "250,000 and more")


def tables(records: Iterable[RecordBase]) -> dict[str, Table]:
    """Coverage: calls by fund and country, practices by theme and group, by place size, and completeness."""
    known = list(records)
    calls = [record for record in known if isinstance(record, Call)]
    practices = [record for record in known if isinstance(record, Practice)]
    return {
        "calls by fund and country": _cross(_fund_country(calls), [fund.value for fund in Fund]),
        "practices by theme and target group": _cross(_theme_group(practices), [theme.value for theme in Theme]),
        "practices by country": _single(
            Counter(c for x in practices for c in {p.country for p in x.places}), sorted(EU27)
        ),
        "practices by size of place": _single(Counter(map(place_size, practices)), _size_names()),
        "completeness": _cross(_stamps(known), ["call", "practice", "programme"]),
    }


def _size_names() -> list[str]:
    return [*(name for _, name in SIZES), "250,000 and more", "size not known"]


def _fund_country(calls: list[Call]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for call in calls:
        countries = call.geography.countries if call.geography and call.geography.countries else ("not known",)
        # A call for many countries is one for all of them: one column says so.
        column = countries if len(countries) <= 2 else ("several",)
        found.update((fund.value, str(country)) for fund in call.funds for country in column)
    return found


def _theme_group(practices: list[Practice]) -> Counter[tuple[str, str]]:
    return Counter((theme.value, group.value) for p in practices for theme in p.themes for group in p.target_groups)


def _stamps(records: list[RecordBase]) -> Counter[tuple[str, str]]:
    typed = [record for record in records if isinstance(record, Call | Programme | Practice)]
    return Counter((record.kind, completeness(record).value) for record in typed)


def _cross(cells: Counter[tuple[str, str]], rows: list[str]) -> Table:
    """Rows in the order given, columns in the order of the vocabulary or of the alphabet; empty rows stay out."""
    order = [*(group.value for group in TargetGroup), *(stamp.value for stamp in Completeness)]
    columns = sorted({column for _, column in cells}, key=lambda c: (order.index(c) if c in order else -1, c))
    body = [
        [row, *(str(cells[row, column] or ".") for column in columns)]
        for row in rows
        if any(cells[row, column] for column in columns)
    ]
    return [["", *columns], *body]


def _single(cells: Counter[str], rows: list[str]) -> Table:
    others = sorted(set(cells) - set(rows))
    return [[row, str(cells[row])] for row in [*rows, *others]]
