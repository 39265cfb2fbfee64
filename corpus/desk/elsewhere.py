"""Signing in by the account that somebody has elsewhere (OpenID Connect): who that is here.

What the other service said was checked before (`api.desk.oidc`). An account is found by the subject that it was linked
to. The first time, the address that the other service verified must be one that was invited; it is linked then.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from corpus.desk import audit, tokens
from corpus.desk.accounts import begin_session
from corpus.desk.errors import SignInError
from corpus.desk.tokens import Purpose
from corpus.desk_tables import account as t

_LONGEST_KEY = 300


class Refusal(StrEnum):
    """Why nobody was signed in."""

    CANCELLED = "cancelled"
    """The person said no at the other service."""
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    """The answer is not what was asked for, too old, or not signed as it should be."""
    UNVERIFIED = "unverified"
    """The other service does not vouch for the address."""
    UNKNOWN = "unknown"
    """Nobody was invited with that address, the account is closed, or it is linked to somebody else."""


class ElsewhereError(SignInError):
    """Nobody was signed in. The text names no person: it may be logged."""

    def __init__(self, refusal: Refusal, text: str) -> None:
        self.refusal = refusal
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the other service vouches for."""

    issuer: str
    subject: str
    email: str
    verified: bool
    """The service has made sure that the address is of that person."""
    name: str

    @property
    def key(self) -> str:
        """What is kept: a subject is unique at its issuer only."""
        return f"{self.issuer} {self.subject}"


def enter(engine: Engine, who: Identity, now: dt.datetime, device: str = "") -> str:
    """The token of a new session.

    Raises:
        ElsewhereError: nobody here is that person.
    """
    if len(who.key) > _LONGEST_KEY:
        raise ElsewhereError(Refusal.UNTRUSTED, f"issuer and subject are longer than {_LONGEST_KEY} signs together")
    with engine.begin() as connection:
        row = connection.execute(select(t).where(t.c.subject == who.key)).first() or _linked(connection, who, now)
        if not row.active:
            raise ElsewhereError(Refusal.UNKNOWN, "the account is closed")
        return begin_session(connection, row.id, now, device)


def _linked(connection: Connection, who: Identity, now: dt.datetime) -> Row[Any]:
    """The account that was invited, linked from now on."""
    if not who.verified or not who.email:
        raise ElsewhereError(Refusal.UNVERIFIED, "the other service does not say that it verified the address")
    row = connection.execute(select(t).where(t.c.email == who.email.strip().lower())).first()
    if row is None or not row.active or row.subject is not None:
        raise ElsewhereError(Refusal.UNKNOWN, "no account waits for this person")
    values = {"subject": who.key}
    if row.password is None and who.name.strip():
        values["name"] = who.name.strip()[:200]
    audit.record(connection, now, row.id, "link", None)
    connection.execute(update(t).where(t.c.id == row.id).values(**values))
    tokens.revoke(connection, row.id, Purpose.INVITATION)
    return row
