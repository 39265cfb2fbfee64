"""Nothing is told twice: what a letter tells is noted in the transaction that keeps the letter, before it leaves."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, select, update

from corpus.alert_tables import alert as a
from corpus.alert_tables import letter as t
from corpus.alert_tables import reader as r
from corpus.alerts import links, readers
from corpus.alerts.links import Link
from corpus.alerts.readers import DISMISSED, Alert, Told
from corpus.errors import MailError
from corpus.mail import Transport

_HANDING = dt.timedelta(hours=1)
"""After this time a letter that was being handed over belongs to a run that was interrupted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is kept: what it tells, the links that stand in it, and its words."""

    id: str
    reader: int
    items: tuple[Told, ...]
    links: Mapping[str, Link]
    message: str


@dataclass(frozen=True, slots=True)
class Sent:
    """How a round of sending went."""

    sent: int = 0
    refused: int = 0
    """Letters that stay for the next run."""
    uncertain: int = 0
    """Letters that an interrupted run may have sent: they are given up, since nobody is told twice."""
    problem: str = ""


def news(engine: Engine, reader: int, found: Iterable[Told]) -> tuple[Told, ...]:
    """What of the found a reader neither knows nor dismissed, each once."""
    with engine.connect() as connection:
        known = readers.known_to(connection, reader)
    dismissed = {item.record_id for item in known if item.stage == DISMISSED}
    return tuple(item for item in dict.fromkeys(found) if item not in known and item.record_id not in dismissed)


def keep(engine: Engine, draft: Draft, looked: Sequence[Alert], now: dt.datetime) -> bool:
    """Keep a letter for sending and note what it tells; False where another run was quicker, and nothing is kept."""
    with engine.begin() as connection:
        known = readers.known_to(connection, draft.reader)
        if connection.execute(select(r.c.id).where(r.c.id == draft.reader)).first() is None or known & set(draft.items):
            return False
        readers.tell(connection, draft.reader, draft.items, now)
        for secret, link in draft.links.items():
            links.keep(connection, secret, link, now)
        row = {"id": draft.id, "reader": draft.reader, "written_at": now, "message": draft.message}
        connection.execute(insert(t).values(row))
        connection.execute(update(a).where(a.c.id.in_([alert.id for alert in looked])).values(looked_at=now))
    return True


def looked(engine: Engine, alerts: Sequence[Alert], now: dt.datetime) -> None:
    """Note that searches had no news."""
    with engine.begin() as connection:
        connection.execute(update(a).where(a.c.id.in_([alert.id for alert in alerts])).values(looked_at=now))


def waiting(engine: Engine) -> set[int]:
    """Readers for whom a letter has not left yet."""
    with engine.connect() as connection:
        return set(connection.execute(select(t.c.reader)).scalars())


def send(engine: Engine, transport: Transport, now: dt.datetime) -> Sent:
    """Hand over all letters that wait, one after the other; a refused one waits for the next run."""
    uncertain = 0 if transport.repeatable else _give_up(engine, now)
    sent = refused = 0
    problem = ""
    with engine.connect() as connection:
        ids = list(connection.execute(select(t.c.id).order_by(t.c.written_at, t.c.id)).scalars())
    for letter in ids:
        try:
            sent += _hand_over(engine, transport, letter, now)
        except MailError as error:
            refused, problem = refused + 1, str(error)
    return Sent(sent, refused, uncertain, problem)


def _hand_over(engine: Engine, transport: Transport, letter: str, now: dt.datetime) -> bool:
    with engine.begin() as connection:
        free = update(t).where(t.c.id == letter)
        if not transport.repeatable:
            free = free.where(t.c.handed_at.is_(None))
        taken = connection.execute(free.values(handed_at=now)).rowcount
        message = connection.execute(select(t.c.message).where(t.c.id == letter)).scalar()
    if not taken or message is None:
        return False
    try:
        transport.send(letter, message)
    except MailError:
        with engine.begin() as connection:
            connection.execute(update(t).where(t.c.id == letter).values(handed_at=None))
        raise
    with engine.begin() as connection:
        connection.execute(delete(t).where(t.c.id == letter))
    return True


def _give_up(engine: Engine, now: dt.datetime) -> int:
    """Drop letters of which nobody knows whether they left; gives how many. A young one may be in other hands."""
    with engine.begin() as connection:
        return int(connection.execute(delete(t).where(t.c.handed_at <= now - _HANDING)).rowcount)
