"""Questions and corrections on the wire: what programs read of them, and what they say."""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.schemas import Wire
from corpus.desk.deciding import Ground
from corpus.desk.questions import Decision, IssueKind, IssueState, Verdict
from corpus.desk.queue import Entry
from corpus.desk.workflow import State

Why = Annotated[str, Field(max_length=4000, description="Why this is right; everybody reads it beside the value.")]
Address = Annotated[str, Field("", max_length=2000, description="Address of the page that says so.")]
Day = Annotated[dt.date | None, Field(None, description="The day on which somebody read that page.")]


class Told(Wire):
    """What one source says. The first of a question was believed."""

    source: str
    value: str
    words: str = Field(description="The words of the source, as far as they are kept.")
    url: str
    data: Any = Field(description="The value as records keep it; null where it cannot be taken over.")


class QuestionRow(Wire):
    """A question to people, without what was said of it."""

    id: str
    kind: IssueKind
    state: IssueState
    record: str | None
    field: str | None = Field(description="Path of the fact, such as `money.rate_max`.")
    countries: list[str]
    sources: list[str]
    messages: list[str]
    decisions: int = Field(description="How many there are; say it as `seen` when you decide.")


class DecisionRow(Wire):
    """What somebody said."""

    number: int
    verdict: Verdict
    reason: str
    account: int
    at: dt.datetime
    correction: int | None = Field(description="Number of the correction at the desk that came of it.")
    correction_state: State | None


class QuestionAnswer(QuestionRow):
    """A question with all that was said of it."""

    told: list[Told]
    decided: list[DecisionRow]


class QuestionList(Wire):
    """A page of questions."""

    total: int
    page: int
    pages: int
    rows: list[QuestionRow]


class Said(Wire):
    """A decision. `keep`, `other` and `another` become a correction, which somebody else reviews."""

    verdict: Verdict
    seen: int = Field(ge=0, description="How many decisions there were when you looked.")
    reason: Why
    quote: int = Field(1, ge=0, le=100, description="Which of `told` is right, with `other`; the first is 0.")
    value: Any = Field(None, description="What is right, with `another`, as records keep it.")
    url: Address
    read_on: Day

    def ground(self) -> Ground:
        """Why, and where it can be read."""
        return Ground(self.reason, self.url, self.read_on.isoformat() if self.read_on else "")


class NewCorrection(Wire):
    """A value for one field of a record, which somebody else reviews."""

    record: Annotated[str, StringConstraints(max_length=512)]
    field: Annotated[str, StringConstraints(max_length=128)] = Field(examples=["money.rate_max"])
    value: Any = Field(description="What is right, as records keep it; null: it is not known.", examples=["80"])
    reason: Why
    url: Address
    read_on: Day

    def ground(self) -> Ground:
        """Why, and where it can be read."""
        return Ground(self.reason, self.url, self.read_on.isoformat() if self.read_on else "")


def row_of(entry: Entry) -> QuestionRow:
    """A question in a list."""
    one = entry.question
    return QuestionRow(
        id=one.id,
        kind=one.kind,
        state=entry.state,
        record=one.record or None,
        field=one.field or None,
        countries=list(one.countries),
        sources=list(one.sources),
        messages=[issue.message for issue in one.issues],
        decisions=entry.last.number if entry.last else 0,
    )


def answer_of(entry: Entry, decisions: list[Decision]) -> QuestionAnswer:
    """A question with all that was said."""
    told = [
        Told(source=one.origin, value=one.value, words=one.words, url=one.url, data=one.data)
        for one in entry.question.quotes
    ]
    return QuestionAnswer(**row_of(entry).model_dump(), told=told, decided=[_decision(one) for one in decisions])


def _decision(one: Decision) -> DecisionRow:
    return DecisionRow(
        number=one.number,
        verdict=one.verdict,
        reason=one.reason,
        account=one.account,
        at=one.at,
        correction=one.item,
        correction_state=one.state,
    )
