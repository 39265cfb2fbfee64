"""Hours in a text: `17:00`, `14 h 30`, `ore 12`, `17 Uhr`, `noon`, and the date that each belongs to."""

import datetime as dt
import re
from collections.abc import Iterator

from crawler.prose.pack import ClockWords

_NEAR = 45
_LINK = re.compile(r"[\s,;()/*\u2013-]*(?:[^\W\d]+\.?[\s,;():'/-]*){0,6}")
Placed = tuple[int, int, dt.time | None]


class Clock:
    """Finds the hours of a text and gives each to the date beside it."""

    def __init__(self, words: ClockWords) -> None:
        before = "|".join(words.before) or "(?!)"
        after = "|".join(words.after) or "(?!)"
        named = "|".join(sorted(map(re.escape, words.named), key=len, reverse=True)) or "(?!)"
        self._named = words.named
        self._pattern = re.compile(
            rf"(?<![\w.,:/])(?:(?P<b>{before})\s?)?(?P<H>[01]?\d|2[0-4])"
            rf"(?:(?:[:.]|\s?h\s?)(?P<M>[0-5]\d)(?![.,:]?\d)(?::00)?)?(?:\s?(?P<a>{after})(?!\w))?(?!\w|[./]\d|%)"
            rf"|(?<!\w)(?P<named>{named})(?!\w)"
        )

    def find(self, small: str, dates: list[tuple[int, int]]) -> list[Placed]:
        """For each date: where it begins and ends together with its hour, and the hour."""
        hours = list(self._hours(small, dates))
        return [self._with_hour(small, date, hours, dates) for date in dates]

    def _hours(self, small: str, dates: list[tuple[int, int]]) -> Iterator[tuple[int, int, dt.time]]:
        for match in self._pattern.finditer(small):
            if any(start < match.end() and match.start() < end for start, end in dates):
                continue
            time = self._time(match)
            if time is not None:
                yield match.start(), match.end(), time

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

    def _with_hour(
        self, small: str, date: tuple[int, int], hours: list[tuple[int, int, dt.time]], dates: list[tuple[int, int]]
    ) -> Placed:
        start, end = date
        following = min((other for other, _ in dates if other >= end), default=len(small))
        for h_start, h_end, time in hours:
            if end <= h_start < following and _linked(small[end:h_start]):
                return start, h_end, time
        previous = max((other for _, other in dates if other <= start), default=0)
        for h_start, h_end, time in reversed(hours):
            if previous <= h_start and h_end <= start and _linked(small[h_end:start]):
                return h_start, end, time
        return start, end, None


def _linked(between: str) -> bool:
    return len(between) <= _NEAR and _LINK.fullmatch(between) is not None
