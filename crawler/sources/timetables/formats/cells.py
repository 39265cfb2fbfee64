"""Cells and tables as all formats give them, and the limits of what is read."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.values import clean
from crawler.errors import ShapeError

MOST_BYTES = 30_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_EMPTY = 1_000  # rows without anything in them, one after the other: the table has ended
MOST_TEXT = 20_000

Value = dt.date | dt.datetime | Decimal | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` keeps line breaks, `value` is a date or number where the format knows one.

    `spanned`: the cell is part of a larger one whose text stands elsewhere.
    """

    text: str = ""
    value: Value = None
    link: str | None = None
    spanned: bool = False

    @property
    def line(self) -> str:
        """The text on one line."""
        return clean(self.text)


EMPTY = Cell()
SPANNED = Cell(spanned=True)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, counted from 1. `breaks`: a new page of paper begins with it."""

    number: int
    cells: tuple[Cell, ...]
    breaks: bool = False

    def cell(self, index: int) -> Cell:
        """The cell of a column; an empty one where the row is shorter."""
        return self.cells[index] if index < len(self.cells) else EMPTY

    def filled(self) -> list[Cell]:
        """Cells with a text."""
        return [cell for cell in self.cells if cell.line]


@dataclass(slots=True)
class Table:
    """A table: a sheet, a table of a page, or all that one file holds."""

    name: str
    rows: list[Row] = field(default_factory=list)


def plain(text: str) -> str:
    """A text of a cell: without control characters, cut at a length that no cell of a timetable has."""
    kept = "".join(letter for letter in text[:MOST_TEXT] if letter == "\n" or letter.isprintable() or letter.isspace())
    return "\n".join(line for line in (clean(line) for line in kept.splitlines()) if line)


def number_text(value: Decimal) -> str:
    """A number as a key or text: whole numbers without a decimal point."""
    whole = value.to_integral_value()
    return str(whole.quantize(Decimal(1))) if value == whole and abs(value) < 10**15 else format(value, "f")


def collect(name: str, rows: Iterable[tuple[int, tuple[Cell, ...]]]) -> Table:
    """Rows that hold something, up to the limits.

    Raises:
        ShapeError: there are more rows than any timetable has.
    """
    table = Table(name)
    for number, cells in _until_the_end(rows):
        if len(table.rows) >= MOST_ROWS:
            raise ShapeError(f"{name}: more than {MOST_ROWS} rows: this is no timetable of calls")
        table.rows.append(Row(number, cells))
    return table


def _until_the_end(rows: Iterable[tuple[int, tuple[Cell, ...]]]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Rows that hold something, without the empty cells at their ends."""
    empty = 0
    for number, cells in rows:
        filled = (place for place, cell in enumerate(cells[:MOST_COLUMNS], 1) if cell.text or cell.spanned)
        width = max(filled, default=0)
        empty = 0 if width else empty + 1
        if empty > MOST_EMPTY:
            return
        if width:
            yield number, cells[:width]
