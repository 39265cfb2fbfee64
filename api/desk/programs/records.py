"""`/v1/desk/records`: records for programs, by the same rules as on the pages."""

from math import ceil
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import Response

from api.desk.form import slug
from api.desk.programs.acting import READ_ERRORS, STEP_ERRORS, WRITE_ERRORS, Number, act, get_seen, tag
from api.desk.programs.key import ReaderDep, WriterDep
from api.desk.programs.schemas import Change, DeskRecord, Me, NewRecord, RecordList, StepTaken
from api.desk.programs.shapes import me_of, record_of, row_of
from api.desk.session import DeskDep
from api.schemas import Wire
from corpus.desk.content import ItemKind
from corpus.desk.items import Seen
from corpus.desk.rights import Action
from corpus.desk.workflow import State

router = APIRouter(prefix="/v1/desk", tags=["desk"], responses=READ_ERRORS)

SeenDep = Annotated[Seen, Depends(get_seen)]
PAGE = 100
"""Records on one page of a list."""


class Wanted(Wire):
    """Which records of the desk."""

    state: State | None = None
    kind: ItemKind | None = None
    country: str | None = Query(None, min_length=2, max_length=2, description="Two letters, such as LT.")
    mine: bool = Query(False, description="Only those that the person of the key began.")
    due: bool = Query(False, description="Only those that have to be looked at again by now.")
    page: int = Query(1, ge=1, le=100_000)


@router.get("/me", summary="For whom a key acts")
def me(program: ReaderDep) -> Me:
    """The person of the key, with role and limits, and when the key ends."""
    return me_of(program)


@router.get("/records", summary="Records of the desk")
def records(wanted: Annotated[Wanted, Query()], desk: DeskDep, program: ReaderDep) -> RecordList:
    """Records without their texts, those that moved last first, a hundred on a page."""
    items = desk.items.all(*([wanted.state] if wanted.state else []))
    due = {item.id for item in desk.items.due(desk.clock())} if wanted.due else set()
    found = [
        item
        for item in items
        if wanted.kind in (None, item.kind)
        and wanted.country in (None, item.scope.country)
        and (not wanted.mine or item.scope.owner == program.account.id)
        and (not wanted.due or item.id in due)
    ]
    rows = [row_of(item) for item in found[(wanted.page - 1) * PAGE : wanted.page * PAGE]]
    return RecordList(total=len(found), page=wanted.page, pages=ceil(len(found) / PAGE), rows=rows)


@router.post("/records", status_code=201, responses=WRITE_ERRORS, summary="Begin a record")
def begin(new: NewRecord, desk: DeskDep, program: WriterDep, response: Response) -> DeskRecord:
    """A draft begins, which may be half empty. Its address is in `Location`, its revision in `ETag`."""
    name = new.name or slug(_title(new))
    item = desk.items.begin(program.actor, new.kind, name, new.content, desk.clock())
    response.headers["Location"] = f"/v1/desk/records/{item.id}"
    tag(response, item)
    return record_of(item, new.content, program.actor)


def _title(new: NewRecord) -> str:
    titles = new.content.get("title")
    said = titles.get(str(new.content.get("original_language"))) if isinstance(titles, dict) else None
    return str(said or next(iter(titles.values()), "") if isinstance(titles, dict) else "")


@router.get(
    "/records/{number}",
    response_model=DeskRecord,
    responses={304: {"description": "It is still as `If-None-Match` says."}},
    summary="A record with its text",
)
def record(
    number: Number,
    desk: DeskDep,
    program: ReaderDep,
    response: Response,
    if_none_match: Annotated[str | None, Header(description="The revision that you have.")] = None,
) -> DeskRecord | Response:
    """The newest text, the state, and the steps that the person of the key can take now."""
    item, version = desk.items.get(number), desk.items.versions(number)[-1]
    tag(response, item)
    if if_none_match == response.headers["ETag"]:
        return Response(status_code=304, headers=dict(response.headers))
    return record_of(item, version.content, program.actor)


@router.put("/records/{number}", responses=STEP_ERRORS, summary="Change the text of a record")
def change(seen: SeenDep, said: Change, desk: DeskDep, program: WriterDep, response: Response) -> DeskRecord:
    """The whole text is replaced and the old one kept as a version. Where somebody was faster nothing is written."""
    item = act(desk, program, Action.EDIT, seen, said.reason, said.content)
    tag(response, item)
    return record_of(item, said.content, program.actor)


@router.post("/records/{number}/steps", responses=STEP_ERRORS, summary="Take a step on the way of a record")
def take(seen: SeenDep, taken: StepTaken, desk: DeskDep, program: WriterDep, response: Response) -> DeskRecord:
    """Submit, review, approve, publish and the others; `edit` and `restore` have addresses of their own."""
    item = act(desk, program, taken.action, seen, taken.reason)
    tag(response, item)
    return record_of(item, desk.items.versions(item.id)[-1].content, program.actor)
