"""The own account: names, password, devices, keys of programs, a copy of everything, leaving."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict

from api.deps import PagesDep
from api.desk.account import Outcome, account_page, explained
from api.desk.entry import LEFT
from api.desk.post import send_changed
from api.desk.session import COOKIE, DeskDep, SenderDep, Session, SessionDep, remember
from api.site import site_of
from corpus.desk.errors import ContentError, NotAllowedError
from corpus.desk.keys import KeyScope
from corpus.desk.own import Own
from corpus.messages import gettext as _
from corpus.vocab.places import INTERFACE_LANGUAGES

router = APIRouter(prefix="/{language}/desk/account", include_in_schema=False)

Word = Annotated[str, Form()]


class ProfileForm(BaseModel):
    """How somebody is called."""

    model_config = ConfigDict(frozen=True)

    name: str = ""
    public: str = ""
    language_of_letters: str = ""

    def language(self) -> str:
        """The language of letters.

        Raises:
            ContentError: the interface does not speak it.
        """
        if self.language_of_letters not in set(INTERFACE_LANGUAGES):
            raise ContentError({"language": "none of the interface"})
        return self.language_of_letters


class KeyForm(BaseModel):
    """A key that somebody wants."""

    model_config = ConfigDict(frozen=True)

    name: str = ""
    scope: KeyScope = KeyScope.READ
    days: int = 0


@router.get("")
def show(request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep) -> Response:
    """The own account."""
    return pages.render(request, account_page(desk, session))


@router.post("")
def rename(
    request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, form: Annotated[ProfileForm, Form()]
) -> Response:
    """How the others, and perhaps the public, call somebody."""
    try:
        Own(desk.accounts).rename(session.account.id, form.name, bool(form.public), form.language(), desk.clock())
    except ContentError as error:
        return pages.render(request, account_page(desk, session, Outcome(problems=explained(error.fields))), 422)
    return pages.render(request, account_page(desk, session, Outcome(_("Saved."))))


@router.post("/password")
def change_password(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    session: SenderDep,
    background: BackgroundTasks,
    current: Word = "",
    password: Word = "",
) -> Response:
    """Another password; all sessions end, and this browser gets a new one."""
    now, account = desk.clock(), session.account
    try:
        secret = Own(desk.accounts).change_password(account.id, session.secret, current, password, now)
    except ContentError as error:
        return pages.render(request, account_page(desk, session, Outcome(problems=explained(error.fields))), 422)
    if desk.post is not None:
        background.add_task(send_changed, desk.post, account, now)
    done = Outcome(_("Your password was changed. You are signed out everywhere else."))
    answer = pages.render(request, account_page(desk, Session(account, secret), done))
    remember(request, answer, secret)
    return answer


@router.post("/sessions/end")
def end_session(request: Request, desk: DeskDep, session: SenderDep, id: Word = "") -> Response:  # noqa: A002  its field
    """Sign out on one device."""
    Own(desk.accounts).end(session.account.id, id, desk.clock())
    return RedirectResponse(site_of(request).url("/desk/account"), 303)


@router.post("/sessions/end-all")
def end_sessions(request: Request, desk: DeskDep, session: SenderDep) -> Response:
    """Sign out everywhere, here too."""
    Own(desk.accounts).end_all(session.account.id, desk.clock())
    answer = RedirectResponse(site_of(request).url("/desk/sign-in"), 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.post("/keys")
def new_key(
    request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, form: Annotated[KeyForm, Form()]
) -> Response:
    """A key for a program; the page tells it this once."""
    try:
        secret = desk.accounts.keys.issue(session.account.id, form.name, form.scope, desk.clock(), form.days)
    except ContentError:
        outcome = Outcome(problems=explained({"key": ""}))
        return pages.render(request, account_page(desk, session, outcome), 422)
    return pages.render(request, account_page(desk, session, Outcome(_("The key is made."), key=secret)))


@router.post("/keys/revoke")
def revoke_key(request: Request, desk: DeskDep, session: SenderDep, id: Word = "") -> Response:  # noqa: A002  its field
    """A key is worthless at once."""
    desk.accounts.keys.revoke(session.account.id, id, desk.clock())
    return RedirectResponse(site_of(request).url("/desk/account"), 303)


@router.get("/data.json")
def own_data(pages: PagesDep, desk: DeskDep, session: SessionDep) -> Response:  # noqa: ARG001  only lets
    """All that is kept of somebody, for that person."""
    name = {"Content-Disposition": 'attachment; filename="isopolis-account.json"', "Cache-Control": "no-store"}
    return JSONResponse(desk.accounts.export(session.account.id), headers=name)


@router.post("/erase")
def erase(request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, current: Word = "") -> Response:
    """Forget a person who gave the password once more; the work stays under a number."""
    try:
        Own(desk.accounts).erase(session.account.id, session.secret, current, desk.clock())
    except ContentError as error:
        return pages.render(request, account_page(desk, session, Outcome(problems=explained(error.fields))), 422)
    except NotAllowedError:
        return pages.render(request, account_page(desk, session, Outcome(problems=explained({"last": ""}))), 409)
    answer = RedirectResponse(site_of(request).url(f"/desk/sign-in?said={LEFT}"), 303)
    answer.delete_cookie(COOKIE)
    return answer
