"""What happened to records, put together at a build: from all that the store keeps of them and from curated files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from corpus.corrections import DECIDED, load_corrections
from corpus.difference import changed_fields, changed_words, is_long
from corpus.events import CURATED, Event, EventKind, FieldChange, Piece
from corpus.ids import CANONICAL_SCHEMES
from corpus.model import RecordBase
from corpus.parts import Method
from corpus.store import Store, Tellings

_BATCH = 500
_MOST_CHANGES = 40
"""Of one day: what changes more than this was read in another way, and a list of it helps nobody."""
_MOST_LETTERS = 600
"""Of a text that is told in the history."""

Place = tuple[str, str]
"""Source and key of one telling."""


def checks(record: RecordBase) -> tuple[Event, ...]:
    """The days on which a person read the sources of a record, as its curated file says."""
    decided = {item.source for items in record.evidence.values() for item in items if item.place == DECIDED}
    return tuple(
        Event(
            day=source.read_on,
            kind=EventKind.CHECKED,
            source=CURATED,
            title=source.title,
            language=source.language,
            url=source.url,
        )
        for source in record.sources
        if source.method is Method.CURATED and source.read_on and source.key not in decided
    )


def corrections() -> dict[str, tuple[Event, ...]]:
    """What was put right in curated files, by record."""
    found: dict[str, tuple[Event, ...]] = {}
    for one in load_corrections():
        if one.record is not None:
            note = {language: f"{words} {one.right.get(language, '')}".strip() for language, words in one.wrong.items()}
            event = Event(day=one.date, kind=EventKind.CHANGED, source=CURATED, url=one.source, note=note)
            found[one.record] = (*found.get(one.record, ()), event)
    return found


def add_vanished(store: Store, tellings: dict[str, list[Place]]) -> None:
    """Add to each record who told of it once and does so no more: known by its id or by a number in a register."""
    owners = {place: name for name, places in tellings.items() for place in places}
    known: dict[tuple[str, str], str] = {("id", name): name for name in tellings}
    lost = []
    for member in store.members(vanished=True):
        place = (member.source, member.key)
        names = [("id", member.record_id), *(name for name in member.identifiers if name[0] in CANONICAL_SCHEMES)]
        if place in owners:
            known.update(dict.fromkeys(names, owners[place]))
        else:
            lost.append((place, names))
    for place, names in lost:
        owner = next((known[name] for name in names if name in known), None)
        if owner is not None:
            tellings[owner].append(place)


def history(
    store: Store, tellings: Mapping[str, Sequence[Place]], others: Iterable[Mapping[str, Sequence[Event]]]
) -> Iterator[tuple[str, list[Event]]]:
    """Events of every record, ordered by id: of those who tell of it, and `others`, by record."""
    known, titles = list(others), {meta.id: (meta.title, meta.homepage) for meta in store.sources()}
    names = sorted(tellings.keys() | {name for some in known for name in some})
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        told = store.tellings([place for name in batch for place in tellings.get(name, ())])
        for name in batch:
            events = [event for some in known for event in some.get(name, ())]
            for place in tellings.get(name, ()):
                if place in told:
                    title, url = titles[place[0]]
                    events += _of_telling(place[0], title, url, told[place])
            yield name, events


def _of_telling(source: str, title: str, url: str, told: Tellings) -> Iterator[Event]:
    """First read, every change, and the day on which it was missed."""
    whole: dict[str, Any] = {"source": source, "title": title, "url": url}
    yield Event(day=told.presence.first_seen.date(), kind=EventKind.SEEN, **whole)
    for (_, old), (when, new) in pairwise(told.versions):
        yield Event(day=when.date(), kind=EventKind.CHANGED, changes=tuple(changes(old, new)), **whole)
    if told.presence.vanished_at:
        yield Event(day=told.presence.vanished_at.date(), kind=EventKind.VANISHED, **whole)


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    """What differs between two states of a record, in the shape in which it is kept; long texts by their words."""
    for path, before, after in changed_fields(old, new)[:_MOST_CHANGES]:
        if is_long(before, after):
            words = (Piece(how=how, text=text[:_MOST_LETTERS]) for how, text in changed_words(before, after))
            yield FieldChange(path=path, words=tuple(words))
        else:
            yield FieldChange(path=path, before=_short(before), after=_short(after))


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _MOST_LETTERS:
        return f"{value[:_MOST_LETTERS]} ..."
    return value
