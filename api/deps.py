"""What routes are given."""

from typing import Annotated

from fastapi import Depends, Request

from api.state import Service


def get_service(request: Request) -> Service:
    """The service of this application."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(get_service)]
