"""One thing told by several sources becomes one record. Pure: tellings in, record and issues out.

Tellings come best first. A field takes the first telling that knows it; texts and lists are joined; closing
dates take their hour from whoever knows it. Where two tellings disagree, the better one is kept and an issue
carries both values with the words behind them: a person decides. Evidence stays only with tellings that say what
the record says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from corpus.issues import Issue
from corpus.model import Call, Cascade, Eligibility, Geography, RecordBase
from corpus.parts import Cutoff, Evidence, Money, Source, Timeline
from corpus.quotes import holds, quote
from corpus.rules import Rule


class Report(Protocol):
    """Takes note of a disagreement: the path, both values, and how to show them where `str` would not do."""

    def __call__(self, path: str, kept: Any, other: Any, shown: tuple[str, str] | None = None) -> None:
        """Take note."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one origin (a source, or `curated`) says of a thing."""

    origin: str
    key: str
    record: RecordBase


_JOINED = {"identifiers", "documents", "keywords", "relations", "themes", "subjects", "target_groups", "strategies"}
_JOINED |= {"sdgs", "support", "actions", "partners"}
# Titles and descriptions differ in wording without contradicting each other.
_NO_CONFLICT = {"url", "apply_url", "status_at_source", "original_language", "funds", "authority", "programme"}

# Lists whose entries are the same thing told twice where these fields agree: what one leaves out, another fills in.
_ENTRIES: dict[str, Callable[[Any], Any]] = {
    "places": lambda place: (place.name, place.country),
    "paid_by": lambda paid: paid.fund,
}

# Values as a whole: an amount from one source and a currency or a country from another would be nonsense.
_WHOLE = (Money, Geography, Cascade)


def merge(tellings: Sequence[Telling], record_id: str) -> tuple[RecordBase, list[Issue]]:
    """Merge tellings of one thing, best first.

    Raises:
        ValueError: the tellings are of different kinds (a call and a practice share an identifier).
    """
    kinds = {type(telling.record) for telling in tellings}
    if len(kinds) != 1:
        raise ValueError(f"{record_id}: told as {' and '.join(sorted(kind.__name__ for kind in kinds))}")
    if len(tellings) == 1:
        return tellings[0].record.model_copy(update={"id": record_id}), []
    issues: list[Issue] = []
    prefixed = [_with_prefixed_sources(telling) for telling in _unite_cutoffs(tellings)]
    first = prefixed[0].record

    def report(path: str, kept: Any, other: Any, shown: tuple[str, str] | None = None) -> None:
        issues.append(_conflict(prefixed, path, (kept, other), shown or (str(kept), str(other))))

    data: dict[str, Any] = {"id": record_id, "kind": first.kind}  # type: ignore[attr-defined]
    for name, field in type(first).model_fields.items():
        if name not in {"id", "kind", "sources", "evidence"}:
            values = [getattr(t.record, name) for t in prefixed]
            data[name] = _merge_field(name, values, report, field.get_default(call_default_factory=True))
    if data.get("what_failed") and data.get("none_reported"):
        report("none_reported", False, True, ("a failure is reported", "none was reported"))
        data["none_reported"] = False
    data["sources"] = tuple(source for telling in prefixed for source in telling.record.sources)
    data["evidence"] = _agreeing_evidence(prefixed, data)
    return type(first).model_validate(data), issues


def _unite_cutoffs(tellings: Sequence[Telling]) -> list[Telling]:
    """A register that lists one call once per closing date tells of several dates, not of contradicting ones."""
    united: dict[str, dict[object, Cutoff]] = {}
    for telling in tellings:
        if isinstance(telling.record, Call):
            dates = united.setdefault(telling.origin, {})
            dates |= {(c.date, c.time, c.stage, c.label): c for c in telling.record.timeline.cutoffs}
    return [_with_cutoffs(telling, united.get(telling.origin, {})) for telling in tellings]


def _with_cutoffs(telling: Telling, cutoffs: dict[object, Cutoff]) -> Telling:
    if not isinstance(telling.record, Call) or not cutoffs:
        return telling
    ordered = tuple(sorted(cutoffs.values(), key=lambda c: c.end()))
    timeline = telling.record.timeline.model_copy(update={"cutoffs": ordered})
    record = telling.record.model_copy(update={"timeline": timeline})
    return Telling(telling.origin, telling.key, record)


def _conflict(tellings: Sequence[Telling], path: str, values: tuple[Any, Any], shown: tuple[str, str]) -> Issue:
    best, (kept, other) = tellings[0], shown
    quotes = []
    for value, text in zip(values, shown, strict=True):
        said = next((telling for telling in tellings if holds(telling.record, path, value)), None)
        quotes += [quote(said.origin, said.record, path, value, text)] if said else []
    message = f"sources disagree on {path}: kept {kept}, another says {other}"
    place = {"source": best.origin, "key": best.key, "code": "conflict", "field": path}
    return Issue(**place, message=message, raw=other, quotes=tuple(quotes))


def _merge_field(name: str, values: list[Any], report: Report, default: Any) -> Any:
    """One field of all tellings. What equals the default of the field was not said."""
    if name in _JOINED:
        return tuple(dict.fromkeys(item for value in values for item in value))
    if any(isinstance(value, dict) for value in values):
        return _join_texts(values)
    known = [value for value in values if value is not None and value != default]
    return _merge_known(name, known, report) if known else values[0]


def _merge_known(name: str, known: list[Any], report: Report) -> Any:
    if isinstance(known[0], Timeline):
        return _merge_timeline(known, report)
    if isinstance(known[0], Eligibility):
        return _merge_eligibility(known, report)
    if isinstance(known[0], BaseModel) and len(known) > 1:
        return _merge_model(name, known, report)
    if name in _ENTRIES and len(known) > 1:
        return _merge_entries(name, known, report)
    for other in known[1:]:
        if other != known[0] and name not in _NO_CONFLICT:
            report(name, known[0], other)
    return known[0]


def _join_texts(values: list[dict[Any, Any]]) -> dict[Any, Any]:
    joined: dict[Any, Any] = {}
    for value in reversed(values):
        joined |= value
    return joined


def _merge_entries(name: str, known: list[tuple[Any, ...]], report: Report) -> tuple[Any, ...]:
    """Entries of the best telling, with what other tellings know of the same ones; other entries are not added."""
    key = _ENTRIES[name]
    own = [key(entry) for entry in known[0]]
    for other in known[1:]:
        if any(key(entry) not in own for entry in other):
            report(name, known[0], other, (", ".join(map(str, own)), ", ".join(str(key(entry)) for entry in other)))
    return tuple(_merge_entry(name, entry, known, report) for entry in known[0])


def _merge_entry(name: str, entry: Any, known: list[tuple[Any, ...]], report: Report) -> Any:
    key = _ENTRIES[name]
    if [key(other) for other in known[0]].count(key(entry)) > 1:
        return entry  # several entries of one key cannot be told apart
    same = [other for entries in known[1:] for other in entries if key(other) == key(entry)]
    return _merge_model(name, [entry, *same], report) if same else entry


def _merge_model(path: str, known: list[Any], report: Report) -> Any:
    """Field by field: each field from the first that knows it."""
    if isinstance(known[0], _WHOLE):
        _report_other(path, known, report)
        return known[0]
    data = {}
    for name, field in type(known[0]).model_fields.items():
        values = [getattr(value, name) for value in known]
        default = field.get_default(call_default_factory=True)
        data[name] = _merge_field(name, values, _below(path, report), default)
    try:
        return type(known[0]).model_validate(data)
    except ValidationError:
        # Each telling is sound and their mixture is not (a least grant of one above the most of another).
        _report_other(path, known, report)
        return known[0]


def _below(outer: str, report: Report) -> Report:
    def inner(path: str, kept: Any, other: Any, shown: tuple[str, str] | None = None) -> None:
        report(f"{outer}.{path}", kept, other, shown)

    return inner


def _report_other(path: str, known: list[Any], report: Report) -> None:
    """Report the first telling that says something else than the best."""
    other = next((value for value in known[1:] if value != known[0]), None)
    if other is not None:
        report(path, known[0], other)


def _merge_timeline(known: list[Timeline], report: Report) -> Timeline:
    # Always open is an answer: a worse telling's closing date does not fill a gap there.
    best = next((timeline for timeline in known if timeline.cutoffs or timeline.continuous), known[0])
    days = {cutoff.date for cutoff in best.cutoffs}
    for other in known:
        other_days = {cutoff.date for cutoff in other.cutoffs}
        if other_days and other_days != days:
            shown = (", ".join(map(str, sorted(d))) or "always open" for d in (days, other_days))
            report("timeline.cutoffs", best.cutoffs, other.cutoffs, (next(shown), next(shown)))
    _report_hours(best, known, report)
    hours = {cutoff.date: cutoff for timeline in reversed(known) for cutoff in timeline.cutoffs if cutoff.time}
    cutoffs = tuple(_with_hour(cutoff, hours.get(cutoff.date)) for cutoff in best.cutoffs)
    opening = _opening(known, cutoffs, report)
    update = {
        "opens": opening.opens,
        "opens_indicative": opening.opens_indicative,
        "cutoffs": cutoffs,
        "continuous": any(timeline.continuous for timeline in known),
        "recurrence": next((timeline.recurrence for timeline in known if timeline.recurrence), None),
        "rhythm": _join_texts([timeline.rhythm for timeline in known]),
    }
    return best.model_copy(update=update)


def _opening(known: list[Timeline], cutoffs: tuple[Cutoff, ...], report: Report) -> Timeline:
    """The telling whose opening counts: the best that has one which does not lie after the closing."""
    opened = [timeline for timeline in known if timeline.opens]
    days = [timeline.opens.date for timeline in opened if timeline.opens]
    for timeline, day in zip(opened, days, strict=True):
        if day != days[0]:
            report("timeline.opens", opened[0].opens, timeline.opens, (str(days[0]), str(day)))
    last = cutoffs[-1].date if cutoffs else None
    sound = [t for t, day in zip(opened, days, strict=True) if last is None or day <= last]
    return sound[0] if sound else Timeline()


def _report_hours(best: Timeline, known: list[Timeline], report: Report) -> None:
    """Two hours for one closing day contradict each other; an hour that only one telling knows does not."""
    for cutoff in best.cutoffs:
        for other in known:
            same_day = [c for c in other.cutoffs if c.date == cutoff.date and c.time and c.stage is cutoff.stage]
            if cutoff.time and same_day and cutoff.time not in {c.time for c in same_day}:
                shown = (f"{cutoff.date} {cutoff.time}", f"{cutoff.date} {same_day[0].time}")
                report("timeline.cutoffs", best.cutoffs, other.cutoffs, shown)


def _with_hour(cutoff: Cutoff, other: Cutoff | None) -> Cutoff:
    if cutoff.time is not None or other is None:
        return cutoff
    return cutoff.model_copy(update={"time": other.time, "zone": other.zone})


def _merge_eligibility(known: list[Eligibility], report: Report) -> Eligibility:
    """Rules by family: a family comes whole from the first telling that has it, so that none is asked twice.

    What one telling did not read is no longer unread when another one read it.
    """
    rules: list[Rule] = []
    read_by: dict[str, int] = {}
    for place, eligibility in enumerate(known):
        fresh = [rule for rule in eligibility.rules if read_by.setdefault(rule.family, place) == place]
        rules += [rule.model_copy(update={"id": _unique(rule.id, {r.id for r in rules})}) for rule in fresh]
    unread = dict.fromkeys(
        item
        for place, eligibility in enumerate(known)
        for item in eligibility.unread
        if read_by.get(item.family, place) == place
    )
    for place, eligibility in enumerate(known):
        for family in dict.fromkeys(rule.family for rule in eligibility.rules if read_by[rule.family] < place):
            _report_rules(known[read_by[family]], eligibility, family, report)
    return Eligibility(rules=tuple(rules), unread=tuple(unread))


def _report_rules(best: Eligibility, other: Eligibility, family: str, report: Report) -> None:
    """Two readings of who may apply: the first rule of each that the other does not have."""
    ours, theirs = ({_says(r): r for r in e.rules if r.family == family} for e in (best, other))
    if ours.keys() != theirs.keys():
        kept = next((text for text in ours if text not in theirs), next(iter(ours)))
        lost = next((text for text in theirs if text not in ours), next(iter(theirs)))
        report("eligibility.rules", ours[kept], theirs[lost], (f"{family} {kept}", f"{family} {lost}"))


def _says(rule: Rule) -> str:
    return rule.value.model_dump_json(exclude_defaults=True, by_alias=True)


def _unique(name: str, taken: set[str]) -> str:
    number = 2
    unique = name
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    return unique


def _with_prefixed_sources(telling: Telling) -> Telling:
    """Sources get the name of the origin before their key: two origins may both call theirs `page`."""

    def rename(items: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(item.model_copy(update={"source": f"{prefix}{item.source}"}) for item in items)

    record, prefix = telling.record, f"{telling.origin}:{telling.key}:"
    update: dict[str, Any] = {
        "sources": tuple(_renamed(source, prefix) for source in record.sources),
        "evidence": {path: rename(items) for path, items in record.evidence.items()},
    }
    if isinstance(record, Call):
        rules = tuple(rule.model_copy(update={"evidence": rename(rule.evidence)}) for rule in record.eligibility.rules)
        update["eligibility"] = record.eligibility.model_copy(update={"rules": rules})
    return Telling(telling.origin, telling.key, record.model_copy(update=update))


def _renamed(source: Source, prefix: str) -> Source:
    return source.model_copy(update={"key": f"{prefix}{source.key}"})


def _agreeing_evidence(tellings: list[Telling], merged: dict[str, Any]) -> dict[str, tuple[Evidence, ...]]:
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for telling in tellings:
        for path, items in telling.record.evidence.items():
            if _agrees(telling.record, path, merged):
                evidence[path] = (*evidence.get(path, ()), *items)
    return evidence


def _agrees(record: RecordBase, path: str, merged: dict[str, Any]) -> bool:
    """Whether a telling says of a field what the record says (joined fields always do)."""
    root, *rest = path.split(".")
    if root in _JOINED or isinstance(merged[root], dict):
        return True
    mine, theirs = getattr(record, root), merged[root]
    for name in rest:
        mine, theirs = getattr(mine, name, None), getattr(theirs, name, None)
    if path == "timeline.cutoffs":
        return {c.date for c in mine or ()} == {c.date for c in theirs or ()}
    return bool(mine == theirs)
