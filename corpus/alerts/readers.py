"""Readers and their searches: asked for, confirmed, stopped. An address is kept from the request to the stop.

What is not confirmed is deleted after seven days (`forget`), with the address where nothing else is left of it.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Engine, Insert, Row, delete, exists, func, insert, select, update

from corpus.alert_tables import alert as a
from corpus.alert_tables import reader as r
from corpus.alert_tables import token as token_table
from corpus.alert_tables import told as told_table
from corpus.alerts import links
from corpus.alerts.links import Link, Purpose
from corpus.errors import LinkExpiredError, StoreError

UNCONFIRMED = dt.timedelta(days=7)
MOST_WAITING = 3
"""Unconfirmed requests for one address at a time: nobody can fill the letter box of another."""
MOST = 20
"""Searches of one reader."""


class Kind(StrEnum):
    """What is searched."""

    CALLS = "calls"
    PRACTICES = "practices"
    IDEA = "idea"


class Rhythm(StrEnum):
    """How often it is looked for news."""

    RUN = "run"
    DAILY = "daily"
    WEEKLY = "weekly"


PAUSE = {Rhythm.RUN: dt.timedelta(0), Rhythm.DAILY: dt.timedelta(hours=20), Rhythm.WEEKLY: dt.timedelta(days=6.5)}
"""Least time between two letters of a search: somewhat less than its name, as runs do not start on the second."""


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody wants to be told of: a list with its query string, or an idea with its form as JSON."""

    kind: Kind
    query: str
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Alert:
    """A search of a reader."""

    id: int
    reader: int
    search: Search
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to be told, with the searches that are due."""

    id: int
    email: str
    language: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An item of a letter: a record at a stage, so that a call can be told when it is planned and when it opens."""

    record_id: str
    stage: str


DISMISSED = "dismissed"
"""The stage of what a reader does not want to see again, whatever becomes of it."""


def ask(engine: Engine, email: str, language: str, search: Search, now: dt.datetime) -> str | None:
    """Keep a request that is not confirmed yet; gives the token of the link that confirms it.

    None where too much waits for this address already: whoever asks is told the same as ever, and no letter leaves.
    """
    with engine.begin() as connection:
        forget(connection, now)
        reader = _reader(connection, email.strip().lower(), language)
        mine = select(func.count()).where(a.c.reader == reader)
        waiting = connection.execute(mine.where(a.c.confirmed_at.is_(None))).scalar_one()
        if waiting >= MOST_WAITING or connection.execute(mine).scalar_one() >= MOST:
            return None
        row = {"reader": reader, "kind": search.kind.value, "query": search.query, "rhythm": search.rhythm.value}
        number = _number(connection, insert(a).values(**row, created_at=now))
        secret = links.fresh()
        links.keep(connection, secret, Link(Purpose.CONFIRM, reader, number), now)
    return secret


def _reader(connection: Connection, email: str, language: str) -> int:
    known = connection.execute(select(r.c.id).where(r.c.email == email)).scalar()
    if known is not None:
        return int(known)
    return _number(connection, insert(r).values(email=email, language=language))


def _number(connection: Connection, query: Insert) -> int:
    """Insert a row and give its number."""
    key = connection.execute(query).inserted_primary_key
    if key is None:
        raise StoreError("the database gave no number to a new row")
    return int(key[0])


def withdraw(engine: Engine, secret: str, now: dt.datetime) -> None:
    """Forget a request whose letter could not be sent."""
    with engine.begin() as connection:
        link = links.look_up(connection, secret, Purpose.CONFIRM, now)
        connection.execute(delete(a).where(a.c.id == link.alert))
        _forget_readers(connection)


def about(engine: Engine, secret: str, purpose: Purpose, now: dt.datetime) -> tuple[Link, tuple[Alert, ...]]:
    """What a link is good for, and the searches that it concerns; nothing is changed.

    Raises:
        LinkExpiredError: it is no longer good for anything.
    """
    with engine.connect() as connection:
        link = links.look_up(connection, secret, purpose, now)
        return link, _concerned(connection, link)


def _concerned(connection: Connection, link: Link) -> tuple[Alert, ...]:
    query = select(a).where(a.c.reader == link.reader).order_by(a.c.id)
    if link.alert is not None:
        query = query.where(a.c.id == link.alert)
    return tuple(_alert(row) for row in connection.execute(query))


def confirm(engine: Engine, secret: str, known: tuple[Told, ...], now: dt.datetime) -> Alert:
    """Begin an alert; `known` is what its page shows already, which is no news. A second click changes nothing.

    Raises:
        LinkExpiredError: the link is too old, or the alert was stopped.
    """
    with engine.begin() as connection:
        link = links.look_up(connection, secret, Purpose.CONFIRM, now)
        (found,) = _concerned(connection, link)
        if not found.confirmed:
            connection.execute(update(a).where(a.c.id == found.id).values(confirmed_at=now, looked_at=now))
            tell(connection, found.reader, known, now)
    return found


def stop(engine: Engine, secret: str, now: dt.datetime) -> tuple[Alert, ...]:
    """End an alert, or all of a reader, and delete what was kept for it; gives what was ended.

    Raises:
        LinkExpiredError: there is nothing to stop.
    """
    with engine.begin() as connection:
        link = links.look_up(connection, secret, Purpose.STOP, now)
        ended = _concerned(connection, link)
        connection.execute(delete(a).where(a.c.id.in_([alert.id for alert in ended])))
        _forget_readers(connection)
    if not ended:
        raise LinkExpiredError("there is nothing to stop any more")
    return ended


def dismiss(engine: Engine, secret: str, now: dt.datetime) -> str:
    """Never tell a reader of a record again; gives the record's id.

    Raises:
        LinkExpiredError: the link is too old, or the alerts were stopped.
    """
    with engine.begin() as connection:
        link = links.look_up(connection, secret, Purpose.DISMISS, now)
        record_id = link.record_id or ""
        tell(connection, link.reader, (Told(record_id, DISMISSED),), now)
    return record_id


def tell(connection: Connection, reader: int, items: tuple[Told, ...], now: dt.datetime) -> None:
    """Note what a reader knows from now on."""
    before = known_to(connection, reader)
    rows = [
        {"reader": reader, "record_id": item.record_id, "stage": item.stage, "at": now}
        for item in dict.fromkeys(items)
        if item not in before
    ]
    if rows:
        connection.execute(insert(told_table), rows)


def known_to(connection: Connection, reader: int) -> set[Told]:
    """All that a reader was told or dismissed."""
    query = select(told_table.c.record_id, told_table.c.stage).where(told_table.c.reader == reader)
    return {Told(row.record_id, row.stage) for row in connection.execute(query)}


def due(engine: Engine, now: dt.datetime) -> list[Reader]:
    """Readers with confirmed searches whose time has come, in the order in which they came."""
    query = select(a, r.c.email, r.c.language).join(r).where(a.c.confirmed_at.is_not(None)).order_by(r.c.id, a.c.id)
    found: dict[int, Reader] = {}
    with engine.connect() as connection:
        for row in connection.execute(query):
            one = _alert(row)
            if row.looked_at is not None and now - row.looked_at < PAUSE[one.search.rhythm]:
                continue
            before = found.get(one.reader)
            alerts = (*(before.alerts if before else ()), one)
            found[one.reader] = Reader(one.reader, row.email, row.language, alerts)
    return list(found.values())


def forget(connection: Connection, now: dt.datetime) -> int:
    """Delete what was never confirmed, links that are too old, and addresses without a search; gives how many."""
    links.forget_expired(connection, now)
    old = (a.c.confirmed_at.is_(None)) & (a.c.created_at <= now - UNCONFIRMED)
    connection.execute(delete(token_table).where(token_table.c.alert.in_(select(a.c.id).where(old))))
    gone = connection.execute(delete(a).where(old)).rowcount
    _forget_readers(connection)
    return int(gone)


def _forget_readers(connection: Connection) -> None:
    connection.execute(delete(r).where(~exists().where(a.c.reader == r.c.id)))


def _alert(row: Row[tuple[object, ...]]) -> Alert:
    search = Search(Kind(row.kind), row.query, Rhythm(row.rhythm))
    return Alert(row.id, row.reader, search, row.confirmed_at is not None)
