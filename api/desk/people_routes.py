"""People of the desk, for administrators: list, invite, change, lock, end sessions."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import PagesDep
from api.desk.people import InviteForm, LimitsForm, Sent, people_page, person_page
from api.desk.post import send_invitation
from api.desk.service import Desk
from api.desk.session import DeskDep, SenderDep, SessionDep
from api.desk.views import role_name
from api.site import home_address, site_of
from corpus.desk.errors import ContentError, NotAllowedError
from corpus.desk.people import People
from corpus.desk.rights import DeskRole
from corpus.messages import speaking, spoken
from corpus.vocab import Language

router = APIRouter(prefix="/{language}/desk/people", include_in_schema=False)


@router.get("")
def everybody(request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep) -> Response:
    """Who is at the desk."""
    return pages.render(request, people_page(desk, session))


@router.post("")
def invite(
    request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, form: Annotated[InviteForm, Form()]
) -> Response:
    """Somebody is invited, by a letter where one can leave."""
    try:
        newcomer = form.newcomer()
        secret = desk.accounts.invite(newcomer, desk.clock(), session.account.actor())
    except ContentError as error:
        return pages.render(request, people_page(desk, session, form, problems=error.fields), 422)
    sent = _sent(request, desk, newcomer.email.strip(), newcomer.role, newcomer.language, secret)
    return pages.render(request, people_page(desk, session, sent=sent))


@router.get("/{number}")
def somebody(request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep, number: int) -> Response:
    """Somebody, and what can be done."""
    return pages.render(request, person_page(desk, session, number))


@router.post("/{number}")
def change(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    session: SenderDep,
    number: int,
    form: Annotated[LimitsForm, Form()],
) -> Response:
    """Another role, other limits; the person has to sign in again."""
    People(desk.accounts).one(number, desk.clock(), session.account.actor())
    try:
        desk.accounts.change(number, desk.clock(), session.account.actor(), **form.limits())
    except ContentError as error:
        return pages.render(request, person_page(desk, session, number, problems=error.fields), 422)
    except NotAllowedError:
        return pages.render(request, person_page(desk, session, number, problems=["last"]), 409)
    return _to(request, number)


@router.post("/{number}/close")
def close(request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, number: int) -> Response:
    """Nobody can sign in to that account until it is opened again."""
    People(desk.accounts).one(number, desk.clock(), session.account.actor())
    try:
        desk.accounts.change(number, desk.clock(), session.account.actor(), active=False)
    except NotAllowedError:
        return pages.render(request, person_page(desk, session, number, problems=["last"]), 409)
    return _to(request, number)


@router.post("/{number}/open")
def reopen(request: Request, desk: DeskDep, session: SenderDep, number: int) -> Response:
    """The account can be used again, and wrong passwords of before are forgiven."""
    by, now = session.account.actor(), desk.clock()
    people = People(desk.accounts)
    if not people.one(number, now, by).account.active:
        desk.accounts.change(number, now, by, active=True)
    people.unlock(number, now, by)
    return _to(request, number)


@router.post("/{number}/end-sessions")
def end_sessions(request: Request, desk: DeskDep, session: SenderDep, number: int) -> Response:
    """Signed out everywhere."""
    People(desk.accounts).end_sessions(number, desk.clock(), session.account.actor())
    return _to(request, number)


@router.post("/{number}/invite-again")
def invite_again(request: Request, pages: PagesDep, desk: DeskDep, session: SenderDep, number: int) -> Response:
    """Another invitation; the one before is worthless."""
    people, by = People(desk.accounts), session.account.actor()
    secret = people.invite_again(number, desk.clock(), by)
    account = people.one(number, desk.clock(), by).account
    sent = _sent(request, desk, account.email or "", account.role, account.language, secret)
    return pages.render(request, person_page(desk, session, number, sent))


def _sent(request: Request, desk: Desk, email: str, role: DeskRole, language: str | None, secret: str) -> Sent:
    """The letter leaves in the language of the newcomer; where it cannot, the link is shown to be passed on."""
    path = f"/invitation/{secret}"
    if desk.post is None:
        return Sent(email, False, f"{home_address(request)}/desk{path}")
    with speaking(Language(language or spoken())):
        link = desk.post.link(path)
        left = send_invitation(desk.post, email, link, role_name(role), desk.clock())
    return Sent(email, left, "" if left else link)


def _to(request: Request, number: int) -> Response:
    return RedirectResponse(site_of(request).url(f"/desk/people/{number}"), 303)
