"""What people do with their own account: names and language, password, devices, leaving."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from corpus.desk import audit, tokens
from corpus.desk.accounts import Accounts, begin_session
from corpus.desk.errors import ContentError, UnknownItemError
from corpus.desk.tokens import Purpose
from corpus.desk_tables import account as t
from corpus.desk_tables import token

FRESH = dt.timedelta(minutes=10)
"""How new a session has to be to stand for a password that somebody does not have."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which somebody is signed in."""

    id: str
    """SHA-256 of its token."""
    device: str
    since: dt.datetime
    until: dt.datetime
    here: bool
    """It is the one that asks."""


class Own:
    """The own account of whoever is signed in."""

    def __init__(self, accounts: Accounts) -> None:
        """Over the accounts of the desk."""
        self._accounts = accounts
        self._engine = accounts.engine

    def rename(self, account: int, name: str, public: bool, language: str, now: dt.datetime) -> None:
        """Change how the others call a person, whether the public may read that name, and the language of letters.

        Raises:
            ContentError: the name is empty.
        """
        if not name.strip():
            raise ContentError({"name": "say how the others may call you"})
        values = {"name": name.strip()[:200], "name_is_public": public, "language": language}
        with self._engine.begin() as connection:
            audit.record(connection, now, account, "profile", None)
            connection.execute(update(t).where(t.c.id == account).values(**values))

    def enters_with(self, account: int) -> tuple[bool, bool]:
        """Whether a person has a password, and whether another service is linked (OpenID Connect)."""
        with self._engine.connect() as connection:
            row = _row(connection, account)
        return row.password is not None, row.subject is not None

    def change_password(self, account: int, session: str, old: str, new: str, now: dt.datetime) -> str:
        """Take another password. All sessions end, and the token of a new one is given; keys of programs stay.

        Raises:
            ContentError: the old password is wrong, or the new one too short.
        """
        kept = self._accounts.passwords.kept(new)
        self._confirm(account, session, old, now)
        with self._engine.begin() as connection:
            audit.record(connection, now, account, "password", None)
            connection.execute(update(t).where(t.c.id == account).values(password=kept))
            device = _device(connection, session)
            tokens.revoke(connection, account, Purpose.SESSION, Purpose.RESET)
            return begin_session(connection, account, now, device)

    def sessions(self, account: int, session: str, now: dt.datetime) -> list[OpenSession]:
        """Where a person is signed in, the newest first."""
        mine = select(token).where(token.c.account == account, token.c.purpose == Purpose.SESSION.value)
        query = mine.where(token.c.expires_at > now).order_by(token.c.created_at.desc(), token.c.hash)
        here = tokens.digest(session)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [OpenSession(row.hash, row.name, row.created_at, row.expires_at, row.hash == here) for row in rows]

    def end(self, account: int, session: str, now: dt.datetime) -> None:
        """End one session by its `id`.

        Raises:
            UnknownItemError: the person has no such session.
        """
        mine = delete(token).where(token.c.account == account, token.c.purpose == Purpose.SESSION.value)
        with self._engine.begin() as connection:
            if connection.execute(mine.where(token.c.hash == session)).rowcount == 0:
                raise UnknownItemError("this session has ended already")
            audit.record(connection, now, account, "end_session", None)

    def end_all(self, account: int, now: dt.datetime) -> None:
        """Sign a person out everywhere."""
        with self._engine.begin() as connection:
            audit.record(connection, now, account, "end_sessions", None, whom=account)
            tokens.revoke(connection, account, Purpose.SESSION)

    def erase(self, account: int, session: str, password: str, now: dt.datetime) -> None:
        """Forget a person who proves once more who asks.

        Raises:
            ContentError: the password is wrong.
            NotAllowedError: the last administrator names another one first.
        """
        self._confirm(account, session, password, now)
        self._accounts.erase(account, now)

    def _confirm(self, account: int, session: str, password: str, now: dt.datetime) -> None:
        with self._engine.begin() as connection:
            row = _row(connection, account)
            if row.password is None:
                sure = _is_fresh(connection, session, now)
            else:
                sure = self._accounts.passwords.confirm(connection, row, password, now)
        if not sure:
            text = "sign in anew and try again" if row.password is None else "this is not your password"
            raise ContentError({"current": text})


def _row(connection: Connection, account: int) -> Row[Any]:
    row = connection.execute(select(t).where(t.c.id == account)).first()
    if row is None:
        raise UnknownItemError(f"there is no account {account}")
    return row


def _is_fresh(connection: Connection, session: str, now: dt.datetime) -> bool:
    began = select(token.c.created_at).where(token.c.hash == tokens.digest(session))
    since = connection.execute(began).scalar_one_or_none()
    return since is not None and now - since <= FRESH


def _device(connection: Connection, session: str) -> str:
    name = select(token.c.name).where(token.c.hash == tokens.digest(session))
    return connection.execute(name).scalar_one_or_none() or ""
