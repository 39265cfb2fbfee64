"""What stands beside a record without an idea: practices beside a call, calls that combine, follow or pay."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from api.catalogue import catalogue
from api.facets import Entry
from api.filters import UNKNOWN
from api.rows import CallRow, PracticeRow, call_row, practice_row
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call, Practice
from corpus.parts import Frozen
from corpus.snapshot import Snapshot
from corpus.vocab import CallStatus, Subject, TargetGroup
from corpus.vocab.labels import label
from matcher.answer import Law, Successor
from matcher.sides import basis
from matcher.triangle import ahead, successors

BESIDE = 4
_LOOKED_AT = 40
"""Records read in full for one page."""
_PAID = 5
_AHEAD = (CallStatus.OPEN, CallStatus.FORTHCOMING, CallStatus.PLANNED)


class NearPractice(Frozen):
    """A practice beside a call, and why it stands there."""

    row: PracticeRow
    why: tuple[str, ...]


class NearCall(Frozen):
    """A call beside another record, and why it stands there."""

    row: CallRow
    why: str


def practices_of(snapshot: Snapshot, call: Call) -> tuple[NearPractice, ...]:
    """Practices that this call or its programme paid for, then those that share groups and subjects with it."""
    rated = sorted((-points, entry.id) for entry in catalogue(snapshot).practices if (points := _points(entry, call)))
    found = (snapshot.get(record_id) for _points_, record_id in rated[:BESIDE])
    return tuple(
        NearPractice(row=practice_row(practice, spoken()), why=_why(practice, call))
        for practice in found
        if isinstance(practice, Practice)
    )


def _points(entry: Entry, call: Call) -> int:
    groups, subjects = (
        entry.codes["target_group"] & set(call.target_groups),
        entry.codes["subject"] & set(call.subjects),
    )
    paid = call.id in entry.codes["call"] or call.programme in entry.codes["programme"]
    shared = len(groups) + len(subjects)
    return _PAID * paid + shared if paid or (groups and subjects) else 0


def _why(practice: Practice, call: Call) -> tuple[str, ...]:
    paid = any(p.call == call.id or (p.programme and p.programme == call.programme) for p in practice.paid_by)
    codes: list[TargetGroup | Subject] = [*practice.target_groups, *practice.subjects]
    shared = [label(code, spoken()) for code in codes if code in call.target_groups or code in call.subjects]
    why = [_("paid by this call or its programme")] if paid else []
    if shared:
        why.append(_("same groups or subjects: {names}", names=", ".join(shared[:4])))
    return tuple(why)


def combined_with(snapshot: Snapshot, call: Call, now: dt.datetime) -> tuple[NearCall, ...]:
    """Calls that the record names as combinable, then calls of the other side that can be applied for ahead."""
    named = [link.target for link in call.relations if link.kind == "combinable_with"]
    first = [NearCall(row=row, why=_("named as combinable by its source")) for row in _rows(snapshot, named, now)]
    others = [row for row in _rows(snapshot, _other_side(snapshot, call), now) if row.status in _AHEAD]
    others.sort(key=lambda row: (row.days_left is None, row.days_left or 0, row.id))
    further = [NearCall(row=row, why=_shared(row, call)) for row in others if row.id not in named]
    return tuple([*first, *further][:BESIDE])


def _other_side(snapshot: Snapshot, call: Call) -> list[str]:
    """Ids of calls whose funds pay for the side that this call's funds do not, for the same groups and places."""
    place, people = set(basis().place_funds), set(basis().people_funds)
    own = set(call.funds)
    wanted = people if own & place and not own & people else place if own & people and not own & place else set()
    mine = next((item.entry for item in catalogue(snapshot).calls if item.entry.id == call.id), None)
    if mine is None or not wanted:
        return []
    return [item.entry.id for item in catalogue(snapshot).calls if _pairs(item.entry, mine, set(map(str, wanted)))]


def _pairs(entry: Entry, mine: Entry, funds: set[str]) -> bool:
    def common(field: str) -> frozenset[str]:
        return (entry.codes[field] & mine.codes[field]) - {UNKNOWN}

    same_work = common("target_group") and common("subject")
    return bool(entry.codes["fund"] & funds and same_work and common("country"))


def _shared(row: CallRow, call: Call) -> str:
    codes: list[TargetGroup | Subject] = [*row.target_groups, *row.subjects]
    names = [label(code, spoken()) for code in codes if code in call.target_groups or code in call.subjects]
    return _("same groups or subjects: {names}", names=", ".join(names[:4]))


def rules_of_combining(call: Call) -> tuple[Law, ...]:
    """Rules on double funding that bind the funds of a call."""
    rules = [rule for rule in basis().rules if rule.funds is None or set(rule.funds) & set(call.funds)]
    return tuple(Law(text=_(rule.text), title=_(rule.title), url=rule.url, read_on=rule.read_on) for rule in rules)


def later_than(snapshot: Snapshot, call: Call, now: dt.datetime) -> tuple[NearCall, ...]:
    """What comes after a call: those that follow it, then those of its programme with its subjects that lie ahead."""
    calls = catalogue(snapshot).calls
    after = [item.entry.id for item in calls if call.id in item.entry.codes["after"]]
    found = [NearCall(row=row, why=_("follows or replaces this call")) for row in _rows(snapshot, after, now)]
    if call.programme:
        subjects = set(map(str, call.subjects))
        others = [item.entry for item in calls if call.programme in item.entry.codes["programme"]]
        ids = [entry.id for entry in others if entry.codes["subject"] & subjects and entry.id not in (call.id, *after)]
        rows = [row for row in _rows(snapshot, ids, now) if row.status in _AHEAD]
        found += [NearCall(row=row, why=_("of the same programme, with the same subjects")) for row in rows]
    return tuple(found[:BESIDE])


def linked(snapshot: Snapshot, call: Call, now: dt.datetime) -> tuple[tuple[str, CallRow], ...]:
    """Other calls that the record names, with the kind of the link."""
    kinds = {link.target: link.kind for link in call.relations if link.kind != "combinable_with"}
    return tuple((kinds[row.id], row) for row in _rows(snapshot, kinds, now))


def paying_today(snapshot: Snapshot, practice: Practice, now: dt.datetime) -> tuple[Successor, ...]:
    """Open or planned calls that come after those that paid for a practice."""
    programmes = {paid.programme for paid in practice.paid_by} - {None}
    paid_by = {paid.call for paid in practice.paid_by} - {None}
    funds = {str(paid.fund) for paid in practice.paid_by if paid.fund}
    country = practice.places[0].country
    ids = [
        item.entry.id
        for item in catalogue(snapshot).calls
        if item.entry.id in paid_by
        or item.entry.codes["after"] & paid_by
        or item.entry.codes["programme"] & programmes
        or (item.entry.codes["fund"] & funds and item.entry.codes["country"] == {country})
    ]
    return successors(practice, ahead(_calls(snapshot, ids), now), now)


def calls_of_programme(snapshot: Snapshot, programme: str, now: dt.datetime) -> tuple[CallRow, ...]:
    """Calls of a programme: what can be applied for first, then the rest, each by its dates."""
    ids = [item.entry.id for item in catalogue(snapshot).calls if programme in item.entry.codes["programme"]]
    rows = [call_row(call, now, spoken()) for call in _calls(snapshot, ids, len(ids))]
    order = [CallStatus.OPEN, CallStatus.FORTHCOMING, CallStatus.PLANNED, CallStatus.UNKNOWN, CallStatus.CLOSED]
    return tuple(
        sorted(rows, key=lambda row: (order.index(row.status), row.days_left is None, row.days_left or 0, row.id))
    )


def practices_of_programme(snapshot: Snapshot, programme: str) -> tuple[PracticeRow, ...]:
    """Practices that a programme paid for."""
    ids = [entry.id for entry in catalogue(snapshot).practices if programme in entry.codes["programme"]]
    found = (snapshot.get(record_id) for record_id in ids)
    return tuple(practice_row(record, spoken()) for record in found if isinstance(record, Practice))


def _rows(snapshot: Snapshot, ids: Iterable[str], now: dt.datetime) -> list[CallRow]:
    return [call_row(call, now, spoken()) for call in _calls(snapshot, list(ids))]


def _calls(snapshot: Snapshot, ids: Sequence[str], most: int = _LOOKED_AT) -> Iterator[Call]:
    for record_id in ids[:most]:
        record = snapshot.get(record_id)
        if isinstance(record, Call):
            yield record
