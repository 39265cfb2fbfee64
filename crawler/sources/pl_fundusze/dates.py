"""Days and hours as Polish portals write them, alone and as the two ends of a period."""

import datetime as dt
import re

from corpus.errors import ValueReadError
from corpus.parts import Moment
from corpus.values import clean, read_written_day

WARSAW = "Europe/Warsaw"
_DAY = (
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})"
    r"|(?P<written>\d{1,2}\s+[^\W\d]{3,}\.?\s+\d{4}))(?!\d)(?:\s*(?:r\b\.?|roku))?"
)
# An hour has a colon, or its name before it: `od 1.09.2026 do 30.10.2026` must not end at half past ten.
_HOUR = (
    r"(?:,?\s*(?:od\s+|do\s+|o\s+)?(?:godz(?:\.|iny|inie|ina)?\s*(?P<H>\d{1,2})[:.](?P<M>\d{2})"
    r"|(?P<h>\d{1,2}):(?P<min>\d{2}))(?::\d{2})?)?"
)
_MOMENT = re.compile(rf"(?P<before>\b(?:od|do)\s+(?:dnia\s+)?)?{_DAY}{_HOUR}", re.IGNORECASE)


def read_moment(text: str) -> Moment:
    """Read one day, with its hour if it has one: `7 sierpnia 2026 r. godz. 15:30`, `29-12-2026`, `2026-12-29`.

    Raises:
        ValueReadError: there is none, or more than one, or the day does not exist.
    """
    found = list(_MOMENT.finditer(clean(text)))
    if len(found) != 1:
        raise ValueReadError(f"{text!r} is not one day such as 29.12.2026 or 7 sierpnia 2026 r.")
    return _moment(found[0])


def read_window(text: str) -> tuple[Moment | None, Moment | None]:
    """Read the first and the last day: `od 1.09.2026 do 30.10.2026`, `1 - 30...` in full; of a single one, by its word.

    Raises:
        ValueReadError: there are no such days.
    """
    found = list(_MOMENT.finditer(clean(text)))
    if len(found) == 2:
        return _moment(found[0]), _moment(found[1])
    word = (found[0]["before"] or "").casefold() if len(found) == 1 else ""
    if word.startswith("od"):
        return _moment(found[0]), None
    if word.startswith("do"):
        return None, _moment(found[0])
    raise ValueReadError(f"{text!r} is not a period such as od 1.09.2026 do 30.10.2026")


def has_window(text: str) -> bool:
    """Whether a line tells a first and a last day."""
    return len(_MOMENT.findall(clean(text))) == 2


def _moment(match: re.Match[str]) -> Moment:
    try:
        day = _day(match)
        hour = match["H"] or match["h"]
        # The end of a day is written 24:00 as well.
        time = dt.time(int(hour), int(match["M"] or match["min"])) if hour and int(hour) != 24 else None
    except ValueError as error:
        raise ValueReadError(f"{match.group()!r} is not a date: {error}") from error
    return Moment(date=day, time=time, zone=WARSAW if time else None)


def _day(match: re.Match[str]) -> dt.date:
    if match["iso"]:
        return dt.date.fromisoformat(match["iso"])
    if match["written"]:
        return read_written_day(match["written"], "pl")
    return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
