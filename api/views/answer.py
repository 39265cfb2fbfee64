"""An answer on a page: cards in an order, filters with counts, and what helps where nothing is left."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from api.forms import FILTERS, AskForm
from api.rows import CallRow, call_row
from api.views.facets import Facet, facets, kept
from api.views.foreign import Get, foreign_notes, foreign_parts, foreign_titles, titles_in
from corpus.messages import gettext as _
from corpus.messages import pgettext, spoken
from corpus.model import Call
from corpus.vocab import Language
from matcher.answer import Answer, CallMatch

AT_FIRST = 10
"""Cards that are shown before "show all"."""


@dataclass(frozen=True, slots=True)
class CallCard:
    """A call of an answer: why it was found, and its row as lists and files have it."""

    match: CallMatch
    row: CallRow
    programme: str | None
    """Title of its programme, in the spoken language where it has that."""


@dataclass(frozen=True, slots=True)
class Active:
    """A filter in use, and how many calls there were without it."""

    name: str
    label: str
    without: int


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort the cards."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What the page shows of an answer."""

    answer: Answer
    cards: tuple[CallCard, ...]
    found: int
    """Calls of the answer before any filter."""
    left: int
    """Calls that pass the filters; more than `cards` while not all are shown."""
    facets: tuple[Facet, ...]
    active: tuple[Active, ...]
    orders: tuple[Order, ...]
    foreign: dict[str, Language]
    """Texts that are not in the language of the page."""


def answer_view(answer: Answer, form: AskForm, get: Get, now: dt.datetime) -> AnswerView:
    """The answer as the form filters and sorts it; `get` gives a record by its id."""
    get = cache(get)  # a record is read once for its card, for what names it, and for its language
    cards = [
        CallCard(match, call_row(call, now, spoken()), _programme(get, call))
        for match in answer.calls
        if (call := _call(get, match.id))
    ]
    chosen = {name: value for name in FILTERS if (value := getattr(form, name))}
    left = sorted((card for card in cards if kept(card.match, card.row, chosen)), key=_keys()[_sort(form)])
    rows = [(card.match, card.row) for card in cards]
    shown = left if form.more else left[:AT_FIRST]
    shelves = facets(rows, chosen)
    return AnswerView(
        answer=answer,
        cards=tuple(shown),
        found=len(cards),
        left=len(left),
        facets=shelves,
        active=_active(cards, chosen, shelves),
        orders=_orders(form),
        foreign=_foreign(answer, get),
    )


def _foreign(answer: Answer, get: Get) -> dict[str, Language]:
    calls = [call for match in answer.calls if (call := _call(get, match.id))]
    programmes = [(call.programme, title) for call in calls if call.programme and (title := _programme(get, call))]
    found = foreign_titles([*titles_in(answer), *programmes], get)
    for call in calls:
        found |= foreign_notes(call)
    return found | foreign_parts(answer)


def _call(get: Get, record_id: str) -> Call | None:
    record = get(record_id)
    return record if isinstance(record, Call) else None


def _programme(get: Get, call: Call) -> str | None:
    record = get(call.programme) if call.programme else None
    return record.text(record.title, spoken()) if record else None


def _active(cards: Sequence[CallCard], chosen: dict[str, str], shelves: Sequence[Facet]) -> tuple[Active, ...]:
    active = []
    for name, value in chosen.items():
        others = {key: code for key, code in chosen.items() if key != name}
        without = sum(kept(card.match, card.row, others) for card in cards)
        facet = next(facet for facet in shelves if facet.name == name)
        words = next((option.label for option in facet.options if option.value == value), value)
        active.append(Active(name, _("{filter}: {value}", filter=facet.label, value=words), without))
    return tuple(active)


Key = tuple[bool, Decimal | int]


def _keys() -> dict[str, Callable[[CallCard], Key]]:
    """How cards are put in order; what is not known comes last."""
    return {
        "relevance": lambda card: (False, card.match.rank),
        "deadline": lambda card: _last(card.row.days_left),
        "amount": lambda card: _last(_amount(card.row), down=True),
        "rate": lambda card: _last(card.row.rate_max, down=True),
    }


def _last(value: Decimal | int | None, down: bool = False) -> Key:
    return (True, 0) if value is None else (False, -value if down else value)


def _amount(row: CallRow) -> Decimal | None:
    """Most that one project gets, in euro; another currency is not compared."""
    return row.grant_max.amount if row.grant_max and row.grant_max.currency == "EUR" else None


def _sort(form: AskForm) -> str:
    return form.sort if form.sort in _keys() else "relevance"


def _orders(form: AskForm) -> tuple[Order, ...]:
    names = {
        "relevance": pgettext("sort by", "relevance"),
        "deadline": pgettext("sort by", "next deadline"),
        "amount": pgettext("sort by", "largest grant"),
        "rate": pgettext("sort by", "highest EU share"),
    }
    return tuple(Order(value, name, value == _sort(form)) for value, name in names.items())
