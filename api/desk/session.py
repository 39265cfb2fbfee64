"""Who is signed in, and whether a form was sent from our own page.

The session is a random token in a cookie that scripts cannot read and other sites cannot send (HttpOnly, SameSite).
Every form of somebody who is signed in carries a second token that follows from the first; without it nothing is
done. Forms before that (sign in, invitation) are refused when the browser says that another site sent them.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.desk.service import Desk
from api.errors import ForbiddenError, NotFoundError
from api.site import site_of
from corpus.desk.accounts import Account
from corpus.desk.errors import UnknownItemError
from corpus.desk.tokens import LIFETIME, Purpose

COOKIE = "isopolis_desk"
_OWN = frozenset({"same-origin", "none"})


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in."""

    account: Account
    secret: str

    @property
    def form_token(self) -> str:
        """What every form of this session carries."""
        return hashlib.sha256(b"form" + self.secret.encode()).hexdigest()


def get_desk(request: Request) -> Desk:
    """The desk of this application.

    Raises:
        NotFoundError: this service runs without one.
    """
    desk: Desk | None = request.app.state.desk
    if desk is None:
        raise NotFoundError("this service runs without a desk")
    return desk


DeskDep = Annotated[Desk, Depends(get_desk)]


def get_session(request: Request, desk: DeskDep) -> Session:
    """Who is signed in; others are led to where they can.

    Raises:
        HTTPException: 303, to the page for signing in.
    """
    secret = request.cookies.get(COOKIE, "")
    try:
        session = Session(desk.accounts.of_session(secret, desk.clock()), secret)
    except UnknownItemError as error:
        raise HTTPException(303, headers={"Location": site_of(request).url("/desk/sign-in")}) from error
    request.state.desk_account = session.account.id
    return session


SessionDep = Annotated[Session, Depends(get_session)]


async def get_sender(request: Request, session: SessionDep) -> Session:
    """Who is signed in and sent a form of ours.

    Raises:
        ForbiddenError: the form is not one that we gave to this session.
    """
    given = (await request.form()).get("token")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), session.form_token.encode()):
        raise ForbiddenError("this form is not from your session: open the page again and send it from there")
    return session


SenderDep = Annotated[Session, Depends(get_sender)]


def from_our_page(request: Request) -> None:
    """Refuse a form that the browser says another site sent.

    Raises:
        ForbiddenError: it came from elsewhere.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "null")
    foreign = origin != "null" and origin.partition("://")[2] != request.headers.get("host", "")
    if site not in _OWN or foreign:
        raise ForbiddenError("this form was sent by another site")


def remember(request: Request, response: Response, secret: str) -> None:
    """Give the session to the browser; over https it never travels otherwise."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(LIFETIME[Purpose.SESSION].total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https" or request.app.state.address.startswith("https://"),
    )
