"""What the desk refused, for whoever runs it: a line in the log for each, without secrets, addresses and texts.

A line names the method, the address as it is declared (`/{language}/desk/invitation/{secret}`), the status and the
number of the account. What was sent, the names of people and the addresses from which they came are not in it.
"""

import logging
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import Response

from api.desk.session import COOKIE

logger = logging.getLogger("isopolis.desk")


def note(request: Request, response: Response) -> None:
    """Write down that something was refused; what was answered is not."""
    if "/desk" not in request.url.path or not _refused(request, response):
        return
    address = getattr(request.scope.get("route"), "path", "an address that is none")
    account = getattr(request.state, "desk_account", "nobody")
    logger.warning("refused: %s %s, status %d, account %s", request.method, address, response.status_code, account)


def _refused(request: Request, response: Response) -> bool:
    """Any error, and a session that is none (who has one that ended is led to where they sign in)."""
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        return True
    led = response.status_code == HTTPStatus.SEE_OTHER and response.headers.get("location", "").endswith("/sign-in")
    return led and COOKIE in request.cookies and not hasattr(request.state, "desk_account")
