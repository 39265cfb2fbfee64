"""From tables to calls: find the row of headers, name the columns, leave out what is no call."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from crawler.errors import ShapeError
from crawler.sources.timetables.formats.cells import EMPTY, Cell, Row, Table
from crawler.sources.timetables.model import Columns, TimetableConfig

_SEARCHED = 60  # rows at the top in which headers may stand
_SHOWN = 12
_HEADING = "a heading or footnote"
_INHERITED = ("area", "objective", "applicants", "fund", "programme")
"""Columns whose cells authorities merge over several calls."""


@dataclass(frozen=True, slots=True)
class Line:
    """One call of a table: its cells by column, and where it stands."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]

    def cell(self, column: str) -> Cell:
        """The cell of a column; an empty one where the table has no such column."""
        return self.cells.get(column, EMPTY)

    def text(self, column: str) -> str:
        """The text of a column on one line."""
        return self.cell(column).line


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headers stand, which column is which, and the headers that nobody named."""

    end: int
    columns: Mapping[str, int]
    texts: tuple[str, ...]
    unnamed: tuple[str, ...]


@dataclass(slots=True)
class Grid:
    """All lines of a file, the headers that nobody named, and how many rows were left out for which reason."""

    lines: list[Line] = field(default_factory=list)
    unnamed: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    headed: bool = False


def fold(text: str) -> str:
    """A header or word without case, accents, punctuation and signs of footnotes; `*` stays for patterns."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return re.sub(r"(?:[^\w*+]|_)+", " ", bare.replace("\u0131", "i")).strip()


def fits(text: str, patterns: Sequence[str]) -> bool:
    """Whether a text is written as one of the patterns."""
    plain = fold(text).replace("*", " ").strip()
    return any(fnmatchcase(plain, fold(pattern)) for pattern in patterns)


def read_grid(tables: Sequence[Table], config: TimetableConfig) -> Grid:
    """Find the calls in all tables that have the headers of a timetable.

    Raises:
        ShapeError: no table has them; the text names file, line, column and the headers that were found.
    """
    wanted = [table for table in tables if _is_wanted(table.name, config)]
    if not wanted:
        names = ", ".join(table.name for table in tables) or "none"
        raise ShapeError(f"{config.place('sheets')}: sheets: there is no such sheet; there are: {names}")
    grid, misses = Grid(), list[ShapeError]()
    for table in wanted:
        try:
            header = _find_header(table, config)
        except ShapeError as error:
            misses.append(error)
            continue
        if header is not None:
            grid.headed = True
            _add(grid, table, header, config)
    if not grid.lines:
        raise misses[0] if misses else ShapeError(_nothing(grid, wanted, config))
    return grid


def _is_wanted(name: str, config: TimetableConfig) -> bool:
    return not config.timetable.sheets or fits(name, config.timetable.sheets)


def spellings(config: TimetableConfig) -> dict[str, tuple[str, ...]]:
    """Spellings by column: those of the authority, else those of its language."""
    own, language = config.timetable.columns, config.words.columns
    return {name: getattr(own, name) or getattr(language, name) for name in Columns.model_fields}


def _find_header(table: Table, config: TimetableConfig) -> Header | None:
    """The first row that names the title and two columns more; None when there is none.

    Raises:
        ShapeError: there is one, and it lacks a column that the file of the authority builds on.
    """
    deep = config.timetable.header_rows
    for start in range(min(_SEARCHED, len(table.rows))):
        texts = _stacked(table.rows[start : start + deep])
        columns = _name(texts, spellings(config))
        if "title" in columns and len(columns) >= 3:
            _check(columns, texts, config)
            unnamed = tuple(text for index, text in enumerate(texts) if text and index not in columns.values())
            return Header(start + deep, columns, tuple(map(fold, texts)), unnamed)
    return None


def _stacked(rows: Sequence[Row]) -> list[str]:
    """Headers of each column; parts in rows below each other are joined, and a part of a merged cell said once."""
    width = max((len(row.cells) for row in rows), default=0)
    parts = [dict.fromkeys(_header_part(row, index) for row in rows) for index in range(width)]
    return [" ".join(part for part in texts if part) for texts in parts]


def _header_part(row: Row, index: int) -> str:
    cell = row.cell(index)
    while cell.spanned and index > 0:
        index -= 1
        cell = row.cell(index)
    return cell.line


def _name(texts: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Columns by name: spellings without a star are tried first, and each header serves one column only."""
    found: dict[str, int] = {}
    folded = [fold(text).replace("*", " ").strip() for text in texts]
    for starred in (False, True):
        for column, patterns in known.items():
            chosen = [fold(pattern) for pattern in patterns if ("*" in pattern) is starred]
            if column not in found and (index := _first(folded, chosen, set(found.values()))) is not None:
                found[column] = index
    return found


def _first(texts: Sequence[str], patterns: Sequence[str], taken: set[int]) -> int | None:
    """The first free column of the first pattern that fits one."""
    for pattern in patterns:
        for index, text in enumerate(texts):
            if text and index not in taken and fnmatchcase(text, pattern):
                return index
    return None


def _check(columns: Mapping[str, int], texts: Sequence[str], config: TimetableConfig) -> None:
    for name in Columns.model_fields:
        named = getattr(config.timetable.columns, name)
        if named and name not in columns and name not in config.timetable.optional:
            place = config.place(f"columns.{name}")
            raise ShapeError(f"{place}: columns.{name}: the table has no column {_either(named)}; {_headers(texts)}")
    if not {"opens", "closes", "period"} & set(columns):
        place = config.place("")
        raise ShapeError(f"{place}: columns: the table has no column for opening or closing; {_headers(texts)}")


def _either(named: Sequence[str]) -> str:
    return " or ".join(repr(name) for name in named)


def _headers(texts: Sequence[str]) -> str:
    shown = [text[:40] for text in texts if text]
    more = f" | and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return f"its headers are: {' | '.join(shown[:_SHOWN])}{more}"


def _nothing(grid: Grid, tables: Sequence[Table], config: TimetableConfig) -> str:
    """Why there is no call: none below the headers, or no headers; then the best guess at what stands for them."""
    if grid.headed:
        return f"{config.place('')}: the table has headers and no call below them"
    rows = [row for table in tables for row in table.rows[:_SEARCHED]]
    best = max(rows, key=lambda row: len({cell.line for cell in row.filled() if len(cell.line) < 80}), default=None)
    texts = [cell.line for cell in best.cells] if best else []
    title = _either(spellings(config)["title"])
    place = config.place("columns.title")
    return f"{place}: columns.title: no table has a column {title} and two columns more; {_headers(texts)}"


def _add(grid: Grid, table: Table, header: Header, config: TimetableConfig) -> None:
    """Add the calls below a row of headers."""
    above: dict[str, Cell] = {}
    for text in header.unnamed:
        grid.unnamed.setdefault(text, table.name)
    turned = False
    for row in table.rows[header.end :]:
        turned = turned or row.breaks
        reason = _left_out(row, header, config)
        cells = {name: row.cell(index) for name, index in header.columns.items()}
        if turned and reason in (None, _HEADING) and grid.lines and _goes_on(cells):
            grid.lines[-1] = _continued(grid.lines[-1], cells)
        elif reason:
            grid.left_out[reason] += 1
            continue
        else:
            grid.lines.append(Line(table.name, row.number, _inherited(cells, above)))
        turned = False


def _goes_on(cells: Mapping[str, Cell]) -> bool:
    """Whether the first row of a page goes on with the last one of the page before."""
    return not cells["title"].line and not cells.get("code", EMPTY).line and any(cell.line for cell in cells.values())


def _inherited(cells: dict[str, Cell], above: dict[str, Cell]) -> dict[str, Cell]:
    """Cells that are part of a larger one take its text from the row above."""
    for name in _INHERITED:
        if name in cells:
            above[name] = cells[name] = above.get(name, EMPTY) if cells[name].spanned else cells[name]
    return cells


def _continued(line: Line, cells: Mapping[str, Cell]) -> Line:
    """A row that was cut by the end of a page goes on: its texts belong to the row before."""
    joined = {name: _joined(cell, cells.get(name, EMPTY)) for name, cell in line.cells.items()}
    return Line(line.sheet, line.number, joined)


def _joined(cell: Cell, more: Cell) -> Cell:
    text = "\n".join(text for text in (cell.text, more.text) if text)
    return Cell(text, cell.value, cell.link) if more.text else cell


def _left_out(row: Row, header: Header, config: TimetableConfig) -> str | None:
    """Why a row is no call: the headers again, a heading, a footnote, a total, or what `skip` names."""
    texts = [fold(cell.line) for cell in row.filled()]
    if _repeats(row, header):
        return "the headers again"
    if len(set(texts)) < 2:
        return _HEADING
    if _is_total(texts[0], row, header, config):
        return "a total"
    return next(_skipped(row, header, config), None)


def _is_total(first: str, row: Row, header: Header, config: TimetableConfig) -> bool:
    """Whether a row begins with a word for totals and has no date."""
    dates = [row.cell(header.columns[name]).line for name in ("opens", "closes", "period") if name in header.columns]
    return not any(dates) and fits(first, [f"{word}*" for word in config.words.totals])


def _repeats(row: Row, header: Header) -> bool:
    """Whether a row holds the headers, or one line of those that stand in several rows."""
    said = [(fold(row.cell(index).line), header.texts[index]) for index in header.columns.values()]
    filled = [(text, name) for text, name in said if text]
    same = sum(text == name or f" {text} " in f" {name} " for text, name in filled)
    return bool(filled) and same >= max(2, 0.6 * len(filled))


def _skipped(row: Row, header: Header, config: TimetableConfig) -> Iterator[str]:
    for column, patterns in config.timetable.skip.items():
        text = row.cell(header.columns[column]).line if column in header.columns else ""
        if text and fits(text, patterns):
            yield f"{column}: {text[:40]}"
