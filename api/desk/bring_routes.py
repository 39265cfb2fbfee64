"""Bringing records in, from files and from pages of the web."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from api.deps import PagesDep
from api.desk.bring_in import COLUMNS, read_candidates, template
from api.desk.form import PracticeForm
from api.desk.keeping import Draft, keep_drafts
from api.desk.session import DeskDep, SenderDep, SessionDep
from api.desk.views import ImportPage, edit_page
from api.errors import InvalidFieldError
from corpus.desk.errors import ContentError
from corpus.desk.sheets import MOST_BYTES

router = APIRouter(prefix="/{language}/desk", include_in_schema=False)

_DRAFTS = TypeAdapter(list[Draft])


@router.get("/import")
def choose(request: Request, pages: PagesDep, session: SessionDep) -> Response:
    """A file is asked for."""
    return pages.render(request, ImportPage(session.form_token))


@router.get("/template.csv")
def sheet(session: SessionDep, pages: PagesDep) -> Response:  # noqa: ARG001  both only let or do not let
    """An empty sheet with its headings."""
    name = {"Content-Disposition": 'attachment; filename="practices.csv"'}
    return Response(template(), media_type="text/csv; charset=utf-8", headers=name)


@router.post("/import")
def preview(request: Request, pages: PagesDep, session: SenderDep, file: Annotated[UploadFile, File()]) -> Response:
    """The rows of a file, each with what is wrong; nothing is kept yet."""
    try:
        rows = read_candidates(file.filename or "", file.file.read(MOST_BYTES + 1))
    except ContentError as error:
        return pages.render(request, ImportPage(session.form_token, problems=error.fields), 422)
    if not rows:
        nothing = {"file": "no record stands in it: write one on each row below the headings"}
        return pages.render(request, ImportPage(session.form_token, problems=nothing), 422)
    packed = _DRAFTS.dump_json([Draft(row.kind, row.name, row.content) for row in rows if not row.problems]).decode()
    return pages.render(request, ImportPage(session.form_token, rows, packed))


@router.post("/import/keep")
def keep(
    request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, packed: Annotated[str, Form()] = ""
) -> Response:
    """The rows that were right become drafts; one whose name is taken by now is named and left out."""
    try:
        drafts = _DRAFTS.validate_json(packed)
    except ValidationError as error:
        raise InvalidFieldError("packed", "the rows cannot be read: choose the file again") from error
    kept, refused = keep_drafts(desk, session.account.actor(), drafts)
    page = ImportPage(session.form_token, problems=dict(refused), kept=len(kept))
    return pages.render(request, page, 422 if refused else 200)


@router.post("/from-page")
def from_page(
    request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, url: Annotated[str, Form()] = ""
) -> Response:
    """The form, with what a page suggests; every suggestion stands beside the words that it rests on."""
    try:
        page = desk.fetch(url.strip())
    except ContentError as error:
        return pages.render(request, ImportPage(session.form_token, problems=error.fields, url=url), 422)
    found = desk.suggest(page.body)
    today = desk.clock().date().isoformat()
    said = {item.field: item.value for item in reversed(found) if item.value and item.field in COLUMNS}
    form = PracticeForm.model_validate({**said, "url": page.url, "read_on": today})
    excerpts = [(item.field.replace("_", " "), item.excerpt) for item in found if item.excerpt]
    return pages.render(request, edit_page(session, form, excerpts=excerpts))
