"""Secrets that are handed out once: invitations, sessions, password resets, keys of programs.

Only their SHA-256 is kept. Guessing one of 256 random bits is hopeless, so a slow hash would add nothing.
"""

import datetime as dt
import hashlib
import secrets
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from corpus.desk.errors import UnknownItemError
from corpus.desk_tables import token as t


class Purpose(StrEnum):
    """What a token is good for."""

    INVITATION = "invitation"
    SESSION = "session"
    RESET = "reset"
    API = "api"


LIFETIME = {
    Purpose.INVITATION: dt.timedelta(days=14),
    Purpose.SESSION: dt.timedelta(hours=12),
    Purpose.RESET: dt.timedelta(hours=1),
    Purpose.API: dt.timedelta(days=365),
}


def issue(connection: Connection, account: int, purpose: Purpose, now: dt.datetime, name: str = "") -> str:
    """A new token; the only time that it is told."""
    secret = new_secret()
    row = {"hash": digest(secret), "account": account, "purpose": purpose.value, "name": name}
    connection.execute(insert(t).values(**row, created_at=now, expires_at=now + LIFETIME[purpose]))
    return secret


def account_of(connection: Connection, secret: str, purpose: Purpose, now: dt.datetime) -> int:
    """The account that a token was issued for.

    Raises:
        UnknownItemError: it was never issued for this, was used up, or is too old.
    """
    query = select(t.c.account, t.c.expires_at).where(t.c.hash == digest(secret), t.c.purpose == purpose.value)
    row = connection.execute(query).first()
    if row is None or row.expires_at <= now:
        raise _refused(purpose)
    return int(row.account)


def take(connection: Connection, secret: str, purpose: Purpose, now: dt.datetime) -> int:
    """The account that a token was issued for; of several who show it at once, one gets an answer.

    Raises:
        UnknownItemError: it was never issued for this, was used up, or is too old.
    """
    query = delete(t).where(t.c.hash == digest(secret), t.c.purpose == purpose.value, t.c.expires_at > now)
    row = connection.execute(query.returning(t.c.account)).first()
    if row is None:
        raise _refused(purpose)
    return int(row.account)


def use_up(connection: Connection, secret: str) -> None:
    """Make a token worthless."""
    connection.execute(delete(t).where(t.c.hash == digest(secret)))


def revoke(connection: Connection, account: int, *purposes: Purpose) -> None:
    """Make all tokens of an account worthless, or those for some purposes."""
    query = delete(t).where(t.c.account == account)
    if purposes:
        query = query.where(t.c.purpose.in_([purpose.value for purpose in purposes]))
    connection.execute(query)


def forget_expired(connection: Connection, now: dt.datetime) -> None:
    """Drop tokens that are too old to be of use."""
    connection.execute(delete(t).where(t.c.expires_at <= now))


def _refused(purpose: Purpose) -> UnknownItemError:
    return UnknownItemError(f"this {purpose.value} is not valid or no longer valid: ask for a new one")


def new_secret() -> str:
    """256 random bits, as they stand in an address or a header."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
