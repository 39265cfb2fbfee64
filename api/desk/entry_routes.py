"""Another password by letter. What is answered never tells who has an account."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import PagesDep
from api.desk.entry import CHANGED, ForgottenPage, ResetPage
from api.desk.post import send_changed, send_reset
from api.desk.session import COOKIE, DeskDep, from_our_page, get_desk
from api.errors import NotFoundError
from api.site import site_of
from corpus.desk.errors import ContentError, UnknownItemError

router = APIRouter(prefix="/{language}/desk", include_in_schema=False)

Word = Annotated[str, Form()]
_OURS = [Depends(from_our_page)]
_THERE = [Depends(get_desk)]


@router.get("/forgotten", dependencies=_THERE)
def ask_address(request: Request, pages: PagesDep) -> Response:
    """Where a letter with a link for another password goes."""
    return pages.render(request, ForgottenPage())


@router.post("/forgotten", dependencies=_OURS)
def send(request: Request, pages: PagesDep, desk: DeskDep, background: BackgroundTasks, email: Word = "") -> Response:
    """The same answer for every address, after the same time: the letter is written when the answer is on its way."""
    if desk.post is None:
        raise NotFoundError("this service sends no letters")
    if desk.letters.allow(email):
        language, now = site_of(request).language, desk.clock()
        background.add_task(send_reset, desk.post, desk.accounts, email, language, now)
    return pages.render(request, ForgottenPage(sent=True))


@router.get("/reset/{_secret}", dependencies=_THERE)
def ask_password(request: Request, pages: PagesDep, _secret: str) -> Response:
    """Opening the link alone changes nothing: programs that check letters open links too."""
    return pages.render(request, ResetPage())


@router.post("/reset/{secret}", dependencies=_OURS)
def reset(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    background: BackgroundTasks,
    secret: str,
    password: Word = "",
) -> Response:
    """Another password; every session and key of the account ends."""
    try:
        account = desk.accounts.reset(secret, password, desk.clock())
    except UnknownItemError:
        return pages.render(request, ResetPage(gone=True), 410)
    except ContentError as error:
        return pages.render(request, ResetPage(problems=error.fields), 422)
    if desk.post is not None:
        background.add_task(send_changed, desk.post, account, desk.clock())
    answer = RedirectResponse(site_of(request).url(f"/desk/sign-in?said={CHANGED}"), 303, background=background)
    answer.delete_cookie(COOKIE)
    return answer
