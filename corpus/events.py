"""What happened to a record, by day: first read, changed at its source, checked by a person, published, told no more.

A snapshot holds it in `history.jsonl`, one line a record, ordered by id:

    {"id": "ft.CERV-1", "events": [{"day": "2026-11-23", "kind": "changed", "source": "ft_portal", "changes": [...]}]}

It is found there by halving: nothing is read when a snapshot is opened, and a file that is gone tells nothing.
"""

import datetime as dt
import mmap
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from corpus.parts import Frozen, LangText, Text, Url
from corpus.vocab import Language

HISTORY = "history.jsonl"
CURATED = "curated"
"""Who wrote or checked it: people, in a curated file."""
DESK = "desk"
"""Who wrote or checked it: partners, at the desk."""


class EventKind(StrEnum):
    """What happened."""

    SEEN = "seen"
    """A source told of it for the first time."""
    CHANGED = "changed"
    """What a source tells of it became different; without `changes` only its wording did, and no fact."""
    VANISHED = "vanished"
    """A source tells of it no more."""
    CHECKED = "checked"
    """A person read the source and found the record right."""
    PUBLISHED = "published"
    """People decided that everybody may read it."""


class Piece(Frozen):
    """A part of a long text: as it was and is, or only before, or only after."""

    how: Literal["same", "removed", "added"]
    text: str


class FieldChange(Frozen):
    """One field of a record, by its path, before and after; None is not known.

    Of long texts `words` has what changed with a few words around it, and `before` and `after` are empty.
    """

    path: Text
    before: Any = None
    after: Any = None
    words: tuple[Piece, ...] = ()


class By(Frozen):
    """Who did it: a name only where the person wants it to be seen."""

    name: Text | None = None
    role: Text | None = None
    """A code of `corpus.desk.rights.DeskRole`."""
    organisation: Text | None = None
    """Kind of the organisation: a code of `corpus.vocab.ApplicantType`."""
    country: Text | None = None


class Event(Frozen):
    """One thing that happened on one day. `source` is the id of a source, `CURATED` or `DESK`; `title` names it."""

    day: dt.date
    kind: EventKind
    source: Text
    title: Text | None = None
    language: Language | None = None
    """Of the title, where that is known."""
    url: Url | None = None
    by: By | None = None
    note: LangText = Field(default_factory=dict)
    """Why, in our words."""
    changes: tuple[FieldChange, ...] = ()


class _Line(Frozen):
    id: str
    events: tuple[Event, ...]


_FIRST = {kind: rank for rank, kind in enumerate(EventKind)}


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """The newest first; of one day in the order in which such things happen."""
    return tuple(sorted(events, key=lambda event: (event.day, _FIRST[event.kind], event.source), reverse=True))


def write_history(folder: Path, lines: Iterable[tuple[str, Iterable[Event]]]) -> None:
    """Write the events of records, which come ordered by id; those without events are left out."""
    with (folder / HISTORY).open("wb") as file:
        for record_id, events in lines:
            line = _Line(id=record_id, events=in_order(events))
            if line.events:
                file.write(line.model_dump_json(exclude_defaults=True).encode() + b"\n")


def read_history(folder: Path, record_id: str) -> tuple[Event, ...]:
    """What happened to a record, the newest first; empty where nothing is told."""
    try:
        with (folder / HISTORY).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
            found = _find(lines, record_id)
    except (OSError, ValueError):  # no such file, or an empty one
        return ()
    return _Line.model_validate_json(found).events if found else ()


def _find(lines: mmap.mmap, record_id: str) -> bytes | None:
    """The line of a record, by halving."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start) + 1 or len(lines)
        line = lines[start:end]
        name = _name(line)
        if name == record_id:
            return line
        if name < record_id:
            low = end
        else:
            high = start
    return None


def _name(line: bytes) -> str:
    """The id with which a line begins; ids have no character that JSON writes in another way (`RecordId`)."""
    return line[7 : line.index(b'"', 7)].decode()
