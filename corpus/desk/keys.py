"""Keys of programs that act for a person: named, limited to reading where wished, with an end, listed and revocable.

A key is told once, when it is made. What is kept is its SHA-256, whose beginning names the key in lists: it does not
help to guess one. A program that holds a key may do what its person may, and nothing that the scope leaves out.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from corpus.desk import audit, tokens
from corpus.desk.errors import ContentError, UnknownItemError
from corpus.desk.tokens import Purpose
from corpus.desk_tables import token as t

LONGEST_LIFE = 365
"""Days until a key ends, at most."""
MOST_KEYS = 20
"""Of one account."""
_ID = 16
"""Signs of the SHA-256 that name a key."""
_NOT_OFTENER = dt.timedelta(minutes=1)
"""Between two notes of when a key was last used: reading should not write each time."""


class KeyScope(StrEnum):
    """What a program may do with a key."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as its person sees it; the secret itself is nowhere."""

    id: str
    account: int
    name: str
    scope: KeyScope
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used: dt.datetime | None


class Keys:
    """Keys in the database."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in a database that `corpus.database.open_database` opened."""
        self._engine = engine

    def issue(self, account: int, name: str, scope: KeyScope, now: dt.datetime, days: int = LONGEST_LIFE) -> str:
        """A new key of a person; the only time that it is told.

        Args:
            account: the person for whom the program will act.
            name: what it is for, so that it can be told from others later.
            scope: whether it may only read.
            now: when.
            days: until it ends.

        Raises:
            ContentError: it has no name, lives too long, or there are too many already.
        """
        if not name.strip():
            raise ContentError({"name": "say what the key is for, such as the name of the program"})
        if not 1 <= days <= LONGEST_LIFE:
            raise ContentError({"days": f"a key is good for 1 to {LONGEST_LIFE} days"})
        secret = tokens.new_secret()
        kept = tokens.digest(secret)
        row = {"hash": kept, "account": account, "purpose": Purpose.API.value}
        row |= {"name": name.strip()[:200], "scope": scope.value}
        with self._engine.begin() as connection:
            ends = now + dt.timedelta(days=days)
            connection.execute(insert(t).values(**row, created_at=now, expires_at=ends))
            if connection.execute(_mine(account, func.count())).scalar_one() > MOST_KEYS:
                raise ContentError({"name": f"there are {MOST_KEYS} keys already: revoke one that is not needed"})
            audit.record(connection, now, account, "new_key", None, key=kept[:_ID], scope=scope.value)
        return secret

    def of_account(self, account: int) -> list[Key]:
        """The keys of a person, the newest first; those that ended are among them until they are tidied away."""
        with self._engine.connect() as connection:
            return [
                _key(row) for row in connection.execute(_mine(account, t).order_by(t.c.created_at.desc(), t.c.hash))
            ]

    def revoke(self, account: int, key: str, now: dt.datetime) -> None:
        """Make a key of a person worthless at once.

        Raises:
            UnknownItemError: the person has no such key.
        """
        with self._engine.begin() as connection:
            query = delete(t).where(t.c.account == account, t.c.purpose == Purpose.API.value)
            if (
                len(key) != _ID
                or connection.execute(query.where(t.c.hash.startswith(key, autoescape=True))).rowcount == 0
            ):
                raise UnknownItemError("there is no such key: it may have been revoked already")
            audit.record(connection, now, account, "revoke_key", None, key=key)

    def use(self, secret: str, now: dt.datetime) -> Key:
        """The key that a program shows; when it was last used is noted.

        Raises:
            UnknownItemError: it was never made, has ended or was revoked; the text does not say which.
        """
        with self._engine.begin() as connection:
            tokens.account_of(connection, secret, Purpose.API, now)
            found = _key(connection.execute(select(t).where(t.c.hash == tokens.digest(secret))).one())
            if found.last_used is None or now - found.last_used >= _NOT_OFTENER:
                _note(connection, secret, now)
        return found


def _mine(account: int, *what: Any) -> Any:
    return select(*what).where(t.c.account == account, t.c.purpose == Purpose.API.value)


def _note(connection: Connection, secret: str, now: dt.datetime) -> None:
    connection.execute(update(t).where(t.c.hash == tokens.digest(secret)).values(last_used=now))


def _key(row: Row[Any]) -> Key:
    scope = KeyScope(row.scope or KeyScope.WRITE)
    return Key(row.hash[:_ID], row.account, row.name, scope, row.created_at, row.expires_at, row.last_used)
