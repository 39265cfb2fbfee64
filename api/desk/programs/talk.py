"""Versions, comments and the log of a record, for programs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response

from api.desk.programs.acting import READ_ERRORS, STEP_ERRORS, WRITE_ERRORS, Number, act, get_seen, tag
from api.desk.programs.key import ReaderDep, WriterDep
from api.desk.programs.schemas import (
    DeskRecord,
    Difference,
    Happened,
    NewComment,
    Restored,
    Said,
    VersionAnswer,
    VersionRow,
)
from api.desk.programs.shapes import (
    difference_of,
    happened_of,
    names_of,
    record_of,
    said_of,
    version_answer,
    version_row,
)
from api.desk.service import Desk
from api.desk.session import DeskDep
from api.errors import NotFoundError
from corpus.desk.items import Seen
from corpus.desk.rights import Action
from corpus.desk.rows import Version

router = APIRouter(prefix="/v1/desk/records/{number}", tags=["desk"], responses=READ_ERRORS)

Which = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the version.")]


def _version(desk: Desk, number: int, which: int) -> Version:
    desk.items.get(number)
    for version in desk.items.versions(number):
        if version.number == which:
            return version
    raise NotFoundError(f"record {number} has no version {which}")


@router.get("/versions", summary="Versions of a record")
def versions(number: Number, desk: DeskDep, _program: ReaderDep) -> list[VersionRow]:
    """Every text that the record ever had, oldest first: who wrote it, when and why."""
    desk.items.get(number)
    names = names_of(desk)
    return [version_row(version, names) for version in desk.items.versions(number)]


@router.get("/versions/{version}", summary="A version with its text")
def version(number: Number, version: Which, desk: DeskDep, _program: ReaderDep) -> VersionAnswer:
    """A text that the record has or had."""
    return version_answer(_version(desk, number, version), names_of(desk))


@router.get("/versions/{version}/difference", summary="What a version changed")
def changed(
    number: Number,
    version: Which,
    desk: DeskDep,
    _program: ReaderDep,
    since: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Left out: the version before.")] = None,
) -> Difference:
    """Fields in which a version differs from the one before, or from any other. The first differs from nothing."""
    after = _version(desk, number, version)
    return difference_of(_version(desk, number, since or max(1, version - 1)), after)


@router.post("/restore", responses=STEP_ERRORS, summary="Bring an older version back")
def restore(
    number: Number,
    seen: Annotated[Seen, Depends(get_seen)],
    wanted: Restored,
    desk: DeskDep,
    program: WriterDep,
    response: Response,
) -> DeskRecord:
    """The text of an older version becomes the newest; nothing in between is lost."""
    content = _version(desk, number, wanted.version).content
    item = act(desk, program, Action.RESTORE, seen, wanted.reason, content)
    tag(response, item)
    return record_of(item, content, program.actor)


@router.get("/comments", summary="Comments on a record")
def comments(number: Number, desk: DeskDep, _program: ReaderDep) -> list[Said]:
    """What was said of the record and of its fields, oldest first."""
    desk.items.get(number)
    names = names_of(desk)
    return [said_of(comment, names) for comment in desk.items.comments(number)]


@router.post("/comments", status_code=201, responses=WRITE_ERRORS, summary="Comment on a record")
def say(number: Number, new: NewComment, desk: DeskDep, program: WriterDep) -> list[Said]:
    """Say something of a field, or of the whole; the answer is all comments."""
    desk.items.comment(program.actor, number, new.field, new.text, desk.clock())
    names = names_of(desk)
    return [said_of(comment, names) for comment in desk.items.comments(number)]


@router.get("/events", summary="What happened to a record")
def events(number: Number, desk: DeskDep, _program: ReaderDep) -> list[Happened]:
    """The lines of the log, oldest first. Nobody can change them."""
    desk.items.get(number)
    return [happened_of(event) for event in desk.items.events(number)]
