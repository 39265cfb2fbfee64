"""Rows of CSV and XLSX files, read so that no file can do harm.

A workbook is a packed archive: what it holds unpacked is counted before it is opened. Formulas are not evaluated; a
cell that holds one is read as its last value, which is what the person saw.
"""

import csv
import io
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from corpus.desk.errors import ContentError

MOST_ROWS = 500
MOST_BYTES = 2_000_000
"""Of the file as it comes."""
_MOST_UNPACKED = 40_000_000
_MOST_COLUMNS = 60
_MOST_SIGNS = 32_767
"""Of one cell, as a workbook allows."""
_ENCODINGS = ("utf-8-sig", "cp1252")

Row = dict[str, str]


def read_rows(name: str, data: bytes) -> list[Row]:
    """Rows of a file by the headings of its first row; empty rows are left out.

    Args:
        name: name of the file; its ending says what it is.
        data: the file.

    Raises:
        ContentError: it is no such file, too large, or has no headings; the text says what would be right.
    """
    if len(data) > MOST_BYTES:
        raise _bad(f"the file is larger than {MOST_BYTES // 1_000_000} MB: split it")
    rows = iter(_of_workbook(data) if name.lower().endswith(".xlsx") else list(_separated(data)))
    headings = [heading.strip().lower().replace(" ", "_") for heading in next(rows, [])]
    if not any(headings):
        raise _bad("the first row holds no headings: take the template")
    if len(set(filter(None, headings))) < len(list(filter(None, headings))):
        raise _bad("two columns have the same heading")
    found = [dict(zip(headings, row, strict=False)) for row in rows]
    found = [{key: value for key, value in row.items() if key} for row in found if any(row.values())]
    if len(found) > MOST_ROWS:
        raise _bad(f"more than {MOST_ROWS} rows: split the file")
    return found


def _bad(text: str) -> ContentError:
    return ContentError({"file": text})


def _separated(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=first.count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator, strict=True):
            yield [_bounded(cell) for cell in row[:_MOST_COLUMNS]]
    except csv.Error as error:
        raise _bad(f"it cannot be read as CSV: {error}") from error


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise _bad("it is neither CSV nor XLSX: save it as one of them")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _bad("its letters cannot be read: save it as UTF-8")


def _of_workbook(data: bytes) -> list[list[str]]:
    try:
        return list(_workbook(data))
    except ContentError:
        raise
    # Whatever a damaged or hostile workbook makes the readers of ZIP and XML say.
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError, TypeError) as error:
        raise _bad("it is no XLSX file, or a damaged one") from error


def _workbook(data: bytes) -> Iterator[list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _MOST_UNPACKED:
        raise _bad(f"it holds {unpacked // 1_000_000} MB when unpacked: no sheet of practices is so large")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=_MOST_COLUMNS, values_only=True):
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    date = getattr(value, "date", None)
    return _bounded(str(date() if callable(date) else value))


def _bounded(cell: str) -> str:
    """A cell without spaces around it; a longer one is refused, for what is cut off would be lost."""
    if len(cell) > _MOST_SIGNS:
        raise _bad(f"a cell holds more than {_MOST_SIGNS:,} signs: {cell[:40]!r}")
    return cell.strip()
