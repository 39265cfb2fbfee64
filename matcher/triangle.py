"""The triangle of a practice: who paid for it, by which call, and which open or planned call follows that one."""

import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from corpus.messages import gettext as _
from corpus.model import Call, Practice
from corpus.vocab import CallStatus
from matcher.answer import Payer, Successor
from matcher.lands import sole_country
from matcher.once import once
from matcher.states import status_of

MOST = 2
"""Successors named at most for a practice."""
_AHEAD = (CallStatus.OPEN, CallStatus.PLANNED, CallStatus.FORTHCOMING)
_Names = dict[Hashable, list[int]]


@dataclass(frozen=True, slots=True)
class Ahead:
    """Calls that can be applied for now or later, by what makes one of them follow a payment, the surest first.

    Each of `by` gives places in `calls` for a name: of the call that paid, of a call that is followed or replaced, of
    the programme, of a fund with the only country.
    """

    calls: tuple[Call, ...] = ()
    by: tuple[_Names, _Names, _Names, _Names] = ({}, {}, {}, {})

    def following(self, practice: Practice) -> list[tuple[int, Call]]:
        """Calls that come after those that paid for a practice, each with its place in `_reasons`."""
        country = practice.places[0].country
        levels: dict[int, int] = {}
        for paid in practice.paid_by:
            names = (paid.call, paid.call, paid.programme, (paid.fund, country))
            for level, (places, name) in enumerate(zip(self.by, names, strict=True)):
                for place in places.get(name, ()):
                    levels[place] = min(level, levels.get(place, level))
        return [(level, self.calls[place]) for level, place in sorted((at, place) for place, at in levels.items())]


def ahead(calls: Iterable[Call], now: dt.datetime) -> Ahead:
    """Those of the calls that can be applied for now or later."""
    chosen = tuple(call for call in calls if status_of(call, now) in _AHEAD)
    by: tuple[_Names, _Names, _Names, _Names] = ({}, {}, {}, {})
    for place, call in enumerate(chosen):
        for names, found in zip(by, _followed(call), strict=True):
            for name in found:
                names.setdefault(name, []).append(place)
    return Ahead(chosen, by)


def _followed_by(call: Call) -> tuple[tuple[Hashable, ...], ...]:
    country = sole_country(call)
    links = (link.target for link in call.relations if link.kind in ("follows", "replaces"))
    programme = (call.programme,) if call.programme is not None else ()
    home = dict.fromkeys((fund, country) for fund in call.funds) if country is not None else ()
    return (call.id,), tuple(dict.fromkeys(links)), programme, tuple(home)


_followed = once(_followed_by)
"""What a call comes after, by the names of `Ahead`."""


def _payers(practice: Practice) -> tuple[Payer, ...]:
    return tuple(
        Payer(fund=paid.fund, payer=paid.payer, programme=paid.programme, call=paid.call) for paid in practice.paid_by
    )


payers = once(_payers)
"""Who paid for a practice, as far as its record says."""


def successors(practice: Practice, calls: Ahead, now: dt.datetime) -> tuple[Successor, ...]:
    """Which of the calls ahead come after those that paid, the surest first."""
    return tuple(_successor(call, level, now) for level, call in calls.following(practice)[:MOST])


def _reasons() -> tuple[str, ...]:
    """Why a call follows, the surest first."""
    return (
        _("the call that paid can be applied for again"),
        _("follows or replaces the call that paid"),
        _("of the programme that paid"),
        _("of the fund that paid, in the same country"),
    )


def _successor(call: Call, level: int, now: dt.datetime) -> Successor:
    status = status_of(call, now)
    return Successor(id=call.id, title=call.text(call.title), url=call.url, status=status, why=_reasons()[level])
