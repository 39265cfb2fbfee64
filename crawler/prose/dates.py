"""Days in a text, with their hour: `15 June 2026, 17:00`, `vom 1. bis 30. Juni 2026`, `2026 m. birželio 15 d.`.

The month words with all their endings come from dateparser's language data. A day without a year takes it from
the date next to it; a month without a day is no date.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from dateparser.languages.loader import default_loader

from corpus.parts import Moment
from crawler.prose.clock import Clock, Placed
from crawler.prose.day_patterns import day_patterns
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NEAR, _BEFORE = 60, 25
_STEP = r"[\s,(]*(?:[^\W\d]{1,6}[\s.,]+){0,2}(?:[^\W\d]+[\s,]+)?"
_SHORTEST_MONTH = 3
_LAST = -1
"""Stands for the last day of a month."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2060


@dataclass(frozen=True, slots=True)
class _Day:
    """Parts of a date that were found; a missing month or year stands in a date beside it."""

    start: int
    end: int
    day: int
    month: int | None
    year: int | None
    guessed: bool = False


@cache
def month_words(language: str) -> dict[str, int]:
    """Words for the months of a language in small letters, in all cases and abbreviations."""
    info = default_loader.get_locale(language).info
    words = {word.lower(): number for number, name in enumerate(_MONTHS, 1) for word in info[name]}
    return {word: number for word, number in words.items() if len(word) >= _SHORTEST_MONTH}


class DateReader:
    """Finds the dates of a text in one language."""

    def __init__(self, pack: Pack) -> None:
        self._months = month_words(pack.language) | pack.month_words
        self._clock = Clock(pack.clock, pack.joins.range)
        joins = "|".join(map(re.escape, (*pack.joins.range, "-", "–", "—")))
        self._to = re.compile(rf"[\s,()]*(?:{joins}){_STEP}")
        self._and = re.compile(rf"[\s,]*(?:{'|'.join(map(re.escape, pack.joins.list))}){_STEP}")
        self._between = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, pack.joins.between))})(?!\w)")
        self._each = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, pack.clock.each))})(?!\w)")
        also = (*pack.joins.list, *pack.joins.range)
        self._patterns = day_patterns(self._months, also, pack.month_end)

    def hours(self, small: str) -> list[dt.time]:
        """The hours of a text, where they stand so that nothing else can be meant."""
        return [hour.time for hour in self._clock.hours(small) if not hour.vague]

    def lacks_year(self, small: str) -> bool:
        """Whether a text has a day and month that no year stands beside."""
        return any(day.month and not day.year for day in _shared(self._days(small)))

    def find(self, small: str, year: int | None = None) -> list[Mention]:
        """All dates of a text in small letters, ranges as one.

        `year` is the one of the dates around this text: a day and month without any year is taken to be in it.
        """
        days = [day if day.year else replace(day, year=year, guessed=True) for day in _shared(self._days(small))]
        days = [day for day in days if day.month and day.year]
        clocks = self._clock.place(small, [(day.start, day.end) for day in days])
        clocks = self._with_common_hour(small, days, clocks)
        dated: list[Mention] = []
        for day, (start, end, time) in zip(days, clocks, strict=True):
            date = _date(day)
            if date is not None:
                moment = Moment(date=date, time=time)
                dated.append(Mention(Sort.DATE, start, end, moment, moment, guessed=day.guessed))
        return list(self._ranged(small, dated))

    def _with_common_hour(self, small: str, days: list[_Day], clocks: list[Placed]) -> list[Placed]:
        """`3 February and 3 September, both at 17:00`: the hour of the last day is that of those before it."""
        found = list(clocks)
        for i, (day, (_, end, time)) in enumerate(zip(days, clocks, strict=True)):
            if time and self._each.search(small, day.end, end):
                found[:i] = [(first, last, own or time) for first, last, own in found[:i]]
        return found

    def _days(self, small: str) -> list[_Day]:
        found: list[_Day] = []
        for pattern in self._patterns:
            for match in pattern.finditer(small):
                if not any(day.start < match.end() and match.start() < day.end for day in found):
                    found.append(self._day(match))
        return sorted(found, key=lambda day: day.start)

    def _day(self, match: re.Match[str]) -> _Day:
        groups = match.groupdict()
        month = groups.get("m")
        number = None if month is None else int(month) if month.isdigit() else self._months[month]
        said = groups.get("y") or groups.get("y2")
        year = None if said is None else int(said) if len(said) == 4 else 2000 + int(said)
        return _Day(match.start(), match.end(), _LAST if groups.get("last") else int(groups["d"]), number, year)

    def _ranged(self, small: str, dated: list[Mention]) -> Iterator[Mention]:
        i = 0
        while i < len(dated):
            here, after = dated[i], dated[i + 1] if i + 1 < len(dated) else None
            if after and here.low.date < after.low.date and self._are_range(small, here, after):
                yield Mention(Sort.DATE, here.start, after.end, here.low, after.high, is_range=True)
                i += 2
            else:
                yield here
                i += 1

    def _are_range(self, small: str, here: Mention, after: Mention) -> bool:
        between = small[here.end : after.start]
        if self._to.fullmatch(between):
            return True
        opened = self._between.search(small, max(0, here.start - _BEFORE), here.start)
        return opened is not None and self._and.fullmatch(between) is not None


def _shared(days: list[_Day]) -> list[_Day]:
    """Give each day the month and year that it shares with its neighbour."""
    found = list(days)
    for i in range(len(found) - 1, -1, -1):  # `1 March to 30 June 2026`: what follows has it
        found[i] = _filled(found[i], found[i + 1] if i + 1 < len(found) else None)
    for i in range(1, len(found)):  # `2026 m. kovo 1 d. iki birželio 15 d.`: what stands before has it
        found[i] = _filled(found[i], found[i - 1])
    return found


def _filled(day: _Day, other: _Day | None) -> _Day:
    if other is None or (day.month and day.year) or max(other.start - day.end, day.start - other.end) > _NEAR:
        return day
    month, year = day.month or other.month, day.year or other.year
    if year and other.month and month and day.start < other.start and month > other.month:
        year -= 1  # `1 December to 31 January 2027`
    return replace(day, month=month, year=year)


def _date(day: _Day) -> dt.date | None:
    if not _FIRST_YEAR <= (day.year or 0) <= _LAST_YEAR:
        return None
    try:
        first = dt.date(day.year or 0, day.month or 0, 1)
        return first.replace(day=monthrange(first.year, first.month)[1] if day.day == _LAST else day.day)
    except ValueError:
        return None
