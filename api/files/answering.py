"""Files by the ending of their address: what each is, and how many rows it bears."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from api.files import as_csv, as_docx, as_pdf, as_xlsx
from api.files.columns import Column
from api.files.lists import list_paper
from api.files.paper import Paper
from api.files.table import About, Table, table
from api.lists import DOCX_ROWS, PDF_ROWS
from api.rows import RowBase

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


FIRST = {Ending.DOCX: DOCX_ROWS, Ending.PDF: PDF_ROWS, Ending.ICS: 5_000, Ending.ATOM: 500}
"""Rows in one file: beyond that nobody reads it, and making it would keep others waiting. Tables and JSON have all."""


@dataclass(frozen=True, slots=True)
class File:
    """Bytes with what they are."""

    data: bytes
    media: str


def first(ending: Ending, about: About, ids: Sequence[str]) -> tuple[About, Sequence[str]]:
    """What a file of this kind holds of a list, and the file's own word on what it does not hold."""
    held = ids[: FIRST.get(ending, len(ids))]
    return replace(about, rows=len(ids), held=len(held)), held


def list_file(ending: Ending, about: About, columns: Sequence[Column[R]], rows: Sequence[R]) -> File:
    """Rows as CSV, XLSX, DOCX or PDF."""
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
