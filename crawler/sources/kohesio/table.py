"""The rows of a file, one at a time: header, encoding and shape are checked on the way.

A file that is no table is refused before its first row; one that ends in the middle of a row after its last.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from corpus.values import clean
from crawler.errors import RefusedError, ShapeError
from crawler.fields import IssueLog
from crawler.html import to_text
from crawler.metadata import Mapping as Words

Row = dict[str, str]
"""Values of a row by our names of the columns; empty cells are absent."""

SEVERAL = "|"
"""What stands between several values of a cell."""

REQUIRED = (
    ("id",),
    ("title_en", "title"),
    ("country", "country_code"),
    ("category", "category_label"),
    ("fund",),
    ("summary_en", "summary"),
)
"""Columns without which nothing can be made of a file; of a group one is enough."""

_MOST_BROKEN = 0.01  # of the rows: more is another format, not a slip
_DELIMITERS = ",;\t"


def values(cell: str) -> list[str]:
    """The values of a cell, each once."""
    return list(dict.fromkeys(part for piece in cell.split(SEVERAL) if (part := piece.strip())))


def cell_text(cell: str) -> str:
    """Text of a cell: some authorities put HTML into it."""
    return clean(to_text(cell)) if "<" in cell or "&" in cell else clean(cell)


def plain(header: str) -> str:
    """A header without case, blanks and signs: `LAU_IDs`, `lau ids` and `LauIds` are one."""
    return "".join(sign for sign in header.casefold() if sign.isalnum())


def read_rows(path: Path, name: str, columns: Words, ignored: dict[str, str], log: IssueLog) -> Iterator[Row]:
    """Read a file, called `name` in issues. `columns` gives our name for each header, `ignored` those not read.

    Raises:
        RefusedError: a page came instead of a file.
        ShapeError: no table, a column is missing, too many broken rows, or the file ends in the middle of a row.
    """
    _refuse_pages(path)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = _Lines(file)
        delimiter = max(_DELIMITERS, key=lines.peek().count)
        reader = csv.reader(lines, strict=True, delimiter=delimiter)
        names = _names(next(_cells(reader, lines), []), columns, {plain(text) for text in ignored}, name, log)
        yield from _rows(_cells(reader, lines), names, name, log)


def _refuse_pages(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise ShapeError("the file is empty")
    if head.startswith(b"<"):
        raise RefusedError(f"a page came instead of a CSV file: {head[:60]!r}")
    if head.startswith((b"{", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b")):
        raise ShapeError(f"no CSV file in UTF-8: it begins with {head[:20]!r}")


class _Lines:
    """Lines of a file; knows how many were read, and whether that was the last."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._first: str | None = None
        self.ended = False
        self.number = 0

    def peek(self) -> str:
        """The first line, which stays to be read."""
        self._first = next(self._file, "")
        return self._first

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self.number += 1
        if self._first:
            line, self._first = self._first, None
            return line
        try:
            return next(self._file)
        except StopIteration:
            self.ended = True
            raise


class _BrokenRowError(ValueError):
    """A row whose quotes are wrong."""


def _cells(reader: Iterator[list[str]], lines: _Lines) -> Iterator[list[str] | _BrokenRowError]:
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if lines.ended:
                raise ShapeError("the file is cut off: it ends inside a quoted cell") from error
            yield _BrokenRowError(f"line {lines.number}: {error}")
        else:
            if row:
                yield row


def _names(
    header: list[str] | _BrokenRowError, columns: Words, skipped: set[str], file: str, log: IssueLog
) -> list[str]:
    """Our name of each column; a column that is not read has none."""
    if isinstance(header, _BrokenRowError):
        raise ShapeError(f"the header cannot be read: {header}")
    names = []
    for text in header:
        found = columns.codes(plain(text))
        names.append(found[0] if found else "")
        if not found and plain(text) not in skipped:
            log.add(file, text, "unknown_field", "a column that is neither mapped nor ignored in source.yml")
    _must_have(names, header, columns)
    return names


def _must_have(names: list[str], header: list[str], columns: Words) -> None:
    for group in REQUIRED:
        if not any(name in names for name in group):
            spellings = [header for header, name in columns.values.items() if name in group]
            found = ", ".join(header[:60])
            raise ShapeError(f"the column {' or '.join(group)} is missing (known as {', '.join(spellings)}): {found}")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ShapeError(f"the column {', '.join(twice)} is there twice: {', '.join(header)}")


def _rows(cells: Iterator[list[str] | _BrokenRowError], names: list[str], file: str, log: IssueLog) -> Iterator[Row]:
    total = broken = misread = 0
    short = False
    for found in cells:
        total += 1
        short = isinstance(found, list) and len(found) < len(names)
        if isinstance(found, _BrokenRowError) or len(found) != len(names):
            broken += 1
            said = str(found) if isinstance(found, _BrokenRowError) else f"{len(found)} cells, not {len(names)}"
            log.lost(file, "row", "broken_row", f"row {total} is left out: {said}")
            continue
        row = {name: cell for name, cell in zip(names, found, strict=True) if name and cell}
        misread += "\ufffd" in "".join(row.values())
        yield row
    if short:
        raise ShapeError("the file is cut off: its last row has too few cells")
    if not total:
        raise ShapeError("the file has a header and no row")
    for number, what in ((broken, "broken"), (misread, "not in UTF-8")):
        if number > _MOST_BROKEN * total and number > 1:
            raise ShapeError(f"{number} of {total} rows are {what}")
    if misread:
        log.add(file, "row", "encoding", f"{misread} rows have letters that are not in UTF-8")
