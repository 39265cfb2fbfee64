"""Pages of corrections: choose the field of a record, write what is right, and send it to somebody who looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import PagesDep, ServiceDep
from api.desk.asked import questions_of
from api.desk.correction_form import CorrectionForm, value_of
from api.desk.correction_views import correct_page, correctable, correction_page, record_of
from api.desk.service import Desk
from api.desk.session import DeskDep, SenderDep, Session, SessionDep
from api.site import site_of
from corpus.desk.deciding import Change, correct
from corpus.desk.errors import ConflictError, ContentError, WrongStateError
from corpus.desk.fields import at, plain
from corpus.desk.items import Seen
from corpus.desk.questions import Question
from corpus.desk.rows import Item
from corpus.model import RecordBase

router = APIRouter(prefix="/{language}/desk/correct", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of a record."""

    record: RecordBase
    path: str


def get_spot(service: ServiceDep, record_id: str, path: str) -> Spot:
    """The field of the address.

    Raises:
        NotFoundError: there is no such record, or no such field.
    """
    return Spot(record_of(service, record_id), correctable(record_of(service, record_id), path).path)


SpotDep = Annotated[Spot, Depends(get_spot)]


@router.get("/{record_id}")
def choose(request: Request, pages: PagesDep, service: ServiceDep, session: SessionDep, record_id: str) -> Response:  # noqa: ARG001  only for those who are signed in
    """The fields of a record with their values."""
    return pages.render(request, correct_page(record_of(service, record_id)))


@router.get("/{record_id}/{path}")
def ask(request: Request, pages: PagesDep, desk: DeskDep, session: SessionDep, spot: SpotDep) -> Response:
    """The form of one field."""
    return pages.render(request, correction_page(desk, session, spot.record, spot.path))


@router.post("/{record_id}/{path}")
def send(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    service: ServiceDep,
    session: SenderDep,
    spot: SpotDep,
    form: Annotated[CorrectionForm, Form()],
) -> Response:
    """The correction is begun and submitted; where it breaks a rule, the form says which."""
    try:
        item = _proposed(desk, session, spot, form, questions_of(service))
    except ContentError as error:
        problems, status = {name.removeprefix("source."): text for name, text in error.fields.items()}, 422
    except (ConflictError, WrongStateError) as error:
        problems, status = {"record": str(error)}, 409
    else:
        return RedirectResponse(site_of(request).url(f"/desk/{item.id}"), 303)
    return pages.render(request, correction_page(desk, session, spot.record, spot.path, form, problems), status)


def _proposed(desk: Desk, session: Session, spot: Spot, form: CorrectionForm, asked: Sequence[Question]) -> Item:
    """The correction, with its answer to every question about the field.

    Raises:
        DeskError: see `corpus.desk.deciding`.
    """
    record, path = spot.record, spot.path
    value = value_of(correctable(record, path), form, at(plain(record), path))
    seen = Seen(form.item, form.revision) if form.item else None
    change = Change(path, value, form.ground, seen=seen)
    return correct(desk.items, session.account.actor(), record, change, asked, desk.clock())
