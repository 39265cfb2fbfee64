"""The log of the desk."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.deps import PagesDep
from api.desk.log import log_page
from api.desk.session import DeskDep, SessionDep

router = APIRouter(prefix="/{language}/desk/log", include_in_schema=False)


@router.get("")
def log(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    session: SessionDep,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """What happened."""
    return pages.render(request, log_page(desk, session, before))
