"""`/v1/desk/questions` and `/v1/desk/corrections`: what people should look at, by the same rules as on the pages."""

from math import ceil
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from api.deps import ServiceDep
from api.desk.asked import question, questions_of
from api.desk.correction_views import built, record_of
from api.desk.programs.acting import READ_ERRORS, STEP_ERRORS, WRITE_ERRORS, tag
from api.desk.programs.key import ReaderDep, WriterDep
from api.desk.programs.question_shapes import (
    NewCorrection,
    QuestionAnswer,
    QuestionList,
    Said,
    answer_of,
    row_of,
)
from api.desk.programs.schemas import DeskRecord
from api.desk.programs.shapes import record_of as shown
from api.desk.service import Desk
from api.desk.session import DeskDep
from api.errors import InvalidFieldError
from api.schemas import Wire
from corpus.desk.deciding import Answer, Asked, Change, correct, correction_at, path_of, settle
from corpus.desk.fields import field_at, fields_of
from corpus.desk.items import Seen
from corpus.desk.questions import IssueKind, IssueState
from corpus.desk.queue import Entry, Queue

router = APIRouter(prefix="/v1/desk", tags=["desk"], responses=READ_ERRORS)

PAGE = 100
"""Questions on one page of a list."""
_ERRORS = {**WRITE_ERRORS, 409: STEP_ERRORS[409]}
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Id of the question, as the list has it.")]


class Wanted(Wire):
    """Which questions."""

    kind: IssueKind | None = None
    state: IssueState | None = None
    country: str | None = Query(None, min_length=2, max_length=4, description="Two letters, such as LT, or EU27.")
    source: str | None = Query(None, max_length=64)
    record: str | None = Query(None, max_length=512, description="Id of a record.")
    page: int = Query(1, ge=1, le=100_000)

    def keeps(self, entry: Entry) -> bool:
        """Whether a question is among them."""
        one = entry.question
        return (
            self.kind in (None, one.kind)
            and self.state in (None, entry.state)
            and (self.country is None or self.country in one.countries)
            and (self.source is None or self.source in one.sources)
            and self.record in (None, one.record)
        )


@router.get("/questions", summary="Questions to people")
def questions(
    wanted: Annotated[Wanted, Query()],
    desk: DeskDep,
    service: ServiceDep,
    program: ReaderDep,  # noqa: ARG001
) -> QuestionList:
    """What sources disagree on, what was not understood, and what is told differently since somebody decided."""
    found = [entry for entry in Queue(desk.items.engine).entries(questions_of(service)) if wanted.keeps(entry)]
    rows = [row_of(entry) for entry in found[(wanted.page - 1) * PAGE : wanted.page * PAGE]]
    return QuestionList(total=len(found), page=wanted.page, pages=ceil(len(found) / PAGE), rows=rows)


@router.get("/questions/{issue}", summary="A question with all that was said of it")
def one(issue: Id, desk: DeskDep, service: ServiceDep, program: ReaderDep) -> QuestionAnswer:  # noqa: ARG001
    """What each source says in its words, and every decision."""
    queue = Queue(desk.items.engine)
    return answer_of(queue.entries([question(service, issue)])[0], queue.decisions(issue))


@router.post(
    "/questions/{issue}/decisions",
    status_code=201,
    responses=_ERRORS,
    summary="Decide a question",
)
def decide(issue: Id, said: Said, desk: DeskDep, service: ServiceDep, program: WriterDep) -> QuestionAnswer:
    """A value becomes a correction that somebody else reviews. Who was slower is told, and nothing is written."""
    found = question(service, issue)
    asked = Asked(found, built(service, found.record), questions_of(service))
    answer = Answer(said.verdict, said.ground(), said.seen, said.quote, said.value, _seen(desk, asked))
    settle(desk.items, program.actor, asked, answer, desk.clock())
    return one(issue, desk, service, program)


def _seen(desk: Desk, asked: Asked) -> Seen | None:
    """The correction that the field has: `seen` says whether anything happened to the question since."""
    path = path_of(asked.record, asked.question) if asked.record else None
    known = correction_at(desk.items, asked.question.record, path) if path else None
    return Seen(known.id, known.revision) if known else None


@router.post("/corrections", status_code=201, responses=_ERRORS, summary="Correct a field of a record")
def correction(
    new: NewCorrection, desk: DeskDep, service: ServiceDep, program: WriterDep, response: Response
) -> DeskRecord:
    """The value is checked by the rules of the record and submitted. Its address is in `Location`."""
    record = record_of(service, new.record)
    field = field_at(record, new.field)
    if field is None or field.path != new.field:
        raise InvalidFieldError("field", f"possible are: {', '.join(one.path for one in fields_of(record))}")
    known = correction_at(desk.items, record.id, field.path)
    seen = Seen(known.id, known.revision) if known else None
    change = Change(new.field, new.value, new.ground(), seen=seen)
    item = correct(desk.items, program.actor, record, change, questions_of(service), desk.clock())
    response.headers["Location"] = f"/v1/desk/records/{item.id}"
    tag(response, item)
    return shown(item, desk.items.versions(item.id)[-1].content, program.actor)
