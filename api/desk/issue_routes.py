"""Pages of questions: what sources disagree on or told differently, and what people say of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict

from api.deps import PagesDep, ServiceDep
from api.desk.asked import question, questions_of
from api.desk.correction_views import built
from api.desk.issue_views import Answer, Wanted, issue_page, issues_page
from api.desk.service import Desk
from api.desk.session import DeskDep, SenderDep, Session, SessionDep
from api.site import site_of
from api.state import Service
from corpus.desk.deciding import Answer as Said
from corpus.desk.deciding import Asked, Ground, settle
from corpus.desk.errors import ConflictError, ContentError, WrongStateError
from corpus.desk.items import Seen
from corpus.desk.questions import Question, Verdict

router = APIRouter(prefix="/{language}/desk/issues", include_in_schema=False)

Word = Annotated[str, Query(max_length=128)]


class DecisionForm(BaseModel):
    """What somebody says of a question: `answer` is a verdict, `other-1` takes the first of the other values."""

    model_config = ConfigDict(frozen=True)

    answer: str = ""
    seen: int = 0
    item: int = 0
    revision: int = 0
    reason: str = ""
    url: str = ""
    read_on: str = ""

    def verdict(self) -> tuple[Verdict, int]:
        """The verdict, and which of the values it takes.

        Raises:
            ContentError: nothing that can be said was chosen.
        """
        word, _, number = self.answer.partition("-")
        if word not in set(Verdict) - {Verdict.ANOTHER} or not (number or "0").isdecimal():
            raise ContentError({"answer": "choose an answer"})
        return Verdict(word), int(number or 0)


def wanted(kind: Word = "", country: Word = "", source: Word = "", state: Word = "", page: int = 1) -> Wanted:
    """Filters of the address.

    Raises:
        InvalidFieldError: names the filter that no list can have.
    """
    found = Wanted(kind, country, source, state, page)
    found.check()
    return found


@router.get("")
def every(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    service: ServiceDep,
    session: SessionDep,  # noqa: ARG001  only for those who are signed in
    wanted: Annotated[Wanted, Depends(wanted)],
) -> Response:
    """Questions with filters."""
    if any(not value.strip() for _name, value in request.query_params.multi_items()):
        query = wanted.query(page=wanted.page)
        return RedirectResponse(f"{request.url.path}{'?' if query else ''}{query}", 303)
    return pages.render(request, issues_page(desk, service, wanted))


@router.get("/{issue}")
def one(
    request: Request, pages: PagesDep, desk: DeskDep, service: ServiceDep, session: SessionDep, issue: str
) -> Response:
    """One question with what the sources say and what was decided."""
    return pages.render(request, issue_page(desk, service, session, question(service, issue)))


@router.post("/{issue}")
def decide(
    request: Request,
    pages: PagesDep,
    desk: DeskDep,
    service: ServiceDep,
    session: SenderDep,
    issue: str,
    form: Annotated[DecisionForm, Form()],
) -> Response:
    """A decision: a correction that goes to somebody else, or a word on the question."""
    asked = question(service, issue)
    try:
        number = _decided(desk, service, session, asked, form)
    except ContentError as error:
        problems, status = error.fields, 422
    except (ConflictError, WrongStateError) as error:
        problems, status = {"answer": str(error)}, 409
    else:
        return RedirectResponse(site_of(request).url(f"/desk/{number}" if number else f"/desk/issues/{issue}"), 303)
    kept = Answer(form.answer, form.reason, form.url, form.read_on)
    return pages.render(request, issue_page(desk, service, session, asked, kept, problems), status)


def _decided(desk: Desk, service: Service, session: Session, asked: Question, form: DecisionForm) -> int | None:
    """Number of the correction that came of it, or None.

    Raises:
        DeskError: see `corpus.desk.deciding.settle`.
    """
    verdict, number = form.verdict()
    known = Seen(form.item, form.revision) if form.item else None
    said = Said(verdict, Ground(form.reason, form.url, form.read_on), form.seen, number, correction=known)
    whole = Asked(asked, built(service, asked.record), questions_of(service))
    item = settle(desk.items, session.account.actor(), whole, said, desk.clock())
    return item.id if item else None
