"""Pages of a practice and of a programme, each with what it leads to."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from api.near import calls_of_programme, paying_today, practices_of_programme
from api.rows import CallRow, PracticeRow, practice_row
from api.schemas import PracticeAnswer, ProgrammeAnswer
from api.views.foreign import foreign_titles
from api.views.past import EventShown, past
from corpus.formats import day, money, month
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call, Period, Programme
from corpus.snapshot import Snapshot
from corpus.vocab import Language
from matcher.answer import Successor

YEAR, MONTH = 4, 7
"""Characters of a date that is known to the year, and to the month."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Who paid for a practice, with the call and the programme where they have a page here."""

    name: str
    amount: str
    call: str | None
    call_title: str
    programme: str | None
    programme_title: str


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A practice."""

    template: ClassVar[str] = "practice.html"

    answer: PracticeAnswer
    row: PracticeRow
    when: str
    payments: tuple[Payment, ...]
    today: tuple[Successor, ...]
    """Calls that pay for this today."""
    past: tuple[EventShown, ...]
    foreign: dict[str, Language]
    """Titles that are not in the language of the page."""


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme."""

    template: ClassVar[str] = "programme.html"

    answer: ProgrammeAnswer
    calls: tuple[CallRow, ...]
    practices: tuple[PracticeRow, ...]
    past: tuple[EventShown, ...]
    foreign: dict[str, Language]
    """Its title, where that is not in the language of the page."""


def practice_page(answer: PracticeAnswer, snapshot: Snapshot, now: dt.datetime) -> PracticePage:
    """The page of a practice."""
    practice = answer.practice
    payments, today = _payments(answer, snapshot), paying_today(snapshot, practice, now)
    return PracticePage(
        answer=answer,
        row=practice_row(practice, spoken()),
        when=period(practice.period),
        payments=payments,
        today=today,
        past=past(answer.history),
        foreign=foreign_titles([*((then.id, then.title) for then in today), *_named(payments)], snapshot.get),
    )


def programme_page(answer: ProgrammeAnswer, snapshot: Snapshot, now: dt.datetime) -> ProgrammePage:
    """The page of a programme."""
    name = answer.programme.id
    calls, practices = calls_of_programme(snapshot, name, now), practices_of_programme(snapshot, name)
    title = answer.programme.text(answer.programme.title, spoken())
    return ProgrammePage(answer, calls, practices, past(answer.history), foreign_titles([(name, title)], snapshot.get))


def _named(payments: Iterable[Payment]) -> Iterator[tuple[str, str]]:
    """Ids and titles of what paid."""
    for paid in payments:
        yield from ((name, title) for name, title in ((paid.call, paid.call_title),) if name)
        yield from ((name, title) for name, title in ((paid.programme, paid.programme_title),) if name)


def _payments(answer: PracticeAnswer, snapshot: Snapshot) -> tuple[Payment, ...]:
    payments = []
    for paid in answer.practice.paid_by:
        call, programme = (snapshot.get(name) if name else None for name in (paid.call, paid.programme))
        known_call, known_programme = isinstance(call, Call), isinstance(programme, Programme)
        names = [name for name in (paid.payer, str(paid.fund) if paid.fund else None) if name]
        payments.append(
            Payment(
                name=", ".join(names),
                amount=money(paid.amount) if paid.amount else "",
                call=paid.call if known_call else None,
                call_title=call.text(call.title, spoken()) if call and known_call else "",
                programme=paid.programme if known_programme else None,
                programme_title=programme.text(programme.title, spoken()) if programme and known_programme else "",
            )
        )
    return tuple(payments)


def period(when: Period) -> str:
    """From when to when something ran, as exactly as it is known; empty where neither is."""
    start, end = (_date(text) if text else "" for text in (when.start, when.end))
    if start and end:
        return _("{start} to {end}", start=start, end=end) if start != end else start
    if start:
        return _("since {start}", start=start) if when.ongoing else _("from {start}, end not known", start=start)
    return _("until {end}", end=end) if end else ""


def _date(text: str) -> str:
    if len(text) == YEAR:
        return text
    date = dt.date.fromisoformat(text if len(text) > MONTH else f"{text}-01")
    return day(date) if len(text) > MONTH else month(date)
