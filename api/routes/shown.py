"""Pages of one record, and the glossary."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.deps import PagesDep, ServiceDep
from api.lookup import call_answer, practice_answer, programme_answer
from api.schemas import WhoAsks
from api.views.glossary import GlossaryPage
from api.views.record import CallPage, PracticePage, ProgrammePage
from corpus.glossary import load_glossary

router = APIRouter(prefix="/{language}", include_in_schema=False)


@router.get("/calls/{call_id}")
def call(
    request: Request, call_id: str, who: Annotated[WhoAsks, Query()], pages: PagesDep, service: ServiceDep
) -> HTMLResponse:
    """A call: key data, whether the applicant may apply, sources."""
    return pages.render(request, CallPage(call_answer(service, call_id, who)))


@router.get("/practices/{practice_id}")
def practice(request: Request, practice_id: str, pages: PagesDep, service: ServiceDep) -> HTMLResponse:
    """A practice: what was done, what came of it, what failed, sources."""
    return pages.render(request, PracticePage(practice_answer(service, practice_id)))


@router.get("/programmes/{programme_id}")
def programme(request: Request, programme_id: str, pages: PagesDep, service: ServiceDep) -> HTMLResponse:
    """A programme: who runs it, what it pays, where its calls are announced."""
    return pages.render(request, ProgrammePage(programme_answer(service, programme_id)))


@router.get("/glossary")
def glossary(request: Request, pages: PagesDep) -> HTMLResponse:
    """The terms that stop newcomers, in plain words."""
    return pages.render(request, GlossaryPage(dict(load_glossary())))
