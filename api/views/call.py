"""The page of a call: key data, can we apply, what it pays, dates, what others did, what goes with it, sources."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from api.forms import WhoForm
from api.near import (
    NearCall,
    NearPractice,
    combined_with,
    later_than,
    linked,
    practices_of,
    rules_of_combining,
)
from api.rows import CallRow, call_row
from api.schemas import CallAnswer
from api.views.ask import Choice, applicant_types, countries
from api.views.foreign import foreign_notes, foreign_titles
from api.views.past import EventShown, past
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call, Programme
from corpus.snapshot import Snapshot
from corpus.vocab import CallStatus, Language
from matcher.answer import Law


@dataclass(frozen=True, slots=True)
class Linked:
    """Another call that the record names."""

    how: str
    row: CallRow


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call."""

    template: ClassVar[str] = "call.html"

    answer: CallAnswer
    row: CallRow
    form: WhoForm
    errors: dict[str, str]
    types: list[Choice]
    countries: list[Choice]
    programme: str | None
    """Title of the programme, where it has a page."""
    practices: tuple[NearPractice, ...]
    combined: tuple[NearCall, ...]
    rules: tuple[Law, ...]
    """On double funding."""
    later: tuple[NearCall, ...]
    linked: tuple[Linked, ...]
    past: tuple[EventShown, ...]
    foreign: dict[str, Language]
    """Texts that are not in the language of the page."""

    @property
    def call(self) -> Call:
        """The record."""
        return self.answer.call

    @property
    def closed(self) -> bool:
        """Whether every cut-off has passed."""
        return self.answer.status is CallStatus.CLOSED

    @property
    def asked(self) -> bool:
        """Whether the page was asked for an applicant."""
        return any((self.form.applicant, self.form.country, self.form.population))


def call_page(
    answer: CallAnswer, form: WhoForm, snapshot: Snapshot, now: dt.datetime, errors: dict[str, str]
) -> CallPage:
    """The page of a call as it stands at a moment, for an applicant."""
    call = answer.call
    programme = snapshot.get(call.programme) if call.programme else None
    named = linked(snapshot, call, now)
    title = programme.text(programme.title, spoken()) if isinstance(programme, Programme) else None
    titles = foreign_titles([(call.programme, title)] if call.programme and title else [], snapshot.get)
    return CallPage(
        answer=answer,
        row=call_row(call, now, spoken()),
        form=form,
        errors=errors,
        types=applicant_types(),
        countries=countries(),
        programme=title,
        practices=practices_of(snapshot, call),
        combined=combined_with(snapshot, call, now),
        rules=rules_of_combining(call),
        later=later_than(snapshot, call, now),
        linked=tuple(Linked(_relation(kind), row) for kind, row in named),
        past=past(answer.history),
        foreign=titles | foreign_notes(call),
    )


def _relation(kind: str) -> str:
    return {
        "variant_of": _("another version of the same call"),
        "national_version_of": _("the call of which this is a national version"),
        "follows": _("the call that came before"),
        "replaces": _("the call that this one replaces"),
        "part_of": _("the call of which this is a part"),
    }.get(kind, _("another call"))
