"""Records at the desk: every step in one transaction, with its reason, its version and its line in the log.

Whoever acts says which revision of the record they saw. If somebody was faster nothing is written, and both can look
at what the other did: no work is lost, and no lock outlives a request.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from corpus.desk import audit, content
from corpus.desk.content import Content, ItemKind
from corpus.desk.draft import check_draft, check_words
from corpus.desk.errors import ConflictError, ContentError, UnknownItemError
from corpus.desk.rights import Action, Actor, Scope, check_right
from corpus.desk.rows import Comment, Item, Version, item_of
from corpus.desk.workflow import CHANGES_CONTENT, NEEDS_REASON, Standing, State, step
from corpus.desk_tables import comment as c
from corpus.desk_tables import item as t
from corpus.desk_tables import item_version as v

VALID_FOR = dt.timedelta(days=730)
"""A practice is looked at again two years after it was last found right."""


_LONGEST_ID = 512


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that may be taken, before it is written."""

    actor: Actor
    action: Action
    before: Item
    moved: Standing
    now: dt.datetime
    reason: str
    text: Content | None


@dataclass(frozen=True, slots=True)
class Seen:
    """The record and the revision of it that somebody looked at before acting."""

    item: int
    revision: int


class Items:
    """Records at the desk, in the database."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in a database that `corpus.database.open_database` opened."""
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """The database, for what else is kept in it."""
        return self._engine

    def begin(self, actor: Actor, kind: ItemKind, name: str, text: Content, now: dt.datetime) -> Item:
        """Begin a record with a draft, which may be half empty.

        Raises:
            NotAllowedError: the person may not begin one there.
            ContentError: the name is taken or impossible.
        """
        check_draft(kind.value, text)
        record_id = _record_id(kind, name, text)
        scope = Scope(content.country_of(text), _network(text) or actor.network, actor.account)
        check_right(actor, Action.CREATE, scope)
        row = _columns(kind, record_id, name, text, scope) | {"state": State.DRAFT.value, "revision": 1, "version": 1}
        with self._engine.begin() as connection:
            try:
                values = row | {"owner": actor.account, "authors": [actor.account], "updated_at": now}
                number = connection.execute(insert(t).values(**values).returning(t.c.id)).scalar_one()
            except IntegrityError as error:
                raise ContentError({"name": f"{record_id} is at the desk already: open it there"}) from error
            _keep(connection, number, 1, text, actor, now, "begun")
            audit.record(connection, now, actor.account, Action.CREATE.value, number)
            return _read(connection, number)

    def act(
        self, actor: Actor, action: Action, seen: Seen, now: dt.datetime, reason: str = "", text: Content | None = None
    ) -> Item:
        """Take a step.

        Args:
            actor: who acts.
            action: the step.
            seen: the record and the revision that the person looked at.
            now: when.
            reason: why; must be given where the step undoes somebody's work.
            text: the new content, of `edit` and `restore`.

        Raises:
            NotAllowedError, TwoPersonError: this person may not.
            WrongStateError: not in this state.
            ConflictError: somebody changed the record since `seen`; nothing was written.
            ContentError: the content is not whole, or the reason is missing.
        """
        with self._engine.connect() as connection:
            before = _read(connection, seen.item)
        check_right(actor, action, before.scope)
        if before.revision != seen.revision:
            raise _conflict(before)
        moved = step(before.standing, action, actor.account)
        if action in NEEDS_REASON and not reason.strip():
            raise ContentError({"reason": f"say why: the others are owed a reason for {action.value}"})
        if (text is not None) != (action in CHANGES_CONTENT):
            raise ContentError({"content": "is given with edit and restore, and with nothing else"})
        check_words("reason", reason)
        if text is not None:
            check_draft(before.kind.value, text)
        with self._engine.begin() as connection:
            return _write(connection, _Step(actor, action, before, moved, now, reason.strip(), text))

    def comment(self, actor: Actor, number: int, field: str, text: str, now: dt.datetime) -> None:
        """Say something of a field; of the whole where the field is empty.

        Raises:
            NotAllowedError, UnknownItemError, ContentError: nothing is written.
        """
        if not text.strip():
            raise ContentError({"text": "say something"})
        check_words("text", text, 20_000)
        check_words("field", field, 128)
        with self._engine.begin() as connection:
            item = _read(connection, number)
            check_right(actor, Action.COMMENT, item.scope)
            row = {"item": number, "version": item.version, "field": field, "author": actor.account}
            connection.execute(insert(c).values(**row, at=now, text=text.strip()))
            audit.record(connection, now, actor.account, Action.COMMENT.value, number, field=field)

    def comments(self, number: int) -> list[Comment]:
        """What was said of a record, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(c).where(c.c.item == number).order_by(c.c.id))
            return [Comment(r.id, r.version, r.field, r.author, r.at, r.text, r.resolved_at) for r in rows]

    def get(self, number: int) -> Item:
        """A record.

        Raises:
            UnknownItemError: there is none of that number.
        """
        with self._engine.connect() as connection:
            return _read(connection, number)

    def all(self, *states: State) -> list[Item]:
        """Records in these states, or all, those that moved last first."""
        query = select(t).order_by(t.c.updated_at.desc(), t.c.id)
        if states:
            query = query.where(t.c.state.in_([state.value for state in states]))
        with self._engine.connect() as connection:
            return [item_of(row) for row in connection.execute(query)]

    def versions(self, number: int) -> list[Version]:
        """Every content that a record ever had, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(v).where(v.c.item == number).order_by(v.c.version))
            return [Version(row.version, row.content, row.author, row.at, row.reason) for row in rows]

    def events(self, number: int) -> list[audit.Event]:
        """What happened to a record."""
        with self._engine.connect() as connection:
            return list(audit.events(connection, number))

    def published(self) -> Iterator[tuple[Item, Content]]:
        """Records that are public, each with the version that is."""
        query = select(t, v.c.content).join(v, (v.c.item == t.c.id) & (v.c.version == t.c.public_version))
        with self._engine.connect() as connection:
            for row in connection.execute(query.order_by(t.c.record_id)):
                yield item_of(row), row.content

    def newest(self) -> Iterator[tuple[Item, Content]]:
        """All records, each with its newest version."""
        query = select(t, v.c.content).join(v, (v.c.item == t.c.id) & (v.c.version == t.c.version))
        with self._engine.connect() as connection:
            for row in connection.execute(query.order_by(t.c.record_id, t.c.id)):
                yield item_of(row), row.content

    def due(self, now: dt.datetime) -> list[Item]:
        """Public records that have to be looked at again by now, the longest overdue first."""
        query = select(t).where(t.c.revalidate_by <= now, t.c.public_version.is_not(None)).order_by(t.c.revalidate_by)
        with self._engine.connect() as connection:
            return [item_of(row) for row in connection.execute(query)]


def _write(connection: Connection, taken: _Step) -> Item:
    before, values = taken.before, _columns_after(connection, taken)
    # The one write that decides: of two people who saw the same revision, one finds no row left to change.
    query = update(t).where(t.c.id == before.id, t.c.revision == before.revision).values(**values)
    if connection.execute(query).rowcount == 0:
        raise _conflict(_read(connection, before.id))
    if taken.text is not None:
        _keep(connection, before.id, before.version + 1, taken.text, taken.actor, taken.now, taken.reason)
    detail: dict[str, object] = {"from": before.standing.state.value, "to": taken.moved.state.value}
    detail |= {"version": values.get("version", before.version), "reason": taken.reason}
    audit.record(connection, taken.now, taken.actor.account, taken.action.value, before.id, **detail)
    return _read(connection, before.id)


def _columns_after(connection: Connection, taken: _Step) -> dict[str, Any]:
    before, text = taken.before, taken.text
    values = _moved(before, taken.moved, taken.action, taken.now)
    if text is not None:
        network = _network(text) or before.scope.network
        scope = replace(before.scope, country=content.country_of(text), network=network)
        check_right(taken.actor, taken.action, scope)  # nobody moves a record to where they may not work
        _check_same(before, text)
        values |= _columns(before.kind, before.record_id, before.record_id, text, scope)
        values["version"] = before.version + 1
        return values
    if taken.action is Action.SUBMIT:
        content.check(before.kind, _version(connection, before).content, before.record_id)
    return values


def _check_same(before: Item, text: Content) -> None:
    """Refuse to turn a correction into one of another record or of other fields, which may have its own.

    Raises:
        ContentError: says to begin another one.
    """
    if before.kind is not ItemKind.CORRECTION:
        return
    if text.get("record") != before.record_id:
        raise ContentError({"record": f"this is a correction of {before.record_id}: begin another one"})
    if before.part and content.part_of(text.get("values")) != before.part:
        raise ContentError({"values": f"this is a correction of {before.part}: begin another one for other fields"})


def _conflict(now_is: Item) -> ConflictError:
    return ConflictError(
        f"somebody changed this record at {now_is.updated_at:%Y-%m-%d %H:%M} UTC, after you opened it: it is "
        f"{now_is.standing.state.value} now. Nothing of yours was written: look at both and try again"
    )


def _record_id(kind: ItemKind, name: str, text: Content) -> str:
    if kind is ItemKind.CORRECTION:
        record = text.get("record")
        if not isinstance(record, str) or not record:
            raise ContentError({"record": "name the record that is corrected"})
        return record
    try:
        found = content.record_id(name, text)
    except ValueError as error:
        raise ContentError({"name": str(error)}) from error
    if len(found) > _LONGEST_ID:
        raise ContentError({"name": "take a shorter one"})
    return found


def _network(text: Content) -> str | None:
    network = text.get("network")
    return network if isinstance(network, str) else None


def _columns(kind: ItemKind, record_id: str, name: str, text: Content, scope: Scope) -> dict[str, Any]:
    title = content.title_of(kind, text, name)
    return {
        "kind": kind.value,
        "record_id": record_id,
        "title": title,
        "country": scope.country,
        "network": scope.network,
        "part": content.part_of(text.get("values")) if kind is ItemKind.CORRECTION else "",
    }


def _moved(before: Item, moved: Standing, action: Action, now: dt.datetime) -> dict[str, Any]:
    values: dict[str, Any] = {"state": moved.state.value, "authors": sorted(moved.authors)}
    values |= {"approved_by": moved.approved_by, "revision": before.revision + 1, "updated_at": now}
    if action in (Action.PUBLISH, Action.REVALIDATE):
        values["revalidate_by"] = now + VALID_FOR
    if action is Action.PUBLISH:
        values["public_version"] = before.version
    if action is Action.ARCHIVE:
        values["public_version"] = None
    return values


def _keep(
    connection: Connection, number: int, version: int, text: Content, actor: Actor, now: dt.datetime, reason: str
) -> None:
    row = {"item": number, "version": version, "content": text, "author": actor.account, "at": now, "reason": reason}
    connection.execute(insert(v).values(**row))


def _version(connection: Connection, item: Item) -> Version:
    row = connection.execute(select(v).where(v.c.item == item.id, v.c.version == item.version)).one()
    return Version(row.version, row.content, row.author, row.at, row.reason)


def _read(connection: Connection, number: int) -> Item:
    # Of an address anything can come, also a number that no database keeps.
    row = connection.execute(select(t).where(t.c.id == number)).first() if 0 < number < 2**31 else None
    if row is None:
        raise UnknownItemError(f"there is no record {number} at the desk")
    return item_of(row)
