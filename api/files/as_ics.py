"""Cut-offs of calls as a calendar (RFC 5545): one event a cut-off, the hour of Brussels, a reminder a week before."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from api.files.columns import hour
from api.files.table import About, advice
from api.files.values import clean
from api.rows import CallRow
from corpus import formats
from corpus.messages import gettext as _
from corpus.parts import BRUSSELS, Cutoff

MEDIA = "text/calendar; charset=utf-8"
_ZONE = ZoneInfo(BRUSSELS)
_SPACE = uuid.UUID("6f0a4c9e-2f2b-5d6c-9d0f-1f3a6f6a7a10")
"""Name space of the numbers of events; it must never change."""
_WEEK = dt.timedelta(days=7)
_MORNING = dt.timedelta(hours=9)
"""Events of a whole day ring at nine, not at midnight."""


def as_ics(about: About, rows: Sequence[CallRow]) -> bytes:
    """A calendar with every cut-off of the rows; it is valid without any."""
    calendar = Calendar()
    calendar.add("prodid", "-//Isopolis//calls//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", clean(about.title))
    calendar.add("x-wr-calname", clean(about.title))
    if about.cut:
        calendar.add("description", clean(about.cut))
        calendar.add("x-wr-caldesc", clean(about.cut))
    calendar.add("x-wr-timezone", BRUSSELS)
    calendar.add("refresh-interval", dt.timedelta(days=1), parameters={"value": "DURATION"})
    # A calendar must hold a component (RFC 5545, 3.4): with no event it is the zone.
    calendar.add_component(Timezone.from_tzid(BRUSSELS, first_date=dt.date(2020, 1, 1), last_date=dt.date(2038, 1, 1)))
    for row in rows:
        names = _names(row.cutoffs)
        for cutoff, name in zip(row.cutoffs, names, strict=True):
            calendar.add_component(_event(about, row, cutoff, uuid.uuid5(_SPACE, f"{row.id} {name}")))
    return bytes(calendar.to_ical())


def _names(cutoffs: Sequence[Cutoff]) -> list[str]:
    """Names of cut-offs within a call: those that are told apart without their day keep their event when it moves."""
    plain = [f"{cutoff.stage} {cutoff.label or ''}" for cutoff in cutoffs]
    counts = Counter(plain)
    dated = [name if counts[name] == 1 else f"{name} {c.date}" for name, c in zip(plain, cutoffs, strict=True)]
    again = Counter(dated)
    return [
        name if again[name] == 1 else f"{name} {cutoff.time} {place}"
        for place, (name, cutoff) in enumerate(zip(dated, cutoffs, strict=True))
    ]


def _event(about: About, row: CallRow, cutoff: Cutoff, uid: uuid.UUID) -> Event:
    event = Event()
    event.add("uid", str(uid))
    event.add("dtstamp", about.as_of.astimezone(dt.UTC))
    event.add("summary", _summary(row, cutoff))
    event.add("dtstart", cutoff.end().astimezone(_ZONE) if cutoff.time else cutoff.date)
    if not cutoff.time:
        event.add("dtend", cutoff.date + dt.timedelta(days=1))
    event.add("description", _description(about, row, cutoff))
    event.add("url", row.url)
    event.add("categories", [fund.value for fund in row.funds])
    event.add("status", "TENTATIVE" if cutoff.indicative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(row, cutoff))
    return event


def _summary(row: CallRow, cutoff: Cutoff) -> str:
    label = f" ({clean(cutoff.label)})" if cutoff.label else ""
    if cutoff.indicative:
        return _("Planned deadline: {title}", title=clean(row.title)) + label
    return _("Deadline: {title}", title=clean(row.title)) + label


def _description(about: About, row: CallRow, cutoff: Cutoff) -> str:
    """What the call pays, where the source is, when it was checked."""
    lines = [_("Hour at the source: {hour}", hour=hour(cutoff))] if cutoff.time else [_("The hour is not known.")]
    if row.grant_max:
        lines.append(_("Largest grant: {amount}", amount=formats.money(row.grant_max)))
    if row.checked:
        lines.append(_("Checked on {date}: {address}", date=formats.day(row.checked), address=row.url))
    lines += [f"{about.home}/calls/{row.id}", advice()]
    return clean("\n".join(lines))


def _alarm(row: CallRow, cutoff: Cutoff) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(row, cutoff))
    alarm.add("trigger", -_WEEK if cutoff.time else _MORNING - _WEEK)
    return alarm
