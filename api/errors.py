"""One shape for every error, as JSON and as a page.

    {"error": {"code": "invalid", "message": "...", "fields": [{"field": "population", "message": "..."}],
               "reference": "..."}}

ApiError
├── NotFoundError       404  no such record
├── UnauthorizedError   401  a program shows no key, or none that is valid
├── ForbiddenError      403  the person may not do that, or did not ask for it
├── NotReadyError       409  the index is missing or does not fit the snapshot or the model
├── GoneError           410  it was there and is no longer, for example a link that expired
├── PreconditionFailedError   412  somebody was faster; nothing was written
├── InvalidFieldError   422  a field of the address or of a form is impossible; names it
├── LengthMissingError  411  the body comes without its length
├── TooLargeError       413  the body is larger than the service accepts
├── PreconditionMissingError  428  a step does not say which revision it saw
└── TooManyError        429  one client asks too often; says how long to wait
Errors of the other packages are mapped here, at the edge; what nobody foresaw is a 500 with a reference and no stack.
"""

import logging
import secrets
from http import HTTPStatus
from types import TracebackType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.filters import no_choice
from api.site import DATA_PATHS
from corpus.desk.errors import ContentError, DeskError, NotAllowedError, SignInError, UnknownItemError
from corpus.errors import CorpusError
from corpus.messages import gettext as _
from corpus.messages import ngettext
from matcher.errors import IndexMismatchError, IndexMissingError, MatcherError, ProfileError

logger = logging.getLogger("isopolis.api")


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class ErrorBody(BaseModel):
    """What went wrong. `code` is stable; `message` is for people; `reference` finds the log entry."""

    code: str
    message: str
    fields: list[FieldError] = []
    reference: str


class ErrorAnswer(BaseModel):
    """The body of every answer that is no success."""

    error: ErrorBody


class ApiError(Exception):
    """Base of the errors that routes raise."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal"


class NotFoundError(ApiError):
    """There is no such record."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"


class GoneError(ApiError):
    """It was there and is no longer."""

    status = HTTPStatus.GONE
    code = "gone"


class InvalidFieldError(ApiError):
    """A field of the address or of a form is impossible; the message says what would be right."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid"

    def __init__(self, field: str, message: str) -> None:
        """Keep the field beside the message."""
        super().__init__(f"{field}: {message}")
        self.field = field


class ForbiddenError(ApiError):
    """The person may not do that, or did not ask for it."""

    status = HTTPStatus.FORBIDDEN
    code = "forbidden"


class UnauthorizedError(ApiError):
    """A program shows no key, or none that is valid."""

    status = HTTPStatus.UNAUTHORIZED
    code = "unauthorized"


class PreconditionFailedError(ApiError):
    """Somebody changed the record since the revision that was named. Nothing was written."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "changed_since"


class PreconditionMissingError(ApiError):
    """A step does not say which revision it saw."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    code = "revision_missing"


class NotReadyError(ApiError):
    """Records or index are missing, or do not fit together."""

    status = HTTPStatus.CONFLICT
    code = "not_ready"


class LengthMissingError(ApiError):
    """The body comes without its length, so that its size cannot be limited."""

    status = HTTPStatus.LENGTH_REQUIRED
    code = "length_required"


class TooLargeError(ApiError):
    """The body is larger than the service accepts."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "too_large"


class TooManyError(ApiError):
    """One client asks too often."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many"

    def __init__(self, seconds: int) -> None:
        """`seconds`: after which the next request is answered."""
        super().__init__(ngettext("Wait {n} second, then try again.", "Wait {n} seconds, then try again.", seconds))
        self.seconds = seconds


_KNOWN: dict[type[DeskError], tuple[int, str]] = {
    NotAllowedError: (403, "forbidden"),
    UnknownItemError: (404, "not_found"),
    ContentError: (422, "invalid"),
    SignInError: (401, "unauthorized"),
    DeskError: (409, "conflict"),
}


def error_body(error: Exception) -> tuple[int, ErrorBody]:
    """Status and body for any error."""
    reference = secrets.token_hex(6)
    if isinstance(error, RequestValidationError):
        fields = [_field_error(item) for item in error.errors()]
        text = "; ".join(f"{item.field}: {item.message}" for item in fields)
        return 422, ErrorBody(code="invalid", message=text, fields=fields, reference=reference)
    if isinstance(error, ProfileError | InvalidFieldError):
        fields = [FieldError(field=error.field, message=str(error).removeprefix(f"{error.field}: "))]
        return 422, ErrorBody(code="invalid", message=str(error), fields=fields, reference=reference)
    if isinstance(error, CorpusError | IndexMismatchError | IndexMissingError):
        status, code = next((found for kind, found in _KNOWN.items() if isinstance(error, kind)), (409, "not_ready"))
        wrong = error.fields if isinstance(error, ContentError) else {}
        fields = [FieldError(field=name, message=text) for name, text in wrong.items()]
        return status, ErrorBody(code=code, message=str(error), fields=fields, reference=reference)
    if isinstance(error, ApiError):
        return error.status, ErrorBody(code=error.code, message=str(error), reference=reference)
    if isinstance(error, HTTPException):
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
        return error.status_code, ErrorBody(code=code, message=str(error.detail), reference=reference)
    # Only the kind of error is logged: its text could repeat the idea.
    logger.error("internal error %s: %s", reference, type(error).__qualname__, exc_info=_stack_only(error))
    text = f"Something went wrong on our side. Please report it with the reference {reference}."
    return 500, ErrorBody(code="internal", message=text, reference=reference)


def _stack_only(error: Exception) -> tuple[type[Exception], Exception, TracebackType | None]:
    """Where it happened, without the words of the error."""
    silent = RuntimeError("message withheld")
    return type(silent), silent, error.__traceback__


def _field_error(error: dict[str, Any]) -> FieldError:
    where, *path = error["loc"]
    # Of broken JSON the place is a number of characters and no field.
    # In an address a filter has one name, whichever of its values is wrong.
    named = [part for part in path if where != "query" or isinstance(part, str)]
    field = "" if error["type"] == "json_invalid" else ".".join(map(str, named))
    message = _of_an_address(error) if where == "query" else None
    return FieldError(field=field or str(where), message=message or error["msg"].removeprefix("Value error, "))


def _of_an_address(error: dict[str, Any]) -> str | None:
    """What is wrong in an address, which people type and send, in the language that is spoken."""
    bounds = error.get("ctx", {})
    codes = bounds.get("expected", "").replace("'", "").replace(" or ", ", ")
    choice = no_choice(error["input"], codes)
    told = {
        "enum": choice,
        "literal_error": choice,
        "extra_forbidden": _("this is not known here; leave it out"),
        "int_parsing": _("write a whole number"),
        "int_parsing_size": _("write a whole number"),
        "greater_than_equal": _("write at least {least}", least=bounds.get("ge", "")),
        "less_than_equal": _("write at most {most}", most=bounds.get("le", "")),
        "string_too_long": _("write at most {most} characters", most=bounds.get("max_length", "")),
    }
    return told.get(error["type"])


async def answer_error(request: Request, error: Exception) -> Response:
    """Answer an error as JSON, or as a page where a page was asked for."""
    status, body = error_body(error)
    page = getattr(request.app.state, "error_page", None)
    if page is not None and not request.url.path.startswith(DATA_PATHS):
        answer: Response = page(request, status, body)
    else:
        answer = JSONResponse(ErrorAnswer(error=body).model_dump(), status)
    if isinstance(error, HTTPException):
        answer.headers.update(error.headers or {})
    if isinstance(error, UnauthorizedError):
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyError):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def register(app: FastAPI) -> None:
    """Answer every kind of error in the one shape."""
    kinds = (ApiError, MatcherError, CorpusError, RequestValidationError, HTTPException, Exception)
    for kind in kinds:
        app.add_exception_handler(kind, answer_error)
