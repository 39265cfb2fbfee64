"""Help while somebody writes: a check of the text, and keeping what was typed."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from api.deps import PagesDep, ServiceDep
from api.desk.aside import aside_of, kept_words
from api.desk.form import PracticeForm
from api.desk.help import HelpForm, help_for, taken_over
from api.desk.service import Desk
from api.desk.session import DeskDep, SenderDep, Session, SessionDep
from api.desk.views import edit_page
from api.errors import NotFoundError
from api.site import site_of
from corpus.desk.rights import Action, check_right
from corpus.desk.unsent import NEW, UnsentForms
from corpus.messages import gettext as _

router = APIRouter(prefix="/{language}/desk", include_in_schema=False)

Filled = Annotated[HelpForm, Form()]


@router.post("/help")
def help_panel(
    request: Request, pages: PagesDep, desk: DeskDep, service: ServiceDep, session: SenderDep, form: Filled
) -> Response:
    """The panel alone, for the script."""
    _check_number(desk, session, form.number)
    return pages.render(request, help_for(desk, service, form))


@router.post("/check")
def check(
    request: Request, pages: PagesDep, desk: DeskDep, service: ServiceDep, session: SenderDep, form: Filled
) -> Response:
    """The form again, with what helps; a suggestion that was pressed is ticked, and nothing else is changed."""
    _check_number(desk, session, form.number)
    form = taken_over(form)
    number = form.number or None
    aside = aside_of(desk, session.account, number, help_=help_for(desk, service, form), shown=True)
    return pages.render(request, edit_page(session, form, number, aside=aside))


@router.post("/keep")
def keep_new(desk: DeskDep, session: SenderDep, form: Filled) -> Response:
    """Keep what was typed of a record that was not begun yet."""
    return _keep(desk, session, form, NEW)


@router.post("/{number}/keep")
def keep(desk: DeskDep, session: SenderDep, number: int, form: Filled) -> Response:
    """Keep what was typed of a record; says whether somebody changed the record meanwhile."""
    return _keep(desk, session, form, number)


def _keep(desk: Desk, session: Session, form: HelpForm, number: int) -> Response:
    now, slower = desk.clock(), False
    if number != NEW:
        _check_number(desk, session, number)
        slower = desk.items.get(number).revision != form.revision
    typed = form.model_dump(exclude={"number", "take"})
    UnsentForms(desk.items.engine).keep(session.account.id, number, typed, form.revision, now)
    words = kept_words(now)
    if slower:
        words = _("Somebody changed this record meanwhile. Your text is kept; when you save it you will see both.")
    return JSONResponse({"words": words, "changed": slower})


@router.get("/unsent")
def go_on_new(request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep) -> Response:
    """The form of a new record, as it was left."""
    return _go_on(request, pages, desk, session, NEW)


@router.get("/{number}/unsent")
def go_on(request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep, number: int) -> Response:
    """The form of a record, as it was left: with the revision that it was begun from."""
    _check_number(desk, session, number)
    return _go_on(request, pages, desk, session, number)


def _go_on(request: Request, pages: PagesDep, desk: Desk, session: Session, number: int) -> Response:
    left = UnsentForms(desk.items.engine).of(session.account.id, number)
    if left is None:
        raise NotFoundError("nothing was left here")
    form = PracticeForm.model_validate(left.form)
    aside = aside_of(desk, session.account, number or None, shown=True)
    return pages.render(request, edit_page(session, form, number or None, aside=aside))


@router.post("/forget")
def forget_new(request: Request, desk: DeskDep, session: SenderDep) -> Response:
    """What was left of a new record is not wanted."""
    UnsentForms(desk.items.engine).drop(session.account.id, NEW)
    return RedirectResponse(site_of(request).url("/desk/new"), 303)


@router.post("/{number}/forget")
def forget(request: Request, desk: DeskDep, session: SenderDep, number: int) -> Response:
    """What was left of a record is not wanted."""
    UnsentForms(desk.items.engine).drop(session.account.id, number)
    return RedirectResponse(site_of(request).url(f"/desk/{number}/edit"), 303)


def _check_number(desk: Desk, session: Session, number: int) -> None:
    """Nobody asks about, or keeps text of, a record that they may not change."""
    if number != NEW:
        check_right(session.account.actor(), Action.EDIT, desk.items.get(number).scope)
