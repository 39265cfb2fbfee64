"""Pages of lists: filters stand in the address, so that a list can be kept, sent and embedded."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import PagesDep, ServiceDep
from api.filters import CallFilter, Filter, PracticeFilter, TimelineFilter
from api.lists import call_list, practice_list
from api.views.browse import calls_page, practices_page
from api.views.timeline import ROWS, timeline_page

router = APIRouter(prefix="/{language}", include_in_schema=False)


def tidied(request: Request, wanted: Filter) -> RedirectResponse | None:
    """The way to the canonical address where a form sent empty fields, so that what people copy is short."""
    blank = any(not value.strip() for _key, value in request.query_params.multi_items())
    query = wanted.query()
    return RedirectResponse(f"{request.url.path}{'?' if query else ''}{query}", 303) if blank else None


@router.get("/calls")
def calls(request: Request, wanted: Annotated[CallFilter, Query()], pages: PagesDep, service: ServiceDep) -> Response:
    """Calls with filters."""
    shown = call_list(service.snapshot(), wanted, service.clock())
    return tidied(request, wanted) or pages.render(request, calls_page(shown, wanted))


@router.get("/practices")
def practices(
    request: Request, wanted: Annotated[PracticeFilter, Query()], pages: PagesDep, service: ServiceDep
) -> Response:
    """Practices with filters."""
    shown = practice_list(service.snapshot(), wanted)
    return tidied(request, wanted) or pages.render(request, practices_page(shown, wanted))


@router.get("/timeline")
def timeline(
    request: Request, wanted: Annotated[TimelineFilter, Query()], pages: PagesDep, service: ServiceDep
) -> Response:
    """Openings and cut-offs along the months."""
    now = service.clock()
    shown = call_list(service.snapshot(), wanted, now, ROWS)
    return tidied(request, wanted) or pages.render(request, timeline_page(shown, wanted, now.date()))
