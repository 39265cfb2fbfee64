"""`GET /theme.css`: the colours of a partner's site."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

router = APIRouter(include_in_schema=False)


@router.get("/theme.css")
def colours(request: Request) -> Response:
    """Comes after the common sheet; empty where the site has no colours of its own."""
    return Response(request.app.state.theme.sheet(), media_type="text/css; charset=utf-8")
