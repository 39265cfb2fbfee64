"""Cells with dates: one or several, or opening and closing together, often with words around them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from corpus.errors import ValueReadError
from corpus.values import clean
from crawler.sources.timetables.formats.cells import Cell
from crawler.sources.timetables.model import Precision, TimetableConfig
from crawler.sources.timetables.when import Span, day_span, make_chart, read_serial, read_span

_YEAR = re.compile(r"20\d\d")
_DAY = re.compile(r"^\D*\d{1,2}[.º]?\s*")
_NAME = re.compile(r"^[^:]*:\s+(?=.*\d)")  # `2^ finestra: `, but no hour, which has no blank behind its colon
_LONGEST = 120  # letters of a date with the words around it

Report = Callable[[str, str], None]
"""Takes what is wrong and the text that it is wrong with."""


@dataclass(slots=True)
class Period:
    """Openings and closings of a call. `said` are words without a date, such as that money runs out."""

    opens: list[Span] = field(default_factory=list)
    closes: list[Span] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class Dates:
    """Reads the cells with dates of one timetable."""

    def __init__(self, config: TimetableConfig) -> None:
        self._words = config.words
        self._allowed: Sequence[Precision] = config.timetable.dates
        self._place = config.place("dates")
        self._chart = make_chart(config.timetable.language, config.words)
        self._labels = _starting((*config.words.starts, *config.words.ends))

    def one_or_more(self, cell: Cell, report: Report) -> Period:
        """Dates of a cell that holds only openings or only closings; they are given as closings."""
        if (known := self._known(cell, report)) is not None:
            return Period(closes=known)
        whole = self._try(cell.line)
        if whole is not None:
            return Period(closes=self._fitting([whole], report))
        found = Period()
        for piece in self._pieces(cell.text):
            self._add(piece, found.closes, found, report)
        return found

    def both(self, cell: Cell, report: Report) -> Period:
        """Dates of a cell that holds openings and closings."""
        if (known := self._known(cell, report)) is not None:
            return Period(opens=known)
        found = Period()
        for piece in self._pieces(cell.text):
            window = self._window(piece)
            if window is None:
                self._add(piece, found.closes if self._is_end(piece) else found.opens, found, report)
            elif window[0].first > window[1].last:
                report("the period ends before it begins, so it is left out", piece)
            else:
                found.opens += self._fitting(window[:1], report)
                found.closes += self._fitting(window[1:], report)
        return found

    def _known(self, cell: Cell, report: Report) -> list[Span] | None:
        """Dates that the format of the file knows as such; None when it knows none."""
        try:
            if isinstance(cell.value, dt.datetime):
                return [day_span(cell.value.date(), cell.line, cell.value.time())]
            if isinstance(cell.value, dt.date):
                return [day_span(cell.value, cell.line)]
            day = read_serial(float(cell.value)) if isinstance(cell.value, Decimal) else None
        except ValueReadError as error:
            report(str(error), cell.line)
            return []
        return [day_span(day, cell.line)] if day else None

    def _try(self, text: str) -> Span | None:
        """Read a text as it is, and without the words around a date."""
        if len(text) > _LONGEST:
            return None
        for shape in (text, self._labels.sub("", text), text.rsplit(":", 1)[-1]):
            try:
                return replace(read_span(shape, self._chart), words=text)
            except ValueReadError:
                continue
        return None

    def _add(self, piece: str, spans: list[Span], found: Period, report: Report) -> None:
        if any(letter.isdecimal() for letter in piece):
            span = self._try(piece)
            if span is None:
                report(f"{piece!r} is not a date that can be read", piece)
            else:
                spans += self._fitting([span], report)
        elif piece.casefold().strip(" .-") not in {word.casefold() for word in (*self._words.nothing, "")}:
            found.said.append(piece)

    def _fitting(self, spans: Sequence[Span], report: Report) -> list[Span]:
        """Spans of the kinds that the file of the authority expects."""
        for span in spans:
            if span.precision not in self._allowed:
                expected = ", ".join(self._allowed)
                report(f"{self._place}: dates: a {span.precision} is not among {expected}", span.words)
        return [span for span in spans if span.precision in self._allowed]

    def _pieces(self, text: str) -> Iterator[str]:
        """Parts of a cell, each with one date or period."""
        also = _between(self._words.also)
        for piece in map(clean, self._lines(text)):
            whole = not also or self._try(piece) or self._window(piece)
            yield from filter(None, [piece] if whole or also is None else map(clean, also.split(piece)))

    def _lines(self, text: str) -> Iterator[str]:
        """Lines of a cell, cut before a label in their middle."""
        labelled = _labelled((*self._words.starts, *self._words.ends))
        for line in re.split(r"[\n;]", self._unbroken(text)):
            yield from labelled.split(line)

    def _unbroken(self, text: str) -> str:
        """The text with lines joined where a line holds no year and the next one does: `15 luglio` / `2029`."""
        lines: list[str] = []
        for line in text.splitlines():
            if lines and _is_begun(lines[-1]) and _YEAR.search(line):
                lines[-1] += f" {line}"
            else:
                lines.append(line)
        return "\n".join(lines)

    def _is_end(self, piece: str) -> bool:
        """Whether the first label in a piece is one of a closing."""
        end, start = _starting(self._words.ends).match(piece), _starting(self._words.starts).match(piece)
        return end is not None and (start is None or end.end() < start.end())

    def _window(self, piece: str) -> tuple[Span, Span] | None:
        """Both ends of `08/09/2026 - 08/10/2026`, `dal 1 al 30 settembre 2026`."""
        if len(piece) > 2 * _LONGEST:
            return None
        bare = _NAME.sub("", piece)
        for match in _until(self._words.until).finditer(bare):
            first, second = bare[: match.start()].strip(), bare[match.end() :].strip()
            high = self._try(second) if first and second else None
            low = next(filter(None, map(self._try, _completed(first, second))), None) if high else None
            if low and high:
                return low, high
        return None


def _is_begun(line: str) -> bool:
    """Whether a line ends in the middle of a date: it has a number and no year."""
    return bool(re.search(r"\d", line)) and not _YEAR.search(line)


def _completed(first: str, second: str) -> Iterator[str]:
    """The first end of a period, with what only the second end says: year, or month and year."""
    yield first
    year = _YEAR.search(second)
    if year is None or _YEAR.search(first):
        return
    if _DAY.fullmatch(first):
        yield f"{first} {_DAY.sub('', second)}"
        return
    for joint, text in ((" ", first), (".", first.rstrip(".")), ("/", first.rstrip("/"))):
        yield f"{text}{joint}{year.group()}"


@cache
def _starting(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds label words, and what stands between the last of them and the date."""
    names = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"^.*?\b(?:{names})(?!\w)[\s:.'’]*", re.IGNORECASE)


@cache
def _labelled(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the places before a label with its colon: `apertura: settembre 2026 chiusura: 31 dicembre 2026`."""
    names = "|".join(re.escape(word) for word in words) or r"(?!)"
    return re.compile(rf"(?<=\d)\s+(?=(?:{names})\s*:)", re.IGNORECASE)


@cache
def _until(words: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(rf"\s{re.escape(word)}\s" for word in words)
    return re.compile(r"\s*[-–—]\s*" + (f"|{names}" if names else ""), re.IGNORECASE)


@cache
def _between(words: tuple[str, ...]) -> re.Pattern[str] | None:
    names = "|".join(rf"\s{re.escape(word)}\s" for word in words)
    return re.compile(rf"(?:{names}|,\s)", re.IGNORECASE) if names else None
