"""`GET /v1/calls` and `GET /v1/practices`: lists with the filters of the pages."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ServiceDep
from api.filters import CallFilter, PracticeFilter
from api.lists import CallList, PracticeList, call_list, practice_list
from api.routes.match import ERRORS

router = APIRouter(prefix="/v1", tags=["lists"], responses=ERRORS)


@router.get("/calls")
def calls(wanted: Annotated[CallFilter, Query()], service: ServiceDep) -> CallList:
    """Calls that pass the filters, 20 a page, with the counts of every filter.

    Unless a status is asked for, those that are open or will open.
    """
    return call_list(service.snapshot(), wanted, service.clock())


@router.get("/practices")
def practices(wanted: Annotated[PracticeFilter, Query()], service: ServiceDep) -> PracticeList:
    """Practices that pass the filters, 20 a page, with the counts of every filter."""
    return practice_list(service.snapshot(), wanted)
