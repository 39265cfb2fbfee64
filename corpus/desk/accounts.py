"""People of the desk: invited, signed in, locked out, exported, erased.

Signing in with a name that is not known takes as long as with one that is, and both are refused in the same words, so
that nobody learns who has an account.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, Row, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from corpus.desk import audit, tokens
from corpus.desk.errors import ContentError, NotAllowedError, UnknownItemError
from corpus.desk.keys import Keys, KeyScope
from corpus.desk.leaving import forget, forget_unanswered
from corpus.desk.owndata import own_data
from corpus.desk.passwords import LOCKED_FOR, MOST_FAILURES, SHORTEST_PASSWORD, Passwords, refused
from corpus.desk.rights import Actor, DeskRole
from corpus.desk.tokens import Purpose
from corpus.desk_tables import account as t

__all__ = ["LOCKED_FOR", "MOST_FAILURES", "SHORTEST_PASSWORD", "Account", "Accounts", "Newcomer"]

_ENDED = (Purpose.SESSION, Purpose.API, Purpose.RESET)
"""What ends when the rights of somebody change; an invitation that waits stays good."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the desk."""

    id: int
    email: str | None
    name: str
    name_is_public: bool
    role: DeskRole
    countries: frozenset[str] | None
    network: str | None
    active: bool
    language: str | None = None
    """Of letters; None: not chosen."""

    def actor(self) -> Actor:
        """The person as rights see it."""
        return Actor(self.id, self.role, self.countries, self.network)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is invited, as what, and for where."""

    email: str
    role: DeskRole
    countries: frozenset[str] | None = None
    network: str | None = None
    language: str | None = None
    """Of letters, the invitation first."""


class Accounts:
    """Accounts in the database."""

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        """`hasher` is for tests, which cannot wait."""
        self.engine = engine
        self.keys = Keys(engine)
        self.passwords = Passwords(hasher)

    def invite(self, newcomer: Newcomer, now: dt.datetime, by: Actor | None = None) -> str:
        """Begin an account; gives the token of the invitation. Without `by`, the operator invites from the terminal.

        Raises:
            NotAllowedError: only administrators invite.
            ContentError: the address is none, or has an account.
        """
        administrators_only(by)
        email = newcomer.email.strip().lower()
        if email.count("@") != 1 or email.startswith("@") or email.endswith("@") or any(map(str.isspace, email)):
            raise ContentError({"email": f"{newcomer.email!r} is no address; write name@example.org"})
        countries = None if newcomer.countries is None else sorted(newcomer.countries)
        row = {"email": email, "name": email.split("@")[0], "name_is_public": False, "role": newcomer.role.value}
        row |= {"countries": countries, "network": newcomer.network, "active": True, "created_at": now, "failures": 0}
        row["language"] = newcomer.language
        with self.engine.begin() as connection:
            try:
                number = connection.execute(insert(t).values(**row).returning(t.c.id)).scalar_one()
            except IntegrityError as error:
                raise ContentError({"email": "this address has an account already"}) from error
            audit.record(connection, now, _number(by), "invite", None, whom=number, role=newcomer.role.value)
            return tokens.issue(connection, number, Purpose.INVITATION, now)

    def accept(
        self, invitation: str, name: str, password: str, now: dt.datetime, language: str | None = None
    ) -> Account:
        """Take an invitation up with a name, a password and the language of letters; the invitation is used up.

        Raises:
            UnknownItemError: the invitation is not valid.
            ContentError: the name is empty or the password too short.
        """
        if not name.strip():
            raise ContentError({"name": "say how the others may call you"})
        values = {"name": name.strip()[:200], "password": self.passwords.kept(password), "language": language}
        with self.engine.begin() as connection:
            number = tokens.take(connection, invitation, Purpose.INVITATION, now)
            connection.execute(update(t).where(t.c.id == number).values(**values))
            audit.record(connection, now, number, "accept", None)
            return _read(connection, number)

    def sign_in(self, email: str, password: str, now: dt.datetime, device: str = "") -> str:
        """The token of a new session; `device` helps its person to tell it from others.

        Raises:
            SignInError: name or password are wrong, or the account is locked; the text does not say which.
        """
        with self.engine.begin() as connection:
            row = connection.execute(select(t).where(t.c.email == email.strip().lower())).first()
            if row is None or not row.active or row.password is None:
                self.passwords.right(None, password)  # takes as long
            elif self.passwords.confirm(connection, row, password, now):
                return begin_session(connection, row.id, now, device)
        raise refused()

    def of_session(self, session: str, now: dt.datetime) -> Account:
        """The person of a session.

        Raises:
            UnknownItemError: the session has ended.
        """
        return self._of(session, Purpose.SESSION, now)

    def of_key(self, key: str, now: dt.datetime) -> Account:
        """The person for whom a program acts.

        Raises:
            UnknownItemError: the key is not valid.
        """
        return self._of(key, Purpose.API, now)

    def _of(self, secret: str, purpose: Purpose, now: dt.datetime) -> Account:
        with self.engine.connect() as connection:
            found = _read(connection, tokens.account_of(connection, secret, purpose, now))
        if not found.active:
            raise UnknownItemError("this account is closed")
        return found

    def sign_out(self, session: str) -> None:
        """End a session at once."""
        with self.engine.begin() as connection:
            tokens.use_up(connection, session)

    def new_key(self, account: int, name: str, now: dt.datetime) -> str:
        """A key for a program that acts for a person in all things; `keys` makes smaller ones and lists them."""
        return self.keys.issue(account, name, KeyScope.WRITE, now)

    def ask_reset(self, email: str, now: dt.datetime) -> str | None:
        """A token to set another password, for a letter; None where nobody has the address (say nothing of it)."""
        with self.engine.begin() as connection:
            row = connection.execute(select(t).where(t.c.email == email.strip().lower())).first()
            if row is None or not row.active or row.password is None:  # who has none signs in elsewhere, or not yet
                return None
            tokens.revoke(connection, row.id, Purpose.RESET)
            return tokens.issue(connection, row.id, Purpose.RESET, now)

    def reset(self, secret: str, password: str, now: dt.datetime) -> Account:
        """Set another password; all sessions and keys of the account end.

        Raises:
            UnknownItemError: the token is not valid.
            ContentError: the password is too short.
        """
        values = {"password": self.passwords.kept(password), "failures": 0, "locked_until": None}
        with self.engine.begin() as connection:
            number = tokens.take(connection, secret, Purpose.RESET, now)
            tokens.revoke(connection, number)
            connection.execute(update(t).where(t.c.id == number).values(**values))
            audit.record(connection, now, number, "reset", None)
            return _read(connection, number)

    def change(self, account: int, now: dt.datetime, by: Actor, **values: object) -> None:
        """Change the role, the limits or the state of an account; its sessions end, so that the change holds at once.

        Raises:
            NotAllowedError: only administrators may, and the last one cannot be taken away.
        """
        administrators_only(by)
        unknown = set(values) - {"role", "countries", "network", "active"}
        if unknown:
            raise ContentError(dict.fromkeys(sorted(unknown), "cannot be changed here"))
        with self.engine.begin() as connection:
            # First the log, whose lock makes two who take each other's role away wait for each other.
            audit.record(connection, now, _number(by), "change", None, whom=account, fields=sorted(values))
            connection.execute(update(t).where(t.c.id == account).values(**values))
            _check_somebody_left(connection)
            ended = tuple(Purpose) if values.get("active") is False else _ENDED
            tokens.revoke(connection, account, *ended)

    def show_name(self, account: int, public: bool) -> None:
        """Whether the name of a person may stand beside its work in public; at first it may not."""
        with self.engine.begin() as connection:
            connection.execute(update(t).where(t.c.id == account).values(name_is_public=public))

    def all(self) -> list[Account]:
        """Everybody, by number."""
        with self.engine.connect() as connection:
            return [account_of_row(row) for row in connection.execute(select(t).order_by(t.c.id))]

    def export(self, account: int) -> dict[str, object]:
        """All that is kept of a person, for the person (Regulation (EU) 2016/679, Article 20)."""
        with self.engine.connect() as connection:
            return own_data(connection, account)

    def erase(self, account: int, now: dt.datetime) -> None:
        """Forget a person (Article 17): name, address, password and tokens go; its work stays, under a number.

        Raises:
            NotAllowedError: the last administrator names another one first.
        """
        with self.engine.begin() as connection:
            audit.record(connection, now, account, "erase", None)
            administered = _read(connection, account).role is DeskRole.ADMINISTRATOR
            forget(connection, account)
            if administered:
                _check_somebody_left(connection)


def begin_session(connection: Connection, account: int, now: dt.datetime, device: str) -> str:
    """The token of a new session of somebody who proved who they are; what is too old goes."""
    tokens.forget_expired(connection, now)
    forget_unanswered(connection, now)
    audit.record(connection, now, account, "sign_in", None)
    return tokens.issue(connection, account, Purpose.SESSION, now, device[:100])


def _check_somebody_left(connection: Connection) -> None:
    """Refuse to be without an administrator who can sign in; one who was only invited cannot yet."""
    enters = or_(t.c.password.is_not(None), t.c.subject.is_not(None))
    left = select(func.count()).where(t.c.role == DeskRole.ADMINISTRATOR.value, t.c.active, enters)
    if connection.execute(left).scalar_one() == 0:
        raise NotAllowedError("somebody must be left who can invite others: name another administrator first")


def administrators_only(by: Actor | None) -> None:
    """Refuse everybody else; nobody stands for the operator at the terminal."""
    if by is not None and not by.at_least(DeskRole.ADMINISTRATOR):
        raise NotAllowedError("only an administrator looks after accounts")


def _number(by: Actor | None) -> int:
    return audit.PROGRAM if by is None else by.account


def _read(connection: Connection, number: int) -> Account:
    row = connection.execute(select(t).where(t.c.id == number)).first()
    if row is None:
        raise UnknownItemError(f"there is no account {number}")
    return account_of_row(row)


def account_of_row(row: Row[Any]) -> Account:
    """A person from its row."""
    countries = None if row.countries is None else frozenset(row.countries)
    known = {"id", "email", "name", "name_is_public", "network", "active", "language"}
    fields = {name: value for name, value in row._mapping.items() if name in known}
    return Account(**fields, role=DeskRole(row.role), countries=countries)
