"""The triangle of a practice: who paid for it, by which call, and which open or planned call follows that one."""

import datetime as dt
from collections.abc import Iterable, Sequence

from corpus.messages import gettext as _
from corpus.model import Call, PaidBy, Practice
from corpus.rules import expand_countries
from corpus.status import status_at
from corpus.vocab import CallStatus
from matcher.answer import Payer, Successor

MOST = 2
"""Successors named at most for a practice."""
_AHEAD = (CallStatus.OPEN, CallStatus.PLANNED, CallStatus.FORTHCOMING)


def ahead(calls: Iterable[Call], now: dt.datetime) -> list[Call]:
    """Calls that can be applied for now or later."""
    return [call for call in calls if status_at(call.timeline, now) in _AHEAD]


def payers(practice: Practice) -> tuple[Payer, ...]:
    """Who paid for a practice, as far as its record says."""
    return tuple(
        Payer(fund=paid.fund, payer=paid.payer, programme=paid.programme, call=paid.call) for paid in practice.paid_by
    )


def successors(practice: Practice, calls: Sequence[Call], now: dt.datetime) -> tuple[Successor, ...]:
    """Which of the calls ahead come after those that paid, the surest first."""
    country = practice.places[0].country
    found = []
    for place, call in enumerate(calls):
        levels = [level for paid in practice.paid_by if (level := _level(paid, call, country)) is not None]
        if levels:
            found.append((min(levels), place, call))
    found.sort(key=lambda item: item[:2])
    return tuple(_successor(call, level, now) for level, _, call in found[:MOST])


def _level(paid: PaidBy, call: Call, country: str) -> int | None:
    """How surely a call comes after a payment, as a place in `_reasons`; None: not at all."""
    if paid.call is not None and paid.call == call.id:
        return 0
    if any(link.kind in ("follows", "replaces") and link.target == paid.call for link in call.relations):
        return 1
    if paid.programme is not None and paid.programme == call.programme:
        return 2
    at_home = paid.fund in call.funds and call.geography is not None and bool(call.geography.countries)
    if at_home and call.geography and expand_countries(call.geography.countries) == {country}:
        return 3
    return None


def _reasons() -> tuple[str, ...]:
    """Why a call follows, the surest first."""
    return (
        _("the call that paid can be applied for again"),
        _("follows or replaces the call that paid"),
        _("of the programme that paid"),
        _("of the fund that paid, in the same country"),
    )


def _successor(call: Call, level: int, now: dt.datetime) -> Successor:
    status = status_at(call.timeline, now)
    return Successor(id=call.id, title=call.text(call.title), url=call.url, status=status, why=_reasons()[level])
