"""Tables of PDF files: those whose cells have lines around them, put together over the pages."""

import io
from collections.abc import Iterator

import pdfplumber
from pdfplumber.pdf import PDF

from crawler.errors import ShapeError
from crawler.sources.timetables.formats.cells import MOST_ROWS, SPANNED, Cell, Row, Table, plain

_MOST_PAGES = 80


def read_pdf(body: bytes) -> list[Table]:
    """Read a PDF file; tables of the same width that follow each other are one table, which goes on over pages.

    Raises:
        ShapeError: no PDF, protected, a scan without text, or without a table.
    """
    try:
        with pdfplumber.open(io.BytesIO(body)) as document:
            tables, letters = _tables(document)
    except ShapeError:
        raise
    except Exception as error:  # a damaged or protected PDF makes the library raise whatever it met
        raise ShapeError(f"the PDF cannot be read: {type(error).__name__}: {error}".rstrip(": ")) from error
    if not letters:
        raise ShapeError("the PDF holds no text: it is a scan, which only a person can read")
    if not tables:
        raise ShapeError("the PDF holds text but no table with lines around its cells")
    return tables


def _tables(document: PDF) -> tuple[list[Table], int]:
    """All tables, and how many letters the pages hold."""
    if len(document.pages) > _MOST_PAGES:
        raise ShapeError(f"the PDF has {len(document.pages)} pages: this is no timetable of calls")
    found: list[Table] = []
    letters = 0
    for number, page in enumerate(document.pages, 1):
        for cells in page.extract_tables():
            _append(found, number, cells)
        letters += len(page.chars)
        page.close()  # a page keeps every letter in memory until then
    return found, letters


def _append(found: list[Table], page: int, cells: list[list[str | None]]) -> None:
    """Add the rows of a table: to the one before when it has as many columns."""
    width = max((len(row) for row in cells), default=0)
    if width < 2:
        return  # a frame around a text
    if not found or len(found[-1].rows[-1].cells) != width:
        found.append(Table(f"table on page {page}"))
    table = found[-1]
    for first, row in _marked(cells):
        if len(table.rows) >= MOST_ROWS:
            raise ShapeError(f"the PDF has more than {MOST_ROWS} rows: this is no timetable of calls")
        padded = [*row, *[""] * (width - len(row))]
        filled = tuple(SPANNED if text is None else Cell(plain(text)) for text in padded)
        table.rows.append(Row(len(table.rows) + 1, filled, first and bool(table.rows)))


def _marked(cells: list[list[str | None]]) -> Iterator[tuple[bool, list[str | None]]]:
    for index, row in enumerate(cells):
        yield index == 0, row
