"""Planned dates as authorities write them: days, months, quarters, four-month periods, halves of a year.

A text has one meaning or it is refused. A vague date is kept as a span of days.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from corpus.errors import ValueReadError
from corpus.values import clean
from crawler.sources.timetables.model import Precision, Words

_FIRST, _LAST = 2014, 2040
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LENGTHS: dict[Precision, int] = {"quarter": 3, "four_months": 4, "half": 6}
_SHORT: dict[Precision, str] = {"quarter": "qt", "half": "hs"}
_DAY_ENDS = r"(?:\.|º|°|er|-?ro|th|st|nd|rd)?"
_NUMBER_ENDS = r"(?:\.?(?:º|°|ª|er|ère|ème|eme|e|re|ro|do|-?то|-?во|-?ро|st|nd|rd|th|ο|ου|η)?|['’΄´])\.?"
_HOUR_WORDS = r"(?:ore|h|ob|à|um|godz\.?|ώρα|o|kl\.?)?"
_HOUR_ENDS = r"(?:\s*(?:uhr|h|ч\.?|val\.?))?"
_TIME = rf"(?:,?\s*{_HOUR_WORDS}\s*(?P<H>\d{{1,2}})[:.h](?P<M>\d{{2}}){_HOUR_ENDS})?"


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a planned date may mean: one, or all from the first to the last."""

    first: dt.date
    last: dt.date
    precision: Precision
    words: str
    time: dt.time | None = None

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """How one language writes dates: names of months and patterns."""

    months: dict[str, int]
    patterns: tuple[tuple[Precision, re.Pattern[str]], ...]
    words: Words


def day_span(day: dt.date, words: str = "", time: dt.time | None = None) -> Span:
    """One day.

    Raises:
        ValueReadError: a year in which no such call can lie.
    """
    if not _FIRST <= day.year <= _LAST:
        raise ValueReadError(f"{words or day} lies in the year {day.year}, outside {_FIRST} to {_LAST}")
    return Span(day, day, "day", words or day.isoformat(), time)


def read_serial(number: float) -> dt.date | None:
    """The day of a number by which a spreadsheet counts days since 1899-12-30; None when it is none of this age."""
    day = int(number)
    return dt.date(1899, 12, 30) + dt.timedelta(days=day) if 41_640 <= day <= 51_500 else None  # 2014 to 2040


def read_span(text: str, chart: Calendar) -> Span:
    """Read one planned date.

    Raises:
        ValueReadError: it is none, or the day does not exist.
    """
    words = clean(text)
    bare = words.casefold().replace("–", "-").replace("—", "-").strip(" .,;:()*")
    for precision, pattern in chart.patterns:
        if match := pattern.fullmatch(bare):
            return _span(precision, match, words, chart)
    raise ValueReadError(f"{words!r} is not a date such as 31.12.2026, {_example(chart)} 2026 or Q3 2026")


def _example(chart: Calendar) -> str:
    return next(name for name, number in chart.months.items() if number == 9)


def _span(precision: Precision, match: re.Match[str], words: str, chart: Calendar) -> Span:
    found = {name: text for name, text in match.groupdict().items() if text}
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    if not _FIRST <= year <= _LAST:
        raise ValueReadError(f"{words!r} lies outside the years {_FIRST} to {_LAST}")
    if precision == "day":
        return _exact(found, year, words, chart)
    low, high = _month_range(precision, found, chart)
    if low > high or high > 12:
        raise ValueReadError(f"{words!r} names no part of a year")
    last = calendar.monthrange(year, high)[1]
    return Span(dt.date(year, low, 1), dt.date(year, high, last), precision, words)


def _exact(found: dict[str, str], year: int, words: str, chart: Calendar) -> Span:
    month = chart.months[found["name"]] if "name" in found else int(found["m"])
    try:
        time = dt.time(int(found["H"]), int(found["M"])) if "H" in found else None
        return day_span(dt.date(year, month, int(found["d"])), words, time)
    except ValueError as error:
        raise ValueReadError(f"{words!r} is not a date: {error}") from error


def _month_range(precision: Precision, found: dict[str, str], chart: Calendar) -> tuple[int, int]:
    """First and last month of a vague date."""
    if precision == "year":
        return 1, 12
    if precision == "month":
        low = chart.months[found["name"]] if "name" in found else int(found["m"])
        return low, chart.months[found["to"]] if "to" in found else low
    length = _LENGTHS[precision]
    low = _ordinal(found["n"], chart.words)
    high = _ordinal(found["to"], chart.words) if "to" in found else low
    return (low - 1) * length + 1, high * length


def _ordinal(text: str, words: Words) -> int:
    """The number of a quarter or half: `3`, `III`, or a word such as `terzo`."""
    for number, names in enumerate(words.ordinals, 1):
        if text in (name.casefold() for name in names):
            return number
    return _ROMAN.get(text) or int(text)


@cache
def month_names(language: str) -> dict[str, int]:
    """Names of the months of a language, whole and short, in the forms that stand alone and in dates."""
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = Locale(language).months[form][width]
            found.update({str(name).casefold().rstrip("."): number for number, name in names.items()})
    return {name: number for name, number in found.items() if not name[:1].isdecimal()}


def make_chart(language: str, words: Words) -> Calendar:
    """How a language writes dates."""
    months = month_names(language) | {name.casefold(): number for name, number in words.months.items()}
    return Calendar(months, tuple(_patterns(months, words)), words)


def _either(names: Sequence[str]) -> str:
    escaped = (re.escape(name.casefold().rstrip(".")) for name in sorted(names, key=len, reverse=True))
    return "(?:" + "|".join(escaped) + ")"


def _patterns(months: dict[str, int], words: Words) -> Iterator[tuple[Precision, re.Pattern[str]]]:
    """Patterns, the exact dates before the vague ones."""
    mark = rf"(?:\.?\s*{_either(words.year)}\.?)?" if words.year else ""
    year, name = rf"(?P<y>20\d{{2}}){mark}", rf"(?P<name>{_either(list(months))})\.?"
    of = r"\s*(?:de |del |di |d'|of |/|-|,)?\s*"
    for text in (
        r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?:[t ](?P<H>\d\d):(?P<M>\d\d)(?::\d\d)?)?",
        rf"(?P<d>\d{{1,2}})\s?[./-]\s?(?P<m>\d{{1,2}})\s?[./-]\s?{year}{_TIME}",
        r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>[23]\d)",
        rf"(?P<d>\d{{1,2}}){_DAY_ENDS}{of}{name}{of}{year}{_TIME}",
        rf"{year}\.?\s*{name}\s+(?P<d>\d{{1,2}})(?:\.|\s*d\.?)?{_TIME}",
        rf"{year}\.?\s*(?P<d>\d{{1,2}})\.\s*{name}{_TIME}",
    ):
        yield "day", re.compile(text)
    to = rf"(?:\s*[-/]\s*(?P<to>{_either(list(months))})\.?)?"
    number = r"(?P<m>\d{1,2})"
    named = (rf"{name}{to}{of}{year}", rf"{year}\.?\s*{name}{to}")
    for text in (*named, rf"{number}[./-]{year}", rf"{year}[./-]{number}"):
        yield "month", re.compile(text)
    for precision in _LENGTHS:
        yield from ((precision, re.compile(text)) for text in _parts(precision, year, words))
    yield "year", re.compile(year)


def _parts(precision: Precision, year: str, words: Words) -> Iterator[str]:
    """Patterns of a part of a year: number and word before or after the year, and the short forms Q3 and H1."""
    named = {"quarter": words.quarter, "four_months": words.four_months, "half": words.half}[precision]
    ordinals = [name for names in words.ordinals for name in names]
    number = rf"(?:{_either([*ordinals, 'iii', 'ii', 'iv', 'i', '1', '2', '3', '4'])})"
    several = rf"(?P<n>{number}){_NUMBER_ENDS}(?:\s*(?:-|/|,)\s*(?P<to>{number}){_NUMBER_ENDS})?"
    of = r"\.?\s*(?:de |del |dell'|di |of |do |на |/|-|,)?\s*"
    if named:
        yield rf"{several}\s*{_either(named)}{of}{year}"
        yield rf"{year}{of}{several}\s*{_either(named)}\.?"
        yield rf"{_either(named)}\.?\s*{several}{of}{year}"
    if letters := _SHORT.get(precision):
        short = rf"[{letters}]\s*(?P<n>[1-4])(?:\s*[-/]\s*[{letters}]?(?P<to>[1-4]))?"
        yield rf"{short}{of}{year}"
        yield rf"{year}{of}{short}"
    if precision == "quarter":
        yield rf"(?P<n>[1-4])\s*q{of}{year}"
        yield rf"{year}{of}(?P<n>[1-4])\s*q"
