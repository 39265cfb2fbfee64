"""Pages of one record, and the glossary."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.deps import PagesDep, ServiceDep
from api.forms import FormError, WhoForm
from api.lookup import call_answer, practice_answer, programme_answer
from api.schemas import WhoAsks
from api.views.call import call_page
from api.views.glossary import GlossaryPage
from api.views.record import practice_page, programme_page
from corpus.glossary import load_glossary

router = APIRouter(prefix="/{language}", include_in_schema=False)


@router.get("/calls/{call_id}")
def call(
    request: Request, call_id: str, form: Annotated[WhoForm, Query()], pages: PagesDep, service: ServiceDep
) -> HTMLResponse:
    """A call: key data, whether the applicant may apply, what it pays, what goes with it, sources."""
    try:
        who, errors = form.who(), {}
    except FormError as error:
        who, errors = WhoAsks(), error.fields
    page = call_page(call_answer(service, call_id, who), form, service.snapshot(), service.clock(), errors)
    return pages.render(request, page, 422 if errors else 200)


@router.get("/practices/{practice_id}")
def practice(request: Request, practice_id: str, pages: PagesDep, service: ServiceDep) -> HTMLResponse:
    """A practice: what was done, what came of it, what failed, which call pays for it today, sources."""
    answer = practice_answer(service, practice_id)
    return pages.render(request, practice_page(answer, service.snapshot(), service.clock()))


@router.get("/programmes/{programme_id}")
def programme(request: Request, programme_id: str, pages: PagesDep, service: ServiceDep) -> HTMLResponse:
    """A programme: who runs it, what it pays, its calls, where calls are announced."""
    answer = programme_answer(service, programme_id)
    return pages.render(request, programme_page(answer, service.snapshot(), service.clock()))


@router.get("/glossary")
def glossary(request: Request, pages: PagesDep) -> HTMLResponse:
    """The terms that stop newcomers, in plain words."""
    return pages.render(request, GlossaryPage(dict(load_glossary())))
