"""Tables of XLSX files: values that formulas had when saved, dates as dates, merged cells filled."""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from crawler.errors import ShapeError
from crawler.sources.timetables.formats.archive import open_archive
from crawler.sources.timetables.formats.cells import EMPTY, MOST_COLUMNS, Cell, Row, Table, collect, number_text, plain

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MOST_RANGES = 20_000


def read_xlsx(body: bytes) -> list[Table]:
    """Read all visible sheets, row by row: a sheet can claim a million rows and a stray cell sixteen thousand columns.

    Raises:
        ShapeError: no XLSX file, damaged, protected, or of a size that no timetable has.
    """
    archive = open_archive(body)
    if "xl/workbook.xml" not in archive.namelist():
        raise ShapeError("the file is an archive, but no XLSX workbook")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that have no part in the values of cells
            book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
            return [_sheet(sheet, archive) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except ShapeError:
        raise
    except Exception as error:  # a damaged workbook makes the library raise whatever it met
        first = error.__context__ or error  # the library hides the reason behind advice
        raise ShapeError(f"the XLSX file cannot be read: {type(first).__name__}: {first}") from error


def _sheet(sheet: Any, archive: zipfile.ZipFile) -> Table:
    sheet.reset_dimensions()  # what a sheet says of its size is often wrong
    table = collect(sheet.title, _rows(sheet))
    # Sheets that are read row by row do not tell their merged cells; the part of the archive does.
    source = archive.read(sheet._worksheet_path)
    _fill_merged(table, [range_boundaries(found.decode()) for found in _MERGED.findall(source)[:_MOST_RANGES]])
    return table


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        yield number, tuple(_cell(cell.value) for cell in row)


def _cell(value: object) -> Cell:
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return Cell(number_text(number), number) if number.is_finite() else EMPTY
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return Cell(
            value.date().isoformat() if midnight else value.isoformat(" ", "minutes"),
            value.date() if midnight else value,
        )
    if isinstance(value, dt.date):
        return Cell(value.isoformat(), value)
    text = plain(str(value))
    return Cell("" if text.startswith("#") and text.rstrip("!?").isupper() else text)  # #REF!, #N/A, #NAME?


def _fill_merged(table: Table, ranges: list[tuple[int, int, int, int]]) -> None:
    """Give every cell of a merged range the text of its first one."""
    places = {row.number: index for index, row in enumerate(table.rows)}
    for left, top, right, bottom in ranges:
        if top not in places:
            continue
        first = table.rows[places[top]].cell(left - 1)
        for index in range(places[top], len(table.rows)):
            if table.rows[index].number > bottom:
                break
            table.rows[index] = _with(table.rows[index], left - 1, min(right, MOST_COLUMNS), first)


def _with(row: Row, start: int, end: int, cell: Cell) -> Row:
    cells = list(row.cells) + [EMPTY] * (end - len(row.cells))
    cells[start:end] = [cell] * (end - start)
    return Row(row.number, tuple(cells), row.breaks)
