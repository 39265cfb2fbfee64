"""The log of the desk: what happened, in a chain of seals.

The database refuses to change or delete an event (triggers of the migration). Who can get around the database breaks
the chain: each seal is the SHA-256 of the event and of the seal before it, and `broken` finds the first that does not
fit. Events carry numbers of accounts and no names, so that erasing an account needs no change here.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from corpus.desk_tables import event_log as t

PROGRAM = 0
"""The account that stands for the program itself."""
_FIRST = bytes(32)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    id: int
    at: dt.datetime
    account: int
    action: str
    item: int | None
    detail: dict[str, Any]


def record(
    connection: Connection, at: dt.datetime, account: int, action: str, item: int | None, **detail: object
) -> None:
    """Write an event, in the transaction of what it tells of."""
    if connection.dialect.name != "sqlite":  # where the transaction holds the whole database anyway
        connection.execute(text("LOCK TABLE desk_event IN SHARE ROW EXCLUSIVE MODE"))
    last = connection.execute(select(t.c.id, t.c.seal).order_by(t.c.id.desc()).limit(1)).first()
    number, before = (last.id + 1, last.seal) if last else (1, _FIRST)
    event = Event(number, at.astimezone(dt.UTC), account, action, item, dict(detail))
    row = {"id": number, "at": event.at, "account": account, "action": action, "item": item, "detail": event.detail}
    connection.execute(insert(t).values(**row, seal=_seal(event, before)))


def events(connection: Connection, item: int | None = None) -> Iterator[Event]:
    """What happened, in order; of one record, or all."""
    query = select(t).order_by(t.c.id)
    if item is not None:
        query = query.where(t.c.item == item)
    for row in connection.execute(query):
        yield _event(row)


def latest(connection: Connection, most: int, before: int | None = None) -> list[Event]:
    """The newest events, the newest first; those `before` a number, for the next page."""
    query = select(t).order_by(t.c.id.desc()).limit(most)
    if before is not None:
        query = query.where(t.c.id < before)
    return [_event(row) for row in connection.execute(query)]


def broken(connection: Connection) -> int | None:
    """Number of the first event that was changed, or that follows one that was removed; None: the log is whole."""
    before, expected = _FIRST, 1
    for row in connection.execute(select(t).order_by(t.c.id)):
        event = _event(row)
        if row.id != expected or row.seal != _seal(event, before):
            return int(row.id)
        before, expected = row.seal, expected + 1
    return None


def _event(row: Row[Any]) -> Event:
    return Event(row.id, row.at, row.account, row.action, row.item, row.detail)


def _seal(event: Event, before: bytes) -> bytes:
    fields = [event.id, event.at.isoformat(), event.account, event.action, event.item, event.detail]
    words = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(before + words.encode()).digest()
