"""Links in letters: random, kept as their SHA-256 only, each good for one thing."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from corpus.alert_tables import token as t
from corpus.errors import LinkExpiredError


class Purpose(StrEnum):
    """What a link is good for."""

    CONFIRM = "confirm"
    STOP = "stop"
    DISMISS = "dismiss"


LIFETIME: dict[Purpose, dt.timedelta | None] = {
    Purpose.CONFIRM: dt.timedelta(days=7),
    Purpose.STOP: None,
    Purpose.DISMISS: dt.timedelta(days=180),
}
"""How long links can be used; a link that stops works as long as there is something to stop."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is about: one alert of a reader or all of them, and the record that it dismisses."""

    purpose: Purpose
    reader: int
    alert: int | None = None
    record_id: str | None = None


def fresh() -> str:
    """A new token of 256 random bits; guessing one is hopeless, so a slow hash would add nothing."""
    return secrets.token_urlsafe(32)


def keep(connection: Connection, secret: str, link: Link, now: dt.datetime) -> None:
    """Make a token good for something."""
    lifetime = LIFETIME[link.purpose]
    row = {"reader": link.reader, "alert": link.alert, "record_id": link.record_id, "purpose": link.purpose.value}
    expires = now + lifetime if lifetime else None
    connection.execute(insert(t).values(hash=_hash(secret), expires_at=expires, **row))


def look_up(connection: Connection, secret: str, purpose: Purpose, now: dt.datetime) -> Link:
    """What a token is good for.

    Raises:
        LinkExpiredError: it never was good for this, was used up, or is too old.
    """
    row = connection.execute(select(t).where(t.c.hash == _hash(secret), t.c.purpose == purpose.value)).first()
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        raise LinkExpiredError("this link is no longer good: it is too old, or what it was for is already done")
    return Link(purpose, row.reader, row.alert, row.record_id)


def forget_expired(connection: Connection, now: dt.datetime) -> None:
    """Drop tokens that are too old to be of use."""
    connection.execute(delete(t).where(t.c.expires_at <= now))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
