"""Openings and cut-offs of calls along the months: a drawing, and a table that says the same."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from babel.dates import format_skeleton

from api.filters import ANY, CallFilter, TimelineFilter
from api.lists import Listing
from api.rows import CallRow
from api.views.browse import Controls, Shortened, controls, shortened
from corpus.formats import locale
from corpus.vocab import CallStatus

ROWS = 40
"""Calls of one drawing."""
_WIDTH, _HEAD, _STEP = 1000, 34, 42
"""Units: width of all, height of the head, height of a row."""
_PAST, _AHEAD = 186, 731
"""Days before and after today that are drawn at most; the table says what lies outside."""
_LETTERS = 62
_TURN = 560
"""Units from the left from which on the name of a call ends with its bar instead of beginning with it."""
_NAME = 60
"""Units that the name of a month takes."""
_DENSE = 14
"""Months from which on not every one is named."""


@dataclass(frozen=True, slots=True)
class Month:
    """A line of the grid, named or not."""

    x: int
    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A call in the drawing: from its opening to its last cut-off, in units. `planned`: a date of it is indicative."""

    y: int
    x: int
    width: int
    planned: bool
    closed: bool
    endless: bool
    """Open all the time: it goes on beyond the drawing."""
    marks: tuple[int, ...]
    """Cut-offs."""
    title: str
    title_x: int
    title_ends: bool
    """The title ends at its place instead of beginning there."""
    row: CallRow


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing."""

    width: int
    height: int
    head: int
    months: tuple[Month, ...]
    today: int | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The timeline."""

    template: ClassVar[str] = "timeline.html"
    path: ClassVar[str] = "/timeline"

    listing: Listing[CallRow]
    wanted: TimelineFilter
    controls: Controls
    chart: Chart
    today: dt.date
    all_states: str
    files: str
    """Query of the list of calls that shows the same."""
    shortened: tuple[Shortened, ...]


def timeline_page(listing: Listing[CallRow], wanted: TimelineFilter, today: dt.date) -> TimelinePage:
    """The page for calls of a filter on a day."""
    form = controls(listing.facets, wanted, ("status", "country", "fund"))
    every = wanted.but(status=(ANY,)).query()
    said = {**wanted.model_dump(exclude={"page"}), "status": wanted.status or tuple(wanted.usual)}
    files = CallFilter.model_validate(said).query()
    drawing, short = chart(listing.rows, today), shortened(listing.total)
    return TimelinePage(listing, wanted, form, drawing, today, every, files, short)


def is_planned(row: CallRow) -> bool:
    """Whether a date of the call is only planned."""
    coming = [cutoff.indicative for cutoff in row.cutoffs]
    return row.status is CallStatus.PLANNED or row.opens_indicative or any(coming)


def chart(rows: Sequence[CallRow], today: dt.date) -> Chart:
    """The drawing of calls around a day."""
    scale = _Scale(*_span(rows, today))
    bars = tuple(_bar(row, place, scale, today) for place, row in enumerate(rows))
    now = scale.x(today) if scale.start <= today <= scale.end else None
    return Chart(_WIDTH, _HEAD + _STEP * max(1, len(rows)) + 8, _HEAD, tuple(_months(scale)), now, bars)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to units."""

    start: dt.date
    end: dt.date

    def x(self, day: dt.date) -> int:
        share = (min(max(day, self.start), self.end) - self.start).days / (self.end - self.start).days
        return round(share * _WIDTH)


def _span(rows: Sequence[CallRow], today: dt.date) -> tuple[dt.date, dt.date]:
    """Whole months that hold the dates, as far as they are drawn; at least three of them."""
    days = [day for row in rows for day in _days(row)]
    # Closed calls alone are shown in their own time; all others around today.
    if not days or any(row.status is not CallStatus.CLOSED for row in rows):
        days.append(today)
    middle = today if today in days else max(days)
    start = max(min(days), middle - dt.timedelta(_PAST)).replace(day=1)
    end = max(min(max(days), middle + dt.timedelta(_AHEAD)), start + dt.timedelta(62))
    return start, _next_month(end)


def _days(row: CallRow) -> Iterator[dt.date]:
    if row.opens:
        yield row.opens.date
    yield from (cutoff.date for cutoff in row.cutoffs)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(32)).replace(day=1)


def _months(scale: _Scale) -> Iterator[Month]:
    days = [scale.start]
    while days[-1] < scale.end:
        days.append(_next_month(days[-1]))
    every = 1 if len(days) <= _DENSE else 3
    for place, day in enumerate(days[:-1]):
        named = place % every == 0 and scale.x(day) < _WIDTH - _NAME
        yield Month(scale.x(day), format_skeleton("yyMMM", day, locale=locale()) if named else "")


def _bar(row: CallRow, place: int, scale: _Scale, today: dt.date) -> Bar:
    last = row.cutoffs[-1].date if row.cutoffs else None
    # Of an unknown opening nothing is drawn before today: that it lies in the past is all that is known.
    begins = row.opens.date if row.opens else min(today, last or today)
    ends = scale.end if last is None and row.continuous else last or begins
    left, right = scale.x(begins), scale.x(max(begins, ends))
    short = row.title if len(row.title) <= _LETTERS else row.title[: _LETTERS - 1].rstrip() + "…"
    width, turned = max(6, right - left), left > _TURN
    return Bar(
        y=_HEAD + _STEP * place,
        x=left,
        width=width,
        planned=is_planned(row),
        closed=row.status is CallStatus.CLOSED,
        endless=row.continuous,
        marks=tuple(scale.x(cutoff.date) for cutoff in row.cutoffs),
        title=short,
        title_x=min(left + width, _WIDTH) if turned else left,
        title_ends=turned,
        row=row,
    )
