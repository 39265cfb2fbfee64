"""Assemble the application; nothing else happens here."""

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import errors
from api.alerts.post import Post
from api.desk import bring_routes, care, correction_routes, editions, issue_routes, out_routes, refusals, write_routes
from api.desk import routes as desk_routes
from api.desk.doorway import router as people_router
from api.desk.programs import router as desk_programs
from api.desk.programs.guesses import Guesses
from api.desk.service import Desk
from api.errors import ErrorBody, LengthMissingError, TooLargeError, answer_error
from api.limiter import Limiter
from api.pages import Pages
from api.recent import Recent
from api.routes import (
    about,
    alerts,
    answer_files,
    ask,
    atlas,
    browse,
    compare,
    doors,
    files,
    glossary,
    health,
    lists,
    look,
    match,
    places,
    records,
    shown,
)
from api.settings import ApiSettings
from api.site import asked_language
from api.state import Service
from api.theme import Theme, load_theme
from api.views.error import ErrorPage
from corpus.desk.sheets import MOST_BYTES
from corpus.messages import speaking

_POLICY = "Content-Security-Policy"
_HEADERS = {
    _POLICY: "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; "
    "base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_FOR_PROGRAMS = (match, lists, records, places, glossary, health, look, desk_programs)
_DECIDING = (correction_routes, issue_routes)
_PAGES = (ask, alerts, answer_files, files, browse, compare, atlas, about, shown)
"""`shown` comes last: its addresses end with any id."""

_MOST_OF_A_FORM = 2 * MOST_BYTES
"""With a file; the rows of a preview come back as text."""
_MOST_OF_A_TEXT = 500_000
"""A practice of the desk with its translations: a letter that is not Latin takes six bytes in a form."""

Next = Callable[[Request], Awaitable[Response]]


def create_app(service: Service, settings: ApiSettings, desk: Desk | None = None, post: Post | None = None) -> FastAPI:
    """The application over a service; without a desk nobody can sign in, without a post office nobody gets letters."""
    app = FastAPI(
        title="Isopolis",
        version=version("isopolis"),
        summary="EU money and good examples for equality projects in cities.",
        docs_url="/docs" if settings.docs else None,
        redoc_url=None,
    )
    app.state.service = service
    app.state.desk = desk
    app.state.post = post
    app.state.recent = Recent()
    app.state.guesses = Guesses()
    app.state.theme = theme = load_theme(settings.site)
    app.state.contact = settings.contact
    app.state.address = settings.address
    app.state.pages = pages = Pages()
    app.state.error_page = lambda request, status, body: _error_page(pages, request, status, body)
    limiter = Limiter(settings)
    errors.register(app)
    # Doors of one name come before pages, whose addresses begin with any language.
    for module in (*_FOR_PROGRAMS, doors, *_PAGES):
        app.include_router(module.router)
    app.include_router(people_router)
    # The last of the desk takes any word after `/desk/`.
    for module in (bring_routes, out_routes, write_routes, editions, care, *_DECIDING, desk_routes):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")

    @app.middleware("http")
    async def guard(request: Request, call_next: Next) -> Response:
        with speaking(asked_language(request)):
            try:
                _check_length(request, _most(request, settings))
                if limiter.on:
                    await run_in_threadpool(limiter.check, request)
                response = await call_next(request)
            # Of any kind: further out the server would log its words, which can repeat the idea.
            except Exception as error:
                response = await answer_error(request, error)
        if not request.url.path.startswith(("/docs", "/openapi")):
            for name, value in _headers(theme, request.url.path).items():
                response.headers.setdefault(name, value)
        refusals.note(request, response)
        return response

    if settings.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.proxies)
    return app


def _headers(theme: Theme, path: str) -> dict[str, str]:
    """What every answer carries. Pages on which somebody signs in, writes or confirms are never shown in a frame.

    Pages of the desk are not kept: after the sign-out the way back shows none of them.
    """
    private = "/desk" in path or "/alerts" in path
    ancestors = "'none'" if private else theme.ancestors()
    kept = {"Cache-Control": "no-store"} if "/desk" in path else {}
    return _HEADERS | kept | {_POLICY: f"{_HEADERS[_POLICY]}; frame-ancestors {ancestors}"}


def _error_page(pages: Pages, request: Request, status: int, body: ErrorBody) -> Response:
    return pages.render(request, ErrorPage(status, body), status)


def _most(request: Request, settings: ApiSettings) -> int:
    """Largest body: files are brought in at one place only, and long texts are written at the desk."""
    if "/desk/import" in request.url.path:
        return max(settings.max_body, _MOST_OF_A_FORM)
    return max(settings.max_body, _MOST_OF_A_TEXT) if "/desk/" in request.url.path else settings.max_body


def _check_length(request: Request, most: int) -> None:
    """Refuse a body that is too large, or that does not say how large it is.

    Raises:
        TooLargeError, LengthMissingError: the body is not read.
    """
    if "transfer-encoding" in request.headers:
        raise LengthMissingError("send the body in one piece, with its length (Content-Length)")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > most:
        raise TooLargeError(f"the body is larger than {most} bytes")
