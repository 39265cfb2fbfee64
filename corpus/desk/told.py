"""What everybody may know of the work of the desk: when a record was checked, published, changed and found right again.

It goes into the history of a snapshot (`corpus.events`). A name is told only of people who chose so; of the others
their role, and their country where they work for one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select

from corpus.desk import audit
from corpus.desk.content import Content, ItemKind
from corpus.desk.rights import Action
from corpus.desk.rows import Item, difference, item_of
from corpus.desk_tables import account as a
from corpus.desk_tables import item as t
from corpus.desk_tables import item_version as v
from corpus.events import DESK, By, Event, EventKind, FieldChange

_CHECKED = frozenset({Action.APPROVE.value, Action.REVALIDATE.value})
_MOST_LETTERS = 600
"""Of a value that is told in the history."""


def desk_history(engine: Engine) -> dict[str, tuple[Event, ...]]:
    """What happened to each record that is public at the desk, by its id, the oldest first."""
    found: dict[str, tuple[Event, ...]] = {}
    with engine.connect() as connection:
        people = dict(_people(connection))
        query = select(t).where(t.c.public_version.is_not(None)).order_by(t.c.record_id, t.c.id)
        for row in connection.execute(query).all():
            item = item_of(row)
            events = tuple(_of_item(connection, item, people))
            found[item.record_id] = (*found.get(item.record_id, ()), *events)
    return found


def _people(connection: Connection) -> Iterator[tuple[int, By]]:
    for row in connection.execute(select(a)):
        country = row.countries[0] if row.countries and len(row.countries) == 1 else None
        name = row.name.strip() or None if row.name_is_public and row.active else None
        yield row.id, By(name=name, role=row.role, country=country)


@dataclass(frozen=True, slots=True)
class _Public:
    """A version that became public, and the one that was public before."""

    before: int | None
    now: int


def _of_item(connection: Connection, item: Item, people: Mapping[int, By]) -> Iterator[Event]:
    """What led to public versions. A check of a text that is not public yet is nobody's business."""
    texts = {row.version: row.content for row in connection.execute(select(v).where(v.c.item == item.id))}
    waiting: list[Event] = []
    public: int | None = None
    for event in audit.events(connection, item.id):
        if event.action in _CHECKED:
            told = Event(day=event.at.date(), kind=EventKind.CHECKED, source=DESK, by=people.get(event.account))
            waiting = [told] if event.action == Action.APPROVE.value else [*waiting, told]
        if event.action in (Action.PUBLISH.value, Action.REVALIDATE.value):
            yield from waiting
            waiting = []
        if event.action == Action.PUBLISH.value:
            version = int(event.detail.get("version", item.public_version or 0))
            changes = tuple(_changes(item, texts, _Public(public, version)))
            by = people.get(event.account)
            yield Event(day=event.at.date(), kind=EventKind.PUBLISHED, source=DESK, by=by, changes=changes)
            public = version


def _changes(item: Item, texts: Mapping[int, Content], which: _Public) -> Iterator[FieldChange]:
    now = texts.get(which.now, {})
    if item.kind is ItemKind.CORRECTION:
        made_from = now.get("made_from", {})
        for path, value in now.get("values", {}).items():
            yield FieldChange(path=path, before=_short(made_from.get(path)), after=_short(value))
    elif which.before is not None:
        for field, (old, new) in difference(texts.get(which.before, {}), now).items():
            yield FieldChange(path=field, before=_short(old), after=_short(new))


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _MOST_LETTERS:
        return f"{value[:_MOST_LETTERS]} ..."
    return value
