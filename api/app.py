"""Assemble the application; nothing else happens here."""

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.staticfiles import StaticFiles

from api import errors
from api.errors import LengthMissingError, TooLargeError, answer_error
from api.pages import Pages
from api.routes import glossary, health, match, pages, records
from api.settings import ApiSettings
from api.state import Service

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

Next = Callable[[Request], Awaitable[Response]]


def create_app(service: Service, settings: ApiSettings) -> FastAPI:
    """The application over a service."""
    app = FastAPI(
        title="Isopolis",
        version=version("isopolis"),
        summary="EU money and good examples for equality projects in cities.",
        docs_url="/docs" if settings.docs else None,
        redoc_url=None,
    )
    app.state.service = service
    app.state.pages = Pages()
    errors.register(app)
    for module in (match, records, glossary, health, pages):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")

    @app.middleware("http")
    async def guard(request: Request, call_next: Next) -> Response:
        try:
            _check_length(request, settings.max_body)
            response = await call_next(request)
        except Exception as error:  # any kind: further out the server would log its words, which can repeat the idea
            response = await answer_error(request, error)
        if not request.url.path.startswith(("/docs", "/openapi")):
            for name, value in _HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    return app


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
