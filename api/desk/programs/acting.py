"""What stands around every step of a program: the revision that it saw, and the errors that this can have."""

import re
from typing import Annotated, Any

from fastapi import Header, Path
from fastapi.responses import Response

from api.desk.programs.key import Program
from api.desk.service import Desk
from api.errors import ErrorAnswer, InvalidFieldError, PreconditionFailedError, PreconditionMissingError
from corpus.desk.content import Content
from corpus.desk.errors import ConflictError
from corpus.desk.items import Seen
from corpus.desk.rights import Action
from corpus.desk.rows import Item

READ_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorAnswer, "description": "No key, or none that is valid."},
    404: {"model": ErrorAnswer, "description": "There is no such record, or this service has no desk."},
    422: {"model": ErrorAnswer, "description": "A field is wrong; `fields` names each, with what would be right."},
    429: {"model": ErrorAnswer, "description": "Too many wrong keys came from there; `Retry-After` says how long."},
}
WRITE_ERRORS: dict[int | str, dict[str, Any]] = READ_ERRORS | {
    403: {"model": ErrorAnswer, "description": "The person may not do that, or the key may only read."},
    413: {"model": ErrorAnswer, "description": "The body is too large."},
}
STEP_ERRORS: dict[int | str, dict[str, Any]] = WRITE_ERRORS | {
    409: {"model": ErrorAnswer, "description": "The state of the record does not allow it."},
    412: {"model": ErrorAnswer, "description": "Somebody changed the record since; nothing was written."},
    428: {"model": ErrorAnswer, "description": "`If-Match` is missing."},
}
_REVISION = re.compile(r'"(\d{1,9})"')

Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the record at the desk.")]


def get_seen(
    number: Number,
    if_match: Annotated[
        str | None, Header(description="The revision that you saw, as `ETag` gave it.", examples=['"3"'])
    ] = None,
) -> Seen:
    """The revision that a program saw before it acts.

    Raises:
        PreconditionMissingError: it does not say so.
        InvalidFieldError: it is no revision.
    """
    if if_match is None:
        raise PreconditionMissingError('say which revision you saw: If-Match: "3", as ETag gave it')
    found = _REVISION.fullmatch(if_match.strip())
    if found is None:
        raise InvalidFieldError("If-Match", 'write one revision as ETag gave it, such as "3"')
    return Seen(number, int(found[1]))


def act(
    desk: Desk, program: Program, action: Action, seen: Seen, reason: str = "", content: Content | None = None
) -> Item:
    """Take a step.

    Raises:
        PreconditionFailedError: somebody was faster; nothing was written.
        DeskError: as `corpus.desk.items` says.
    """
    try:
        return desk.items.act(program.actor, action, seen, desk.clock(), reason, content)
    except ConflictError as error:
        raise PreconditionFailedError(str(error)) from error


def tag(response: Response, item: Item) -> None:
    """Tell the revision, for `If-Match`; nobody on the way may keep the answer."""
    response.headers["ETag"] = f'"{item.revision}"'
    response.headers["Cache-Control"] = "private, no-cache"
