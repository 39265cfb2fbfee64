"""What routes are given."""

from typing import Annotated

from fastapi import Depends, Request

from api.errors import NotFoundError
from api.pages import Pages
from api.recent import Recent
from api.site import site_of
from api.state import Service


def get_service(request: Request) -> Service:
    """The service of this application."""
    service: Service = request.app.state.service
    return service


def get_pages(request: Request, language: str) -> Pages:
    """The pages of this application, for an address that begins with a language of the interface.

    Raises:
        NotFoundError: it begins with something else.
    """
    if site_of(request).language != language:
        raise NotFoundError(f"there is no page {request.url.path!r}")
    pages: Pages = request.app.state.pages
    return pages


def get_recent(request: Request) -> Recent:
    """Answers of the last minutes of this application."""
    recent: Recent = request.app.state.recent
    return recent


RecentDep = Annotated[Recent, Depends(get_recent)]
ServiceDep = Annotated[Service, Depends(get_service)]
PagesDep = Annotated[Pages, Depends(get_pages)]
