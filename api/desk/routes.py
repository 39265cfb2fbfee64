"""Pages of the desk: sign in, the desk, a record, its form, and the steps."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from api.deps import PagesDep, ServiceDep
from api.desk.aside import aside_of
from api.desk.compared import changes
from api.desk.device import device_of
from api.desk.entry import said
from api.desk.form import PracticeForm, StepForm, content_of, slug
from api.desk.near import near_duplicates
from api.desk.service import Desk
from api.desk.session import COOKIE, DeskDep, SenderDep, Session, SessionDep, from_our_page, remember
from api.desk.views import (
    InvitationPage,
    SignInPage,
    desk_page,
    edit_page,
    form_of_item,
    item_page,
)
from api.site import site_of
from corpus.desk.content import ItemKind
from corpus.desk.errors import ConflictError, ContentError, SignInError, UnknownItemError
from corpus.desk.items import Seen
from corpus.desk.rights import Action, DeskRole
from corpus.desk.unsent import NEW, UnsentForms
from corpus.vocab import TargetGroup, Theme
from corpus.vocab.places import country_name

router = APIRouter(prefix="/{language}/desk", include_in_schema=False)

Word = Annotated[str, Form()]


class Begun(BaseModel):
    """What is said of a new record before it begins."""

    country: Annotated[str, Query(max_length=2)] = ""
    theme: list[Theme] = []
    group: list[TargetGroup] = []


_OURS = [Depends(from_our_page)]


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(site_of(request).url(path), 303)


def _sign_in_page(desk: Desk, code: str = "", email: str = "", problem: str = "") -> SignInPage:
    elsewhere = desk.provider.name if desk.provider else ""
    return SignInPage(email, problem, elsewhere, said(code, elsewhere))


@router.get("/sign-in")
def ask_name(request: Request, pages: PagesDep, desk: DeskDep) -> Response:
    """Name and password are asked for."""
    return pages.render(request, _sign_in_page(desk, request.query_params.get("said", "")))


@router.post("/sign-in", dependencies=_OURS)
def sign_in(request: Request, pages: PagesDep, desk: DeskDep, email: Word = "", password: Word = "") -> Response:
    """A session begins, or the page says that it does not."""
    try:
        secret = desk.accounts.sign_in(email, password, desk.clock(), device_of(request))
    except SignInError as error:
        return pages.render(request, _sign_in_page(desk, email=email, problem=str(error)), 401)
    answer = _to(request, "/desk")
    remember(request, answer, secret)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, desk: DeskDep, session: SenderDep) -> Response:
    """The session ends at once, wherever its cookie may be."""
    desk.accounts.sign_out(session.secret)
    answer = _to(request, "/")
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/invitation/{_secret}")
def invited(request: Request, pages: PagesDep, desk: DeskDep, _secret: str) -> Response:
    """Somebody opens an invitation; whether it is good is said when it is taken up."""
    return pages.render(request, InvitationPage(elsewhere=desk.provider.name if desk.provider else ""))


@router.post("/invitation/{secret}", dependencies=_OURS)
def accept(
    request: Request, pages: PagesDep, desk: DeskDep, secret: str, name: Word = "", password: Word = ""
) -> Response:
    """An account is ready, and its person signed in."""
    try:
        account = desk.accounts.accept(secret, name, password, desk.clock(), site_of(request).language)
    except ContentError as error:
        return pages.render(request, InvitationPage(name, error.fields), 422)
    except UnknownItemError:
        return pages.render(request, InvitationPage(gone=True), 410)
    answer = _to(request, "/desk")
    remember(request, answer, desk.accounts.sign_in(account.email or "", password, desk.clock(), device_of(request)))
    return answer


@router.get("")
def at_the_desk(request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep) -> Response:
    """What waits for somebody, and the rest."""
    return pages.render(request, desk_page(desk, session))


@router.get("/new")
def new(
    request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep, begun: Annotated[Begun, Query()]
) -> Response:
    """An empty form, or one for what is missing: a country, a theme, a target group."""
    form = PracticeForm(original_language=site_of(request).language, country=begun.country)
    form = form.model_copy(update={"themes": [*map(str, begun.theme)], "target_groups": [*map(str, begun.group)]})
    return pages.render(request, edit_page(session, form, aside=aside_of(desk, session.account, None)))


@router.post("/new")
def begin(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    service: ServiceDep,
    session: SenderDep,
    form: Annotated[PracticeForm, Form()],
) -> Response:
    """A draft begins."""
    try:
        _check_country(session, form)
        text = content_of(form)
        item = desk.items.begin(session.account.actor(), ItemKind.PRACTICE, slug(form.title), text, desk.clock())
    except ContentError as error:
        near = near_duplicates(service, form.title, form.summary)
        aside = aside_of(desk, session.account, None, shown=True)
        return pages.render(request, edit_page(session, form, problems=error.fields, near=near, aside=aside), 422)
    UnsentForms(desk.items.engine).drop(session.account.id, NEW)
    return _to(request, f"/desk/{item.id}")


@router.get("/{number}")
def record(
    request: Request, pages: PagesDep, desk: DeskDep, service: ServiceDep, session: SessionDep, number: int
) -> Response:
    """A record with all that was said and done."""
    return pages.render(request, item_page(desk, service, session, number))


@router.get("/{number}/edit")
def edit(
    request: Request, pages: PagesDep, desk: DeskDep, service: ServiceDep, session: SessionDep, number: int
) -> Response:
    """The form, filled in."""
    item, text = desk.items.get(number), desk.items.versions(number)[-1].content
    if item.kind is ItemKind.CORRECTION:
        return _to(request, f"/desk/correct/{item.record_id}/{item.part}")
    form = form_of_item(text, item)
    near = near_duplicates(service, form.title, form.summary, but=item.record_id)
    return pages.render(
        request, edit_page(session, form, number, near=near, aside=aside_of(desk, session.account, number))
    )


@router.post("/{number}/edit")
def change(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    session: SenderDep,
    number: int,
    form: Annotated[PracticeForm, Form()],
) -> Response:
    """Another version; where somebody was faster, both are shown and nothing is lost."""
    versions = desk.items.versions(number)
    aside = aside_of(desk, session.account, number, shown=True)
    try:
        _must_be_practice(desk, number)
        _check_country(session, form)
        text = content_of(form, versions[-1].content if versions else None)
        seen = Seen(number, form.revision)
        desk.items.act(session.account.actor(), Action.EDIT, seen, desk.clock(), form.reason, text)
    except ConflictError:
        item = desk.items.get(number)
        theirs = changes(text, versions[-1].content)
        mine = form.model_copy(update={"revision": item.revision})
        return pages.render(request, edit_page(session, mine, number, conflict=theirs, aside=aside), 409)
    except ContentError as error:
        return pages.render(request, edit_page(session, form, number, problems=error.fields, aside=aside), 422)
    UnsentForms(desk.items.engine).drop(session.account.id, number)
    return _to(request, f"/desk/{number}")


def _check_country(session: Session, form: PracticeForm) -> None:
    """Say at the field that the account does not work for its country: as a refusal, what was typed would be lost.

    Raises:
        ContentError: names the countries that it works for.
    """
    account = session.account
    if account.role is not DeskRole.ADMINISTRATOR and account.countries and form.country not in account.countries:
        names = ", ".join(sorted(map(country_name, account.countries)))
        raise ContentError({"country": f"this account works for {names}: choose a country that it works for"})


def _must_be_practice(desk: Desk, number: int) -> None:
    """Refuse the form of a practice for a correction, which has a form of its own.

    Raises:
        ContentError: names the form.
    """
    if desk.items.get(number).kind is ItemKind.CORRECTION:
        raise ContentError({"record": "this is a correction: it is changed in the form of its field"})


@router.post("/{number}/steps/{action}")
def take_step(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    session: SenderDep,
    number: int,
    action: Action,
    form: Annotated[StepForm, Form()],
) -> Response:
    """A step on the way of a record."""
    try:
        seen = Seen(number, form.revision)
        desk.items.act(session.account.actor(), action, seen, desk.clock(), form.reason)
    except ContentError as error:
        return pages.render(request, item_page(desk, request.app.state.service, session, number, error.fields), 422)
    return _to(request, f"/desk/{number}")


@router.post("/{number}/comments")
def say(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    session: SenderDep,
    number: int,
    field: Word = "",
    text: Word = "",
) -> Response:
    """A comment on a field, or on the whole."""
    try:
        desk.items.comment(session.account.actor(), number, field[:128], text, desk.clock())
    except ContentError as error:
        return pages.render(request, item_page(desk, request.app.state.service, session, number, error.fields), 422)
    return _to(request, f"/desk/{number}")
