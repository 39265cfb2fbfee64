"""Bringing practices in from files, and out as YAML."""

from typing import Annotated

import yaml
from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from api.deps import PagesDep
from api.desk.bring_in import COLUMNS, candidates, template
from api.desk.form import PracticeForm, content_of, slug
from api.desk.service import Desk
from api.desk.session import DeskDep, SenderDep, Session, SessionDep
from api.desk.views import ImportPage, edit_page
from api.errors import InvalidFieldError
from corpus.desk.content import ItemKind
from corpus.desk.errors import ContentError
from corpus.desk.sheets import MOST_BYTES, read_rows

router = APIRouter(prefix="/{language}/desk", include_in_schema=False)

_FORMS = TypeAdapter(list[PracticeForm])


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
        rows = candidates(read_rows(file.filename or "", file.file.read(MOST_BYTES + 1)))
    except ContentError as error:
        return pages.render(request, ImportPage(session.form_token, problems=error.fields), 422)
    packed = _FORMS.dump_json([row.form for row in rows if not row.problems]).decode()
    return pages.render(request, ImportPage(session.form_token, rows, packed))


@router.post("/import/keep")
def keep(
    request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, packed: Annotated[str, Form()] = ""
) -> Response:
    """The rows that were right become drafts; one whose name is taken by now is named and left out."""
    try:
        forms = _FORMS.validate_json(packed)
    except ValidationError as error:
        raise InvalidFieldError("packed", "the rows cannot be read: choose the file again") from error
    problems = dict(_kept(desk, session, forms))
    page = ImportPage(session.form_token, problems=problems, kept=len(forms) - len(problems))
    return pages.render(request, page, 422 if problems else 200)


def _kept(desk: Desk, session: Session, forms: list[PracticeForm]) -> list[tuple[str, str]]:
    refused = []
    for form in forms:
        try:
            actor, now = session.account.actor(), desk.clock()
            desk.items.begin(actor, ItemKind.PRACTICE, slug(form.title), content_of(form), now)
        except ContentError as error:
            refused.append((form.title, str(error)))
    return refused


@router.get("/{number}/practice.yml")
def as_yaml(pages: PagesDep, desk: DeskDep, session: SessionDep, number: int) -> Response:  # noqa: ARG001  only let
    """A record as the YAML of `corpus/data/practices`."""
    content = desk.items.versions(desk.items.get(number).id)[-1].content
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    return Response(text, media_type="application/yaml; charset=utf-8")


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
