"""Addresses without a language, as they stand in files, feeds and letters: they lead to the reader's language."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse

from api.site import asked_language

router = APIRouter(include_in_schema=False)

_PATHS = (
    "/",
    "/accessibility",
    "/calls",
    "/compare",
    "/corrections",
    "/coverage",
    "/desk",
    "/desk/invitation/{secret}",
    "/glossary",
    "/map",
    "/practices",
    "/privacy",
    "/timeline",
    "/calls/{record_id}",
    "/practices/{record_id}",
    "/programmes/{record_id}",
)


_ROBOTS = "User-agent: *\nDisallow: /*/desk\nDisallow: /*/alerts/\nDisallow: /*?\n"


@router.get("/robots.txt")
def robots() -> PlainTextResponse:
    """Programs that index the web read pages of records; not the desk, and not every choice of filters."""
    return PlainTextResponse(_ROBOTS)


@router.get("/favicon.ico")
def icon() -> RedirectResponse:
    """For browsers that ask for it by its old name."""
    return RedirectResponse("/static/icon.svg", 308)


def _door(request: Request) -> RedirectResponse:
    query = f"?{request.url.query}" if request.url.query else ""
    to = f"/{asked_language(request)}{request.url.path}{query}"
    return RedirectResponse(to, 307, headers={"Vary": "Accept-Language"})


for _path in _PATHS:
    router.add_api_route(_path, _door, methods=["GET", "HEAD"])
