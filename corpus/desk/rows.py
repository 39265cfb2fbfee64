"""What is kept of a record at the desk, as it is read from the database."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from corpus.desk.content import Content, ItemKind
from corpus.desk.rights import Action, Actor, Scope, may
from corpus.desk.workflow import Standing, State, steps


@dataclass(frozen=True, slots=True)
class Item:
    """A record at the desk, without its text."""

    id: int
    kind: ItemKind
    record_id: str
    title: str
    scope: Scope
    standing: Standing
    revision: int
    version: int
    public_version: int | None
    revalidate_by: dt.datetime | None
    updated_at: dt.datetime
    part: str = ""
    """Fields that a correction is of: a record can have several."""

    def offers(self, actor: Actor) -> tuple[Action, ...]:
        """What a person can do with it now."""
        return tuple(action for action in steps(self.standing) if may(actor, action, self.scope))


@dataclass(frozen=True, slots=True)
class Version:
    """A content that a record has or had."""

    number: int
    content: Content
    author: int
    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a field."""

    id: int
    version: int
    field: str
    author: int
    at: dt.datetime
    text: str
    resolved_at: dt.datetime | None


def item_of(row: Row[Any]) -> Item:
    """A record from its row."""
    standing = Standing(State(row.state), frozenset(row.authors), row.approved_by, row.public_version is not None)
    return Item(
        id=row.id,
        kind=ItemKind(row.kind),
        record_id=row.record_id,
        title=row.title,
        scope=Scope(row.country, row.network, row.owner),
        standing=standing,
        revision=row.revision,
        version=row.version,
        public_version=row.public_version,
        revalidate_by=row.revalidate_by,
        updated_at=row.updated_at,
        part=row.part,
    )


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Fields of two contents that differ, each with its old and its new value."""
    fields = dict.fromkeys((*old, *new))
    return {field: (old.get(field), new.get(field)) for field in fields if old.get(field) != new.get(field)}
