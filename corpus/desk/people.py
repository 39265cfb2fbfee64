"""What administrators see of the people of the desk, and do for them."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from corpus.desk import audit, tokens
from corpus.desk.accounts import Account, Accounts, account_of_row, administrators_only
from corpus.desk.errors import UnknownItemError, WrongStateError
from corpus.desk.passwords import locked
from corpus.desk.rights import Actor
from corpus.desk.tokens import Purpose
from corpus.desk_tables import account as t
from corpus.desk_tables import token


class PersonState(StrEnum):
    """Whether somebody can sign in."""

    INVITED = "invited"
    ACTIVE = "active"
    LOCKED = "locked"
    """Too many wrong passwords a moment ago; opens by itself."""
    CLOSED = "closed"
    """By an administrator."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the desk, as administrators see them."""

    account: Account
    state: PersonState
    since: dt.datetime
    sessions: int


class People:
    """The people of the desk, for administrators."""

    def __init__(self, accounts: Accounts) -> None:
        """Over the accounts of the desk."""
        self._engine = accounts.engine

    def all(self, now: dt.datetime, by: Actor) -> list[Person]:
        """Everybody who has not left, by name.

        Raises:
            NotAllowedError: only administrators see this.
        """
        administrators_only(by)
        there = select(t).where(t.c.email.is_not(None)).order_by(func.lower(t.c.name), t.c.id)
        with self._engine.connect() as connection:
            sessions = _sessions(connection, now)
            return [_person(row, sessions[row.id], now) for row in connection.execute(there)]

    def one(self, number: int, now: dt.datetime, by: Actor) -> Person:
        """Somebody by number.

        Raises:
            UnknownItemError: there is none, or they have left.
            NotAllowedError: only administrators see this.
        """
        found = next((person for person in self.all(now, by) if person.account.id == number), None)
        if found is None:
            raise UnknownItemError(f"there is no account {number}, or its person has left")
        return found

    def invite_again(self, number: int, now: dt.datetime, by: Actor) -> str:
        """Another invitation for somebody who did not take up the first, which is worthless from now on.

        Raises:
            WrongStateError: the person has an account already.
        """
        if self.one(number, now, by).state is not PersonState.INVITED:
            raise WrongStateError("this person has taken up an invitation already")
        with self._engine.begin() as connection:
            audit.record(connection, now, by.account, "invite", None, whom=number)
            tokens.revoke(connection, number, Purpose.INVITATION)
            return tokens.issue(connection, number, Purpose.INVITATION, now)

    def unlock(self, number: int, now: dt.datetime, by: Actor) -> None:
        """Let somebody try again who gave too many wrong passwords."""
        self.one(number, now, by)
        with self._engine.begin() as connection:
            audit.record(connection, now, by.account, "unlock", None, whom=number)
            connection.execute(update(t).where(t.c.id == number).values(failures=0, locked_until=None))

    def end_sessions(self, number: int, now: dt.datetime, by: Actor) -> None:
        """Sign somebody out everywhere."""
        self.one(number, now, by)
        with self._engine.begin() as connection:
            audit.record(connection, now, by.account, "end_sessions", None, whom=number)
            tokens.revoke(connection, number, Purpose.SESSION)


def _sessions(connection: Connection, now: dt.datetime) -> Counter[int]:
    live = select(token.c.account).where(token.c.purpose == Purpose.SESSION.value, token.c.expires_at > now)
    return Counter(connection.execute(live).scalars())


def _person(row: Row[Any], sessions: int, now: dt.datetime) -> Person:
    return Person(account_of_row(row), _state(row, now), row.created_at, sessions)


def _state(row: Row[Any], now: dt.datetime) -> PersonState:
    if not row.active:
        return PersonState.CLOSED
    if row.password is None and row.subject is None:
        return PersonState.INVITED
    return PersonState.LOCKED if locked(row, now) else PersonState.ACTIVE
