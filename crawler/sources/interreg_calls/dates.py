"""Dates of the search: texts or numbers, with or without a zone. What is midnight in Brussels is a day."""

import datetime as dt
from zoneinfo import ZoneInfo

from corpus.errors import ValueReadError
from corpus.parts import BRUSSELS, Moment
from corpus.values import read_epoch_day

_SECONDS = 100_000_000_000  # fewer are seconds since 1970, more are milliseconds


def read_moment(value: str) -> Moment:
    """Read `2026-03-31`, `2026-03-31T12:00:00`, `2026-03-30T22:00:00Z` or a number since 1970.

    Midnight in UTC, and midnight in Brussels, are how software writes a day.

    Raises:
        ValueReadError: it is no such date, or the one that stands for an empty field.
    """
    text = value.strip()
    if text.isdecimal():
        number = int(text)
        return Moment(date=read_epoch_day(number * 1000 if number < _SECONDS else number))
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueReadError(f"{value!r} is not a date such as 2026-03-31 or 2026-03-31T12:00:00Z") from error
    if not 2000 <= found.year <= 2100:
        raise ValueReadError(f"{value!r} stands for an empty date, or for none of this age")
    local = found.astimezone(ZoneInfo(BRUSSELS)) if found.tzinfo and not _is_midnight(found) else found
    if _is_midnight(local):
        return Moment(date=local.date())
    return Moment(date=local.date(), time=local.time().replace(second=0, microsecond=0), zone=BRUSSELS)


def _is_midnight(moment: dt.datetime) -> bool:
    return moment.time() == dt.time.min
