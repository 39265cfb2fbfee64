"""What everybody may know of the work of the desk: when a record was checked, published, changed and found right again.

It goes into the history of a snapshot (`corpus.events`). A name is told only of people who chose so; of the others
their role, and their country where they work for one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select

from corpus.desk import audit
from corpus.desk.content import Content, ItemKind
from corpus.desk.rights import Action
from corpus.desk.rows import Item, item_of
from corpus.desk_tables import account as a
from corpus.desk_tables import item as t
from corpus.desk_tables import item_version as v
from corpus.events import DESK, By, Event, EventKind, FieldChange

_CHECKED = frozenset({Action.APPROVE.value, Action.REVALIDATE.value})
Changes = Callable[[Mapping[str, Any], Mapping[str, Any]], Iterable[FieldChange]]


def desk_history(engine: Engine, changes: Changes) -> dict[str, tuple[Event, ...]]:
    """What happened to each record that is public at the desk, by its id, the oldest first.

    `changes` tells what two contents say differently, as everywhere in the history.
    """
    found: dict[str, tuple[Event, ...]] = {}
    with engine.connect() as connection:
        people = dict(_people(connection))
        query = select(t).where(t.c.public_version.is_not(None)).order_by(t.c.record_id, t.c.id)
        for row in connection.execute(query).all():
            item = item_of(row)
            events = tuple(_of_item(connection, item, people, changes))
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


def _of_item(connection: Connection, item: Item, people: Mapping[int, By], changes: Changes) -> Iterator[Event]:
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
            changed = tuple(changes(*_compared(item, texts, _Public(public, version))))
            by = people.get(event.account)
            yield Event(day=event.at.date(), kind=EventKind.PUBLISHED, source=DESK, by=by, changes=changed)
            public = version


def _compared(item: Item, texts: Mapping[int, Content], which: _Public) -> tuple[Content, Content]:
    """What was public before and what is now: of a correction the values, of a first version nothing."""
    now = texts.get(which.now, {})
    if item.kind is ItemKind.CORRECTION:
        values = now.get("values", {})
        return {path: now.get("made_from", {}).get(path) for path in values}, dict(values)
    return (texts.get(which.before, {}), now) if which.before is not None else ({}, {})
