"""Corrections made from a decision: the value, what it was made from, and the same way to the public as all work.

Who decides writes a correction of one field and submits it; somebody else approves it. A field of a record has one
correction at most: a later decision is a new version of it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from corpus.desk.content import Content, Correction, ItemKind, correction_of
from corpus.desk.effect import applied
from corpus.desk.errors import ConflictError, ContentError, DeskError
from corpus.desk.fields import at, field_at, plain
from corpus.desk.items import Items, Seen
from corpus.desk.questions import CORRECTS, Question, Verdict
from corpus.desk.queue import Queue, Saying, of_one_fact
from corpus.desk.reach import countries_of, country_for
from corpus.desk.rights import Action, Actor
from corpus.desk.rows import Item, item_of
from corpus.desk.workflow import State
from corpus.desk_tables import item as t
from corpus.model import RecordBase

REOPENED = "decision_reopened"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a value is right, and where that can be read."""

    reason: str
    url: str
    read_on: str
    title: str = ""

    def source(self) -> dict[str, str]:
        """As corrections keep it."""
        kept = {"url": self.url.strip(), "read_on": self.read_on.strip(), "title": self.title.strip()}
        return {"key": "decision", "method": "curated"} | {name: value for name, value in kept.items() if value}


def correction_at(items: Items, record: str, path: str) -> Item | None:
    """The correction of a field of a record, wherever it stands; None where nobody began one."""
    with items.engine.connect() as connection:
        query = select(t).where(t.c.kind == ItemKind.CORRECTION.value, t.c.record_id == record, t.c.part == path)
        row = connection.execute(query).first()
        return item_of(row) if row else None


def path_of(record: RecordBase, question: Question) -> str | None:
    """The path at which a question is decided; None where its fact cannot be written down as one value."""
    if not question.field:
        return None
    field = field_at(record, question.field)
    if field is not None:
        return field.path
    return question.field if any(quote.data is not None for quote in question.quotes) else None


def told(items: Items, record: RecordBase, path: str, asked: Iterable[Question]) -> Any:
    """What the sources tell at a path, whatever people decided: a decision is made from that."""
    for question in asked:
        if question.record == record.id and question.field == path and question.first.code == REOPENED:
            return question.first.quotes[-1].data
    public = next((c for c in _public(items, record.id) if path in c.values), None)
    return public.made_from.get(path) if public else at(plain(record), path)


def chosen(record: RecordBase, question: Question, number: int) -> Any:
    """The value that one of the quotes of a question gives to the record.

    Raises:
        ContentError: the quote has none that could be taken over.
    """
    quotes, path = question.quotes, path_of(record, question)
    if path is None or not 0 <= number < len(quotes) or quotes[number].data is None:
        raise ContentError({"value": "this value cannot be taken over as it is: write it down"})
    if number == 0:
        return at(plain(record), path)
    rest = question.field.removeprefix(path).removeprefix(".")
    return _into(at(plain(record), path), quotes[number].data, rest) if rest else quotes[number].data


def _into(present: Any, other: Any, name: str) -> Any:
    """The entries of the record with what another telling says of one part of each."""
    if not isinstance(present, list) or not isinstance(other, list):
        return other
    known = {(entry.get("name"), entry.get("country")): entry.get(name) for entry in other}
    return [{**entry, name: known.get((entry.get("name"), entry.get("country")), entry.get(name))} for entry in present]


def correction(
    actor: Actor, record: RecordBase, values: dict[str, Any], made_from: dict[str, Any], ground: Ground
) -> Content:
    """The content of a correction.

    Raises:
        ContentError: the record would break a rule, or reason or source are missing; names the fields.
    """
    text: Content = {"record": record.id, "values": values, "made_from": made_from, "reason": ground.reason.strip()}
    text |= {"source": ground.source(), "title": record.text(record.title)}
    country = country_for(actor.countries, countries_of(record))
    if country is not None and country in countries_of(record):
        text["country"] = country
    _check_ground(ground)
    made = correction_of(text)
    try:
        applied(record, made)
    except ContentError as error:
        raise ContentError({"value": str(error)}) from error
    return text


def _check_ground(ground: Ground) -> None:
    problems = {}
    if not ground.reason.strip():
        problems["reason"] = "say why: the others are owed a reason"
    if not ground.url.strip().startswith(("http://", "https://")):
        problems["url"] = "give the whole address of the page that says so, such as https://calls.example.org/open"
    try:
        dt.date.fromisoformat(ground.read_on.strip())
    except ValueError:
        problems["read_on"] = "give the day on which you read the page, such as 2026-11-23"
    if problems:
        raise ContentError(problems)


def propose(items: Items, actor: Actor, text: Content, seen: Seen | None, now: dt.datetime) -> Item:
    """Begin a correction, or write a new version of the one that the field has, and submit it.

    Args:
        items: records of the desk.
        actor: who proposes.
        text: the content, as `correction` makes it.
        seen: the correction of this field that the person saw; None where there was none.
        now: when.

    Raises:
        ConflictError: somebody began or changed one since.
        NotAllowedError, WrongStateError, ContentError: see `Items`.
    """
    path = ",".join(text["values"])
    known = correction_at(items, text["record"], path)
    if (known.id if known else None) != (seen.item if seen else None):
        raise ConflictError("somebody began a correction of this field after you opened the page: look at theirs")
    if known is None or seen is None:
        item = items.begin(actor, ItemKind.CORRECTION, path, text, now)
    else:
        action = Action.RESTORE if known.standing.state is State.ARCHIVED else Action.EDIT
        item = items.act(actor, action, seen, now, text["reason"], text)
    return items.act(actor, Action.SUBMIT, Seen(item.id, item.revision), now)


@dataclass(frozen=True, slots=True)
class Change:
    """Another value for a field: why, and the correction of the field that the person saw, if there was one."""

    path: str
    value: Any
    ground: Ground
    verdict: Verdict = Verdict.ANOTHER
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says of a question.

    Attributes:
        verdict: what is right.
        ground: why, and where that can be read; without an address that of the value that is taken.
        seen: how many decisions on the question the person saw.
        quote: number of the value that `OTHER` takes.
        value: what `ANOTHER` takes.
        correction: the correction of the field that the person saw, if there was one.
    """

    verdict: Verdict
    ground: Ground
    seen: int
    quote: int = 0
    value: Any = None
    correction: Seen | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its record, and all questions of the snapshot: a decided field can answer several."""

    question: Question
    record: RecordBase | None
    all: Sequence[Question]


def settle(items: Items, actor: Actor, asked: Asked, answer: Answer, now: dt.datetime) -> Item | None:
    """Decide a question.

    Returns:
        The correction that was submitted, or None where the answer needs none.

    Raises:
        ContentError: reason or source are missing, or the value breaks a rule of the record.
        ConflictError: somebody decided, or began a correction, after the person had looked.
        NotAllowedError, WrongStateError: see `Items`.
    """
    queue = Queue(items.engine)
    if answer.verdict not in CORRECTS:
        queue.decide(actor, [asked.question], answer.seen, Saying(answer.verdict, answer.ground.reason), now)
        return None
    if len(queue.decisions(asked.question.id)) != answer.seen:
        raise ConflictError("somebody decided this after you opened it: look at what they said")
    record, path = asked.record, path_of(asked.record, asked.question) if asked.record else None
    if record is None or path is None:
        raise ContentError({"answer": "no single value of a record answers this"})
    another = answer.verdict is Verdict.ANOTHER
    value = answer.value if another else chosen(record, asked.question, answer.quote)
    ground = answer.ground if another else _with_address(answer, asked.question)
    change = Change(path, value, ground, answer.verdict, answer.correction)
    return correct(items, actor, record, change, asked.all, now)


def correct(
    items: Items, actor: Actor, record: RecordBase, change: Change, all_: Sequence[Question], now: dt.datetime
) -> Item:
    """Propose a value for a field, and answer with it every question about that field.

    Raises:
        DeskError: see `correction` and `propose`.
    """
    before = {change.path: told(items, record, change.path, all_)}
    text = correction(actor, record, {change.path: change.value}, before, change.ground)
    item = propose(items, actor, text, change.seen, now)
    queue = Queue(items.engine)
    for question in of_one_fact(all_, record.id, change.path):
        saying = Saying(change.verdict, change.ground.reason, item.id)
        with suppress(DeskError):  # one that somebody else decides in this moment stays theirs
            queue.decide(actor, [question], len(queue.decisions(question.id)), saying, now)
    return item


def _with_address(answer: Answer, question: Question) -> Ground:
    quote = question.quotes[answer.quote] if answer.quote < len(question.quotes) else None
    return replace(answer.ground, url=answer.ground.url.strip() or (quote.url if quote else ""))


def _public(items: Items, record: str) -> list[Correction]:
    return [correction_of(text) for item, text in items.published() if item.record_id == record and "values" in text]
