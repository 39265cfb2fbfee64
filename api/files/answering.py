"""Files by the ending of their address: what each is, and how many rows it bears."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from api.errors import InvalidFieldError
from api.files import as_csv, as_docx, as_pdf, as_xlsx
from api.files.columns import Column
from api.files.lists import list_paper
from api.files.paper import Paper
from api.files.table import About, Table, table
from api.rows import RowBase
from corpus import formats
from corpus.messages import gettext as _

R = TypeVar("R", bound=RowBase)


class Ending(StrEnum):
    """Ending of an address of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"
    ICS = "ics"
    ATOM = "atom"
    JSON = "json"


MOST = {Ending.CSV: 100_000, Ending.XLSX: 20_000, Ending.DOCX: 500, Ending.PDF: 1_000, Ending.ICS: 5_000}
"""Rows in one file: beyond that nobody reads it, and making it would keep others waiting."""
FEED_MOST = 500
"""Entries of a feed, which shows the first of a list."""


@dataclass(frozen=True, slots=True)
class File:
    """Bytes with what they are."""

    data: bytes
    media: str


def check_size(ending: Ending, rows: int) -> None:
    """Refuse a file that would be too long; nothing is cut off silently.

    Raises:
        InvalidFieldError: there are more rows than the format bears.
    """
    most = MOST.get(ending, rows)
    if rows > most:
        text = _(
            "{rows} rows are too many for this format, which holds {most}: narrow the search, or take CSV.",
            rows=formats.number(rows),
            most=formats.number(most),
        )
        raise InvalidFieldError(ending.value, text)


def list_file(ending: Ending, about: About, columns: Sequence[Column[R]], rows: Sequence[R]) -> File:
    """Rows as CSV, XLSX, DOCX or PDF."""
    check_size(ending, len(rows))
    if ending in (Ending.CSV, Ending.XLSX):
        return table_file(ending, table(about, columns, rows))
    return paper_file(ending, list_paper(about, columns, rows))


def table_file(ending: Ending, *tables: Table) -> File:
    """Tables as a workbook, or the first as CSV."""
    if ending is Ending.CSV:
        return File(as_csv.as_csv(tables[0]), as_csv.MEDIA)
    return File(as_xlsx.as_xlsx(tables), as_xlsx.MEDIA)


def paper_file(ending: Ending, paper: Paper) -> File:
    """A paper as DOCX or PDF."""
    if ending is Ending.DOCX:
        return File(as_docx.as_docx(paper), as_docx.MEDIA)
    return File(as_pdf.as_pdf(paper), as_pdf.MEDIA)
