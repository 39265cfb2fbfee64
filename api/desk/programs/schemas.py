"""The desk on the wire: records, versions, comments and what happened, as programs read and write them."""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.schemas import Wire
from corpus.desk.content import ItemKind
from corpus.desk.keys import KeyScope
from corpus.desk.rights import Action, DeskRole
from corpus.desk.workflow import State

Content = Annotated[
    dict[str, Any],
    Field(
        description="What the record says: a practice as in `corpus/data/practices`, a correction with `record`, "
        "`values`, `made_from`, `reason` and `source`.",
        examples=[{"original_language": "en", "title": {"en": "A shared kitchen"}, "practice_kind": "practice"}],
    ),
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Reason = Annotated[str, Field("", max_length=4000, description="Why; steps that undo somebody's work need one.")]


class Person(Wire):
    """Somebody of the desk. Names are told only to people of the desk and their programs."""

    account: int
    name: str


class Me(Wire):
    """For whom a key acts, and what it may do."""

    person: Person
    role: DeskRole
    countries: list[str] | None = Field(description="Where the person works; null: everywhere.")
    network: str | None
    key: str
    scope: KeyScope
    expires_at: dt.datetime


class RecordRow(Wire):
    """A record of the desk, without its text."""

    number: int
    kind: ItemKind
    record_id: str
    title: str
    state: State
    country: str | None
    network: str | None
    owner: int
    revision: int = Field(description="Goes up with every step; stands in `ETag`, and in `If-Match` of what you send.")
    version: int
    public_version: int | None
    revalidate_by: dt.datetime | None
    updated_at: dt.datetime


class RecordList(Wire):
    """A page of records, those that moved last first."""

    total: int
    page: int
    pages: int
    rows: list[RecordRow]


class DeskRecord(RecordRow):
    """A record of the desk with its text and with what the person of the key can do with it now."""

    content: Content
    steps: list[Action]
    authors: list[int] = Field(description="Accounts that touched the text since it was last published.")
    approved_by: int | None


class NewRecord(Wire):
    """A record that begins as a draft, which may be half empty."""

    kind: ItemKind = ItemKind.PRACTICE
    name: Name = Field("", description="Name for addresses; left out, it is made of the title.")
    content: Content


class Change(Wire):
    """Another content, and why."""

    content: Content
    reason: Reason


class StepTaken(Wire):
    """A step on the way of a record."""

    action: Action
    reason: Reason


class Restored(Wire):
    """An older version that is brought back."""

    version: int = Field(ge=1)
    reason: Reason


class VersionRow(Wire):
    """A content that a record has or had."""

    version: int
    author: Person
    at: dt.datetime
    reason: str


class VersionAnswer(VersionRow):
    """A version with its text."""

    content: Content


class Differing(Wire):
    """A field of two versions; null: it was not there."""

    field: str
    before: Any
    after: Any


class Difference(Wire):
    """What two versions say differently."""

    before: int
    after: int
    fields: list[Differing]


class Said(Wire):
    """A comment; `field` is empty where it is on the whole."""

    id: int
    version: int
    field: str
    author: Person
    at: dt.datetime
    text: str


class NewComment(Wire):
    """Something to say of a field, or of the whole."""

    field: str = Field("", max_length=128)
    text: str = Field(min_length=1, max_length=20_000)


class Happened(Wire):
    """A line of the log. Account 0 is the program itself."""

    at: dt.datetime
    account: int
    action: str
    detail: dict[str, Any]


class Row(Wire):
    """A record of a file: what it would become, and what is wrong with it."""

    row: int
    kind: ItemKind
    name: str
    title: str
    problems: dict[str, str] = Field(description="By field; empty: it is right.")
    content: Content


class Preview(Wire):
    """The records of a file. Nothing is kept yet."""

    good: int
    rows: list[Row]


class Draft(Wire):
    """A record of a preview, as it is to be kept."""

    kind: ItemKind = ItemKind.PRACTICE
    name: Name
    content: Content


class Confirmed(Wire):
    """The records of a preview that are to become drafts."""

    drafts: list[Draft] = Field(max_length=500)


class Refused(Wire):
    """A record that was not kept, and why."""

    name: str
    message: str


class Kept(Wire):
    """What became a draft, and what did not."""

    kept: list[RecordRow]
    refused: list[Refused]
