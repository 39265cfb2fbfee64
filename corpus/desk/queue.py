"""The queue of questions: what people decided, kept with what they decided it from.

Each decision of a question has the next number. Of two people who saw the same state one writes it, and the other is
told: nothing is overwritten.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, tuple_
from sqlalchemy.exc import IntegrityError

from corpus.desk import audit
from corpus.desk.errors import ConflictError, ContentError, NotAllowedError
from corpus.desk.questions import Decision, IssueState, Question, Verdict, state_of
from corpus.desk.reach import country_for
from corpus.desk.rights import Action, Actor, DeskRole, Scope, check_right
from corpus.desk.workflow import State
from corpus.desk_tables import decision as t
from corpus.desk_tables import item

DECIDE = "decide"
"""How decisions are called in the log."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with how it stands and the last decision on it."""

    question: Question
    state: IssueState
    last: Decision | None


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says of a question: `item` is the correction that came of it."""

    verdict: Verdict
    reason: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """The number of a decision, and when it is made."""

    number: int
    now: dt.datetime


class Queue:
    """Decisions in the database; the questions come with the snapshot."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in a database that `corpus.database.open_database` opened."""
        self._engine = engine

    def entries(self, questions: Iterable[Question]) -> list[Entry]:
        """Questions with how each stands."""
        last = self._last()
        found = [(question, last.get(question.id)) for question in questions]
        return [Entry(question, state_of(question, decision), decision) for question, decision in found]

    def decisions(self, issue: str) -> list[Decision]:
        """What was ever said of a question, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(_selected().where(t.c.issue == issue).order_by(t.c.number))
            return [_decision(row) for row in rows]

    def decide(self, actor: Actor, asked: Sequence[Question], seen: int, saying: Saying, now: dt.datetime) -> Decision:
        """Write down what somebody says of a question.

        Args:
            actor: who decides.
            asked: the question, and others that are answered with it.
            seen: how many decisions on the first the person saw.
            saying: what they say.
            now: when.

        Raises:
            NotAllowedError: the account may not, or works for other countries.
            ContentError: the reason is missing.
            ConflictError: somebody decided since; nothing was written.
        """
        if not saying.reason.strip():
            raise ContentError({"reason": "say why: the others are owed a reason"})
        for question in asked:
            check_decider(actor, question, saying.verdict)
        with self._engine.begin() as connection:
            if _count(connection, asked[0].id) != seen:
                raise _slower(asked[0])
            for question in asked:
                # The number follows from what was seen: of two who saw the same, one finds it taken.
                number = seen + 1 if question is asked[0] else _count(connection, question.id) + 1
                try:
                    _write(connection, actor, question, saying, Turn(number, now))
                except IntegrityError as error:
                    raise _slower(question) from error
        return self.decisions(asked[0].id)[-1]

    def _last(self) -> dict[str, Decision]:
        newest = select(t.c.issue, func.max(t.c.number)).group_by(t.c.issue)
        with self._engine.connect() as connection:
            rows = connection.execute(_selected().where(tuple_(t.c.issue, t.c.number).in_(newest)))
            return {row.issue: _decision(row) for row in rows}


def check_decider(actor: Actor, question: Question, verdict: Verdict) -> None:
    """Refuse who may not decide: closing a question without a correction, which others review, is for reviewers.

    Raises:
        NotAllowedError: names the role that is needed, or the limit of the account.
    """
    if verdict is Verdict.NOT_A_MISTAKE and not actor.at_least(DeskRole.REVIEWER):
        raise NotAllowedError(f"{verdict.value} needs the role reviewer; this account is {actor.role.value}")
    country = country_for(actor.countries, question.countries)
    check_right(actor, Action.COMMENT, Scope(country, actor.network, actor.account))


def of_one_fact(all_: Iterable[Question], record: str, path: str) -> Iterator[Question]:
    """Questions that are answered when the value at a path of a record is decided."""
    for question in all_:
        if record and question.record == record and f"{question.field}.".startswith(f"{path}."):
            yield question


def _slower(question: Question) -> ConflictError:
    return ConflictError(f"somebody decided {question.field or 'this'} after you opened it: look at what they said")


def _count(connection: Connection, issue: str) -> int:
    query = select(func.count()).select_from(t).where(t.c.issue == issue)
    return connection.execute(query).scalar_one()


def _write(connection: Connection, actor: Actor, question: Question, saying: Saying, turn: Turn) -> None:
    said = {"verdict": saying.verdict.value, "reason": saying.reason.strip(), "item": saying.item}
    made_from = {"issues": [issue.model_dump(mode="json", exclude_defaults=True) for issue in question.issues]}
    row = {"issue": question.id, "number": turn.number, "words": question.words, "made_from": made_from}
    connection.execute(insert(t).values(**row, **said, account=actor.account, at=turn.now))
    detail = {"issue": question.id, "verdict": saying.verdict.value, "reason": saying.reason.strip()}
    audit.record(connection, turn.now, actor.account, DECIDE, saying.item, **detail)


def _selected() -> Any:
    return select(t, item.c.state).outerjoin(item, item.c.id == t.c.item)


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        issue=row.issue,
        number=row.number,
        verdict=Verdict(row.verdict),
        words=row.words,
        made_from=row.made_from,
        reason=row.reason,
        account=row.account,
        at=row.at,
        item=row.item,
        state=State(row.state) if row.state else None,
    )
