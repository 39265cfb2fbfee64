"""The page: an idea is typed and answered, without scripts and without an account.

The form is sent with POST, so that an idea never stands in an address, a history or a log.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from api.deps import ServiceDep
from api.lookup import call_answer, practice_answer, programme_answer
from api.pages import Pages
from api.schemas import WhoAsks
from api.views import AskForm, ask_page, form_errors
from matcher.errors import ProfileError

router = APIRouter(include_in_schema=False)

Field = Annotated[str, Form()]


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


@router.get("/")
def empty(request: Request) -> HTMLResponse:
    """The page before anything is asked."""
    return _pages(request).ask(ask_page(AskForm()))


@router.post("/")
def answered(
    request: Request,
    service: ServiceDep,
    idea: Field = "",
    applicant: Field = "",
    country: Field = "",
    place: Field = "",
    population: Field = "",
) -> HTMLResponse:
    """The page with the answer, or with what is wrong beside the field."""
    form = AskForm(idea, applicant, country, place, population)
    try:
        answer = service.matcher().match(form.query())
    except ValidationError as error:
        return _pages(request).ask(ask_page(form, errors=form_errors(error)), 422)
    except ProfileError as error:
        return _pages(request).ask(ask_page(form, errors={error.field: str(error)}), 422)
    return _pages(request).ask(ask_page(form, answer))


@router.get("/calls/{call_id}")
def call(request: Request, call_id: str, who: Annotated[WhoAsks, Query()], service: ServiceDep) -> HTMLResponse:
    """A call: key data, whether the applicant may apply, sources."""
    return _pages(request).record(call_answer(service, call_id, who))


@router.get("/practices/{practice_id}")
def practice(request: Request, practice_id: str, service: ServiceDep) -> HTMLResponse:
    """A practice: what was done, what came of it, what failed, sources."""
    return _pages(request).record(practice_answer(service, practice_id))


@router.get("/programmes/{programme_id}")
def programme(request: Request, programme_id: str, service: ServiceDep) -> HTMLResponse:
    """A programme: who runs it, what it pays, where its calls are announced."""
    return _pages(request).record(programme_answer(service, programme_id))


@router.get("/glossary")
def glossary(request: Request) -> HTMLResponse:
    """The terms that stop newcomers, in plain words."""
    return _pages(request).glossary()
