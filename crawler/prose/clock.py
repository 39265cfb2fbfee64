"""Hours in a text: `17:00`, `14 h 30`, `ore 12`, `17 Uhr`, `noon`, and the date that each belongs to."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.prose.pack import ClockWords

_NEAR, _RIGHT_BESIDE, _FEW = 45, 6, 2
_LINK = re.compile(r"[\s,;()+&/*\u2013-]*(?:[^\W\d]+\.?[\s,;():'/-]*){0,6}")


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour and where it stands; a `vague` one could be another number: `5.17`."""

    start: int
    end: int
    time: dt.time
    vague: bool = False


Placed = tuple[int, int, dt.time | None]
"""A date with its hour: where both begin and end, and the hour."""


class Clock:
    """Finds the hours of a text and gives each to the date beside it."""

    def __init__(self, words: ClockWords, joins: tuple[str, ...]) -> None:
        before = "|".join(words.before) or "(?!)"
        after = "|".join(words.after) or "(?!)"
        named = "|".join(sorted(map(re.escape, words.named), key=len, reverse=True)) or "(?!)"
        self._named = words.named
        self._to = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, joins))})(?!\w)|[\u2013\u2014]|\s-\s")
        self._pattern = re.compile(
            rf"(?<!\w)(?P<named>{named})(?!\w)"
            rf"|(?<![\w.,:/])(?:(?P<b>{before})\s?)?(?P<H>[01]?\d|2[0-4])"
            rf"(?:(?P<s>[:.,]|\s?(?:h|u|val\.)\s?)(?P<M>[0-5]\d)(?::[0-5]\d)?(?![.,:]?\d))?(?:\s?(?P<a>{after})(?!\w))?(?!\w|[./]\d|\s?%)"
        )

    def place(self, small: str, dates: list[tuple[int, int]]) -> list[Placed]:
        """The dates of a text, in order, each with its hour."""
        hours = [hour for hour in self.hours(small) if not _inside(hour, dates)]
        placed: list[Placed] = []
        for i, (start, end) in enumerate(dates):
            last = dates[i - 1][1] if i else 0
            following = dates[i + 1][0] if i + 1 < len(dates) else len(small)
            hour = self._behind(small, end, following, hours, last_date=i + 1 == len(dates))
            hour = hour or self._ahead(small, start, max(last, placed[-1][1] if placed else 0), hours)
            placed.append((min(start, hour.start), max(end, hour.end), hour.time) if hour else (start, end, None))
        return placed

    def hours(self, small: str) -> Iterator[Hour]:
        """All hours of a text of small letters."""
        for match in self._pattern.finditer(small):
            time = self._time(match)
            if time is not None:
                vague = not match["named"] and match["s"] in (".", ",") and not (match["a"] or match["b"])
                yield Hour(match.start(), match.end(), time, vague)

    def _time(self, match: re.Match[str]) -> dt.time | None:
        if match["named"]:
            return dt.time.fromisoformat(self._named[match["named"]])
        if not (match["M"] or match["a"] or match["b"]):
            return None
        hour, minute = int(match["H"]), int(match["M"] or 0)
        if (match["a"] or "").replace(".", "").startswith("pm") and hour < 12:
            hour += 12
        if hour == 24:
            hour, minute = 23, 59  # the last minute of the day that is meant
        return dt.time(hour, minute)

    def _behind(self, small: str, end: int, following: int, hours: list[Hour], *, last_date: bool) -> Hour | None:
        """The hour behind a date; behind `until` it belongs to the date that comes next."""
        for hour in hours:
            near = end <= hour.start < following and self._linked(small[end : hour.start], hour)
            if near and (last_date or not self._of_next(small, end, hour, following)):
                return hour
        return None

    def _linked(self, between: str, hour: Hour) -> bool:
        """Whether nothing but small words stands between; a vague hour must stand right beside or behind `until`."""
        right = hour.vague and not any(m.end() >= len(between.rstrip()) for m in self._to.finditer(between))
        near = _RIGHT_BESIDE if right else _NEAR
        return len(between) <= near and _LINK.fullmatch(between) is not None

    def _of_next(self, small: str, end: int, hour: Hour, following: int) -> bool:
        """`to 17:00 on 3 July`: behind a word for `to` and right before the next date."""
        if len(small[hour.end : following].split()) > _FEW or following == len(small):
            return False
        if self._to.search(small, hour.end, following):
            return False  # `du 1er mars à 9 heures au 3 juillet`
        return self._to.search(small, end, hour.end) is not None or len(small[end : hour.start].split()) > _FEW

    def _ahead(self, small: str, start: int, last: int, hours: list[Hour]) -> Hour | None:
        for hour in reversed(hours):
            if last <= hour.start and hour.end <= start and self._linked(small[hour.end : start], hour):
                return hour
        return None


def _inside(hour: Hour, dates: list[tuple[int, int]]) -> bool:
    return any(start < hour.end and hour.start < end for start, end in dates)
