"""The map of practices."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.catalogue import catalogue, find_practices
from api.deps import PagesDep, ServiceDep
from api.filters import PracticeFilter
from api.lists import practice_list
from api.routes.browse import tidied
from api.state import Service
from api.views.atlas import Locate, map_page

router = APIRouter(prefix="/{language}", include_in_schema=False)


@router.get("/map")
def practices_on_a_map(
    request: Request, wanted: Annotated[PracticeFilter, Query()], pages: PagesDep, service: ServiceDep
) -> Response:
    """All practices that pass the filters, by place."""
    snapshot = service.snapshot()
    listing = practice_list(snapshot, wanted)
    places = catalogue(snapshot).places
    found = [places[record_id] for record_id in find_practices(snapshot, wanted).ids]
    return tidied(request, wanted) or pages.render(request, map_page(listing, wanted, found, _locate(service)))


def _locate(service: Service) -> Locate:
    def point(name: str, country: str) -> tuple[float, float] | None:
        found = service.places().find(name, country, limit=1)
        return (found[0].latitude, found[0].longitude) if found else None

    return point
