"""Tables of CSV files: the encoding from a mark, from UTF-8, or from the language; the delimiter from the rows."""

import csv
import io
from collections import Counter
from itertools import islice

from crawler.errors import ShapeError
from crawler.sources.timetables.formats.cells import Cell, Table, collect, plain

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DELIMITERS = (";", ",", "\t", "|")
_LOOKED_AT = 200
csv.field_size_limit(1_000_000)


def read_csv(body: bytes, encoding: str) -> list[Table]:
    """Read a CSV file; `encoding` is that of the language, for files that are not UTF-8.

    The code pages of one byte cannot be told apart on a short file: every guess decodes. The language can.

    Raises:
        ShapeError: the bytes are no text, or the quotes do not match.
    """
    text = _decode(body, encoding)
    if "\0" in text:
        raise ShapeError("the CSV file holds NUL characters: it is no text")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False))
    except csv.Error as error:
        raise ShapeError(f"the CSV file cannot be read: {error}") from error
    return [collect("CSV", ((n, tuple(Cell(plain(cell)) for cell in row)) for n, row in enumerate(rows, 1)))]


def _decode(body: bytes, encoding: str) -> str:
    marked = next((name for mark, name in _MARKS.items() if body.startswith(mark)), None)
    for name in (marked,) if marked else ("utf-8", encoding):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    raise ShapeError(f"the CSV file is neither UTF-8 nor {encoding}")


def _delimiter(text: str) -> str:
    """The delimiter with which most rows have the same number of cells, counted by cells."""
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> int:
    try:
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _LOOKED_AT)
        widths = Counter(len(row) for row in rows if len(row) > 1)
    except csv.Error:
        return 0
    return max((width * count for width, count in widths.items()), default=0)
