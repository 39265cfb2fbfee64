"""The records of a snapshot as filters see them: read once, kept until another snapshot is in use."""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from api.facets import Entry, Found, in_order, search
from api.filters import GRANTS, SIZES, UNKNOWN, CallFilter, Filter, PracticeFilter
from api.rows import CallRow, PracticeRow, applicant_types, call_row, practice_row
from corpus.corrections import Decision, decisions_in
from corpus.messages import spoken
from corpus.model import Call, Place, Practice, Programme, RecordBase
from corpus.parts import LangText, Money, Timeline
from corpus.rules import expand_countries
from corpus.snapshot import Snapshot
from corpus.status import next_cutoff, status_at
from corpus.vocab import EU27, EvidenceLevel
from matcher.places import NEIGHBOURS
from matcher.words import fold, tokens

_FIXED = {"EUR": Decimal(1), "BGN": Decimal("1.95583"), "HRK": Decimal("7.53450")}
"""Units for a euro of currencies that the euro replaced (Council Regulation (EC) No 2866/98, as amended). The rates of
others change daily, so that an amount in them is not compared."""

_DOWNWARD = frozenset({"newest", "rate", "amount"})
"""Orders whose usual direction is from the largest to the smallest."""


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A call without what depends on the day."""

    entry: Entry
    timeline: Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All calls and practices of a snapshot, and the titles of its programmes."""

    calls: tuple[ListedCall, ...]
    practices: tuple[Entry, ...]
    programmes: dict[str, LangText]
    places: dict[str, tuple[Place, ...]]
    """Where practices happened, by their ids."""
    decisions: tuple[Decision, ...]
    """What was put right at the desk, the newest first."""


_lock = threading.Lock()
_kept: dict[str, Catalogue] = {}


def catalogue(snapshot: Snapshot) -> Catalogue:
    """The catalogue of a snapshot; two are kept, so that a change of snapshots costs one reading."""
    key = snapshot.manifest.hash
    with _lock:
        if key not in _kept:
            _kept[key] = _read(snapshot)
            for old in list(_kept)[:-2]:
                del _kept[old]
        return _kept[key]


def find_calls(snapshot: Snapshot, wanted: CallFilter, now: dt.datetime) -> Found:
    """Calls that a filter leaves, in its order."""
    minute = now.replace(second=0, microsecond=0)
    return _find(_calls_at(catalogue(snapshot), minute), wanted)


def find_practices(snapshot: Snapshot, wanted: PracticeFilter) -> Found:
    """Practices that a filter leaves, in its order."""
    return _find(catalogue(snapshot).practices, wanted)


def call_rows(snapshot: Snapshot, ids: Sequence[str], now: dt.datetime) -> Iterator[CallRow]:
    """Rows of calls in the spoken language."""
    for record_id in ids:
        record = snapshot.get(record_id)
        if isinstance(record, Call):
            yield call_row(record, now, spoken())


def practice_rows(snapshot: Snapshot, ids: Sequence[str]) -> Iterator[PracticeRow]:
    """Rows of practices in the spoken language."""
    for record_id in ids:
        record = snapshot.get(record_id)
        if isinstance(record, Practice):
            yield practice_row(record, spoken())


def needles(words: str) -> tuple[str, ...]:
    """Beginnings of words to look for: stems in the spoken language; small words count where there are no others."""
    folded = fold(words).split()
    return tuple(tokens(words, spoken()) or tokens(words, None) or folded)


def _find(entries: Sequence[Entry], wanted: Filter) -> Found:
    key, turned = wanted.order
    key = wanted.sort if wanted.sort == "-deadline" else key
    ordered = in_order(entries, key, turned != (key in _DOWNWARD))
    return search(ordered, tuple(wanted.coded), wanted.chosen(), needles(wanted.q))


@lru_cache(maxsize=2)
def _calls_at(known: Catalogue, minute: dt.datetime) -> tuple[Entry, ...]:
    return tuple(_at(call, minute) for call in known.calls)


def _at(call: ListedCall, now: dt.datetime) -> Entry:
    """A call with its state, and with what is left until its next cut-off."""
    status, coming = status_at(call.timeline, now), next_cutoff(call.timeline, now)
    codes = {**call.entry.codes, "status": frozenset({status.value}), "deadline": _deadline(call.timeline, now)}
    last = coming or (call.timeline.cutoffs[-1] if call.timeline.cutoffs else None)
    # Soonest first: what is closed comes after everything that can still be reached, the latest of it first.
    day = last.date.toordinal() if last else 0
    soonest = ((0, day) if coming else (1, -day)) if last else None
    return replace(call.entry, codes=codes, keys={**call.entry.keys, "deadline": soonest, "-deadline": day or None})


def _deadline(timeline: Timeline, now: dt.datetime) -> frozenset[str]:
    coming = next_cutoff(timeline, now)
    found = {"continuous"} if timeline.continuous else set()
    if coming is not None:
        days = (coming.date - now.date()).days
        within = {window for window in ("30", "90", "180", "365") if days <= int(window)}
        found |= within or {"later"}
    elif timeline.cutoffs:
        found.add("past")
    return frozenset(found or {UNKNOWN})


def _read(snapshot: Snapshot) -> Catalogue:
    calls: list[ListedCall] = []
    practices: list[Entry] = []
    programmes: dict[str, LangText] = {}
    places: dict[str, tuple[Place, ...]] = {}
    decisions: list[Decision] = []
    for record in snapshot.records():
        decisions += decisions_in(record)
        if isinstance(record, Call):
            calls.append(ListedCall(_call_entry(record), record.timeline))
        elif isinstance(record, Practice):
            practices.append(_practice_entry(record))
            places[record.id] = record.places
        elif isinstance(record, Programme):
            programmes[record.id] = record.title
    decisions.sort(key=lambda decision: (decision.date or dt.date.min, decision.record), reverse=True)
    return Catalogue(tuple(calls), tuple(practices), programmes, places, tuple(decisions))


def _call_entry(call: Call) -> Entry:
    money, opens = call.money, call.timeline.opens
    largest = _euro(money.grant_max)
    codes = {
        "country": _countries(call),
        "fund": _codes(call.funds),
        "applicant": _codes(applicant_types(call)),
        "subject": _codes(call.subjects),
        "target_group": _codes(call.target_groups),
        "grant": frozenset({_band(largest, GRANTS, upper=True)}),
        "programme": _codes([call.programme] if call.programme else ()),
        "after": _codes(link.target for link in call.relations if link.kind in ("follows", "replaces")),
        "linked": _codes(link.target for link in call.relations),
    }
    keys = {"newest": opens.date if opens else None, "rate": money.rate_max, "amount": largest}
    return _entry(call, call.keywords, codes, keys)


def _practice_entry(practice: Practice) -> Entry:
    people = [place.population for place in practice.places if place.population is not None]
    levels = list(EvidenceLevel)
    strongest = max((result.level for result in practice.results), key=levels.index, default=None)
    codes = {
        "country": _codes(place.country for place in practice.places),
        "size": _codes(_band(Decimal(count), SIZES, upper=False) for count in people),
        "subject": _codes(practice.subjects),
        "target_group": _codes(practice.target_groups),
        "fund": _codes(paid.fund for paid in practice.paid_by if paid.fund),
        "kind": _codes([practice.practice_kind]),
        "evidence": _codes([strongest] if strongest else ()),
        "programme": _codes(paid.programme for paid in practice.paid_by if paid.programme),
        "call": _codes(paid.call for paid in practice.paid_by if paid.call),
    }
    keys = {"newest": practice.period.start, "size": max(people, default=None)}
    return _entry(practice, practice.keywords, codes, keys)


def _entry(
    record: RecordBase, keywords: Sequence[str], codes: dict[str, frozenset[str]], keys: dict[str, Any]
) -> Entry:
    names = (identifier.value for identifier in record.identifiers)
    texts = (*record.title.values(), *record.summary.values(), *keywords, record.id, *names)
    title = fold(record.text(record.title))
    return Entry(record.id, _words(" ".join(texts)), codes, {**keys, "title": title})


def _words(text: str) -> str:
    return "".join(f" {word}" for word in tokens(text, None))


def _codes(values: Any) -> frozenset[str]:
    return frozenset(str(value) for value in values) or frozenset({UNKNOWN})


def _countries(call: Call) -> frozenset[str]:
    """Countries in which the money can be used: money for anywhere counts in all of Europe."""
    place = call.geography
    if place is not None and place.unrestricted:
        return EU27 | NEIGHBOURS
    return _codes(expand_countries(place.countries) if place else ())


def _euro(money: Money | None) -> Decimal | None:
    """An amount in euro, or None where it is not known or its rate changes."""
    return None if money is None or money.currency not in _FIXED else money.amount / _FIXED[money.currency]


def _band(value: Decimal | None, bands: Sequence[str], *, upper: bool) -> str:
    """The band of a value, `unknown` for None; `upper`: the upper figure belongs to its band, and not to the next."""
    if value is None:
        return UNKNOWN
    highs = [(band, band.partition("-")[2]) for band in bands if band != UNKNOWN]
    return next(band for band, high in highs if not high or value < Decimal(high) or (upper and value == Decimal(high)))
