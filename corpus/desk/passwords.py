"""Passwords of the desk: how long they are, how they are kept, and what happens when they are guessed.

A password is kept as argon2id (RFC 9106) and never read back.
"""

import datetime as dt
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, Row, or_, update

from corpus.desk import audit
from corpus.desk.errors import ContentError, SignInError
from corpus.desk_tables import account as t

SHORTEST_PASSWORD = 12
"""Signs; longer counts more than odd signs (NIST SP 800-63B)."""
LONGEST_PASSWORD = 200
MOST_FAILURES = 5
"""Wrong passwords in a row before an account is locked."""
LOCKED_FOR = dt.timedelta(minutes=15)
REFUSED = "name or password are wrong, or the account is locked for a while"
"""The same words for each, so that nobody learns who has an account."""


class Passwords:
    """How passwords are kept and compared."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """`hasher` is for tests, which cannot wait."""
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def kept(self, password: str) -> str:
        """The form in which a new password is kept.

        Raises:
            ContentError: it is too short or too long.
        """
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            text = f"take {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} signs; four words that do not belong together do"
            raise ContentError({"password": text})
        return self._hasher.hash(password)

    def right(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that is kept; where none is, no, after the same time."""
        try:
            return self._hasher.verify(kept or self._nobody, password[:LONGEST_PASSWORD]) and kept is not None
        except (VerifyMismatchError, InvalidHashError):
            return False

    def confirm(self, connection: Connection, row: Row[Any], password: str, now: dt.datetime) -> bool:
        """Whether the person of a row gave the right password now; wrong ones are counted and lock the account."""
        right = self.right(row.password, password)
        if locked(row, now):
            return False
        if not right:
            _count_failure(connection, row.id, now)
            return False
        # It may have been locked while the password was compared: many can try at once.
        still = or_(t.c.locked_until.is_(None), t.c.locked_until <= now)
        opened = update(t).where(t.c.id == row.id, still).values(failures=0, locked_until=None)
        return connection.execute(opened).rowcount == 1


def refused() -> SignInError:
    """What is said, whatever was wrong."""
    return SignInError(REFUSED)


def locked(row: Row[Any], now: dt.datetime) -> bool:
    """Whether too many wrong passwords were given a moment ago."""
    return row.locked_until is not None and row.locked_until > now


def _count_failure(connection: Connection, account: int, now: dt.datetime) -> None:
    one_more = update(t).where(t.c.id == account).values(failures=t.c.failures + 1).returning(t.c.failures)
    if connection.execute(one_more).scalar_one() >= MOST_FAILURES:
        connection.execute(update(t).where(t.c.id == account).values(failures=0, locked_until=now + LOCKED_FOR))
        audit.record(connection, now, account, "lock", None)
