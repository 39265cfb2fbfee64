"""People of the desk: invited, signed in, locked out, exported, erased.

A password is kept as argon2id (RFC 9106). Signing in with a name that is not known takes as long as with one that is,
and both are refused in the same words, so that nobody learns who has an account.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, Engine, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from corpus.desk import audit, tokens
from corpus.desk.errors import ContentError, NotAllowedError, SignInError, UnknownItemError
from corpus.desk.keys import Keys, KeyScope
from corpus.desk.rights import Actor, DeskRole
from corpus.desk.tokens import Purpose
from corpus.desk_tables import account as t

SHORTEST_PASSWORD = 12
"""Signs; longer counts more than odd signs (NIST SP 800-63B)."""
_LONGEST_PASSWORD = 200
MOST_FAILURES = 5
"""Wrong passwords in a row before an account is locked."""
LOCKED_FOR = dt.timedelta(minutes=15)
_REFUSED = "name or password are wrong, or the account is locked for a while"
_ERASED = "somebody who has left"


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


class Accounts:
    """Accounts in the database."""

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        """`hasher` is for tests, which cannot wait."""
        self._engine = engine
        self.keys = Keys(engine)
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def invite(self, newcomer: Newcomer, now: dt.datetime, by: Actor | None = None) -> str:
        """Begin an account; gives the token of the invitation. Without `by`, the operator invites from the terminal.

        Raises:
            NotAllowedError: only administrators invite.
            ContentError: the address is none, or has an account.
        """
        _administrators_only(by)
        email = newcomer.email.strip().lower()
        if email.count("@") != 1 or email.startswith("@") or email.endswith("@") or any(map(str.isspace, email)):
            raise ContentError({"email": f"{newcomer.email!r} is no address; write name@example.org"})
        countries = None if newcomer.countries is None else sorted(newcomer.countries)
        row = {"email": email, "name": email.split("@")[0], "name_is_public": False, "role": newcomer.role.value}
        row |= {"countries": countries, "network": newcomer.network, "active": True, "created_at": now, "failures": 0}
        with self._engine.begin() as connection:
            try:
                number = connection.execute(insert(t).values(**row).returning(t.c.id)).scalar_one()
            except IntegrityError as error:
                raise ContentError({"email": "this address has an account already"}) from error
            audit.record(connection, now, _number(by), "invite", None, whom=number, role=newcomer.role.value)
            return tokens.issue(connection, number, Purpose.INVITATION, now)

    def accept(self, invitation: str, name: str, password: str, now: dt.datetime) -> Account:
        """Take an invitation up with a name and a password; the invitation is used up.

        Raises:
            UnknownItemError: the invitation is not valid.
            ContentError: the name is empty or the password too short.
        """
        if not name.strip():
            raise ContentError({"name": "say how the others may call you"})
        hashed = self._hashed(password)
        with self._engine.begin() as connection:
            number = tokens.account_of(connection, invitation, Purpose.INVITATION, now)
            tokens.use_up(connection, invitation)
            connection.execute(update(t).where(t.c.id == number).values(name=name.strip()[:200], password=hashed))
            audit.record(connection, now, number, "accept", None)
            return _read(connection, number)

    def sign_in(self, email: str, password: str, now: dt.datetime) -> str:
        """The token of a new session.

        Raises:
            SignInError: name or password are wrong, or the account is locked; the text does not say which.
        """
        with self._engine.begin() as connection:
            row = connection.execute(select(t).where(t.c.email == email.strip().lower())).first()
            usable = row is not None and row.active and row.password is not None and not _locked(row, now)
            right = self._matches(row.password if row and row.password else self._nobody, password)
            if row is not None and usable and right:
                connection.execute(update(t).where(t.c.id == row.id).values(failures=0, locked_until=None))
                tokens.forget_expired(connection, now)
                audit.record(connection, now, row.id, "sign_in", None)
                return tokens.issue(connection, row.id, Purpose.SESSION, now)
            if row is not None and usable:
                self._count_failure(connection, row, now)
        raise SignInError(_REFUSED)

    def _count_failure(self, connection: Connection, row: Row[Any], now: dt.datetime) -> None:
        failures = row.failures + 1
        locked = failures >= MOST_FAILURES
        until = now + LOCKED_FOR if locked else None
        values = {"failures": 0 if locked else t.c.failures + 1, "locked_until": until}
        connection.execute(update(t).where(t.c.id == row.id).values(**values))
        if locked:
            audit.record(connection, now, row.id, "lock", None)

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
        with self._engine.connect() as connection:
            found = _read(connection, tokens.account_of(connection, secret, purpose, now))
        if not found.active:
            raise UnknownItemError("this account is closed")
        return found

    def sign_out(self, session: str) -> None:
        """End a session at once."""
        with self._engine.begin() as connection:
            tokens.use_up(connection, session)

    def new_key(self, account: int, name: str, now: dt.datetime) -> str:
        """A key for a program that acts for a person in all things; `keys` makes smaller ones, lists and revokes them."""
        return self.keys.issue(account, name, KeyScope.WRITE, now)

    def ask_reset(self, email: str, now: dt.datetime) -> str | None:
        """A token to set another password, for a letter; None where nobody has the address (say nothing of it)."""
        with self._engine.begin() as connection:
            row = connection.execute(select(t).where(t.c.email == email.strip().lower())).first()
            if row is None or not row.active:
                return None
            tokens.revoke(connection, row.id, Purpose.RESET)
            return tokens.issue(connection, row.id, Purpose.RESET, now)

    def reset(self, secret: str, password: str, now: dt.datetime) -> None:
        """Set another password; all sessions and keys of the account end.

        Raises:
            UnknownItemError: the token is not valid.
            ContentError: the password is too short.
        """
        hashed = self._hashed(password)
        with self._engine.begin() as connection:
            number = tokens.account_of(connection, secret, Purpose.RESET, now)
            tokens.revoke(connection, number)
            values = {"password": hashed, "failures": 0, "locked_until": None}
            connection.execute(update(t).where(t.c.id == number).values(**values))
            audit.record(connection, now, number, "reset", None)

    def change(self, account: int, now: dt.datetime, by: Actor, **values: object) -> None:
        """Change the role, the limits or the state of an account; its sessions end, so that the change holds at once.

        Raises:
            NotAllowedError: only administrators may, and the last one cannot be taken away.
        """
        _administrators_only(by)
        unknown = set(values) - {"role", "countries", "network", "active"}
        if unknown:
            raise ContentError(dict.fromkeys(sorted(unknown), "cannot be changed here"))
        with self._engine.begin() as connection:
            connection.execute(update(t).where(t.c.id == account).values(**values))
            left = select(func.count()).where(t.c.role == DeskRole.ADMINISTRATOR.value, t.c.active)
            if connection.execute(left).scalar_one() == 0:
                raise NotAllowedError("somebody must be left who can invite others: name another administrator first")
            tokens.revoke(connection, account)
            audit.record(connection, now, _number(by), "change", None, whom=account, fields=sorted(values))

    def show_name(self, account: int, public: bool) -> None:
        """Whether the name of a person may stand beside its work in public; at first it may not."""
        with self._engine.begin() as connection:
            connection.execute(update(t).where(t.c.id == account).values(name_is_public=public))

    def all(self) -> list[Account]:
        """Everybody, by number."""
        with self._engine.connect() as connection:
            return [_account(row) for row in connection.execute(select(t).order_by(t.c.id))]

    def export(self, account: int) -> dict[str, object]:
        """All that is kept of a person, for the person (Regulation (EU) 2016/679, Article 20)."""
        with self._engine.connect() as connection:
            row = connection.execute(select(t).where(t.c.id == account)).mappings().one()
            kept = {key: value for key, value in row.items() if key not in ("password", "subject")}
            done = [event for event in audit.events(connection) if event.account == account]
        events = [{"at": e.at.isoformat(), "action": e.action, "item": e.item} for e in done]
        return {**kept, "created_at": row["created_at"].isoformat(), "locked_until": None, "events": events}

    def erase(self, account: int, now: dt.datetime) -> None:
        """Forget a person (Article 17): name, address, password and tokens go; its work stays, under a number."""
        with self._engine.begin() as connection:
            values = {"email": None, "name": _ERASED, "password": None, "subject": None, "active": False}
            connection.execute(update(t).where(t.c.id == account).values(**values, name_is_public=False))
            tokens.revoke(connection, account)
            audit.record(connection, now, account, "erase", None)

    def _hashed(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
            text = f"take {SHORTEST_PASSWORD} to {_LONGEST_PASSWORD} signs; four words that do not belong together do"
            raise ContentError({"password": text})
        return self._hasher.hash(password)

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password[:_LONGEST_PASSWORD])
        except (VerifyMismatchError, InvalidHashError):
            return False


def _administrators_only(by: Actor | None) -> None:
    if by is not None and not by.at_least(DeskRole.ADMINISTRATOR):
        raise NotAllowedError("only an administrator looks after accounts")


def _number(by: Actor | None) -> int:
    return audit.PROGRAM if by is None else by.account


def _locked(row: Row[Any], now: dt.datetime) -> bool:
    return row.locked_until is not None and row.locked_until > now


def _read(connection: Connection, number: int) -> Account:
    row = connection.execute(select(t).where(t.c.id == number)).first()
    if row is None:
        raise UnknownItemError(f"there is no account {number}")
    return _account(row)


def _account(row: Row[Any]) -> Account:
    countries = None if row.countries is None else frozenset(row.countries)
    role = DeskRole(row.role)
    return Account(row.id, row.email, row.name, row.name_is_public, role, countries, row.network, row.active)
