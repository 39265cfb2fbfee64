"""Tables as a workbook (XLSX): numbers are numbers, days are days, addresses lead somewhere, texts never run."""

import io
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from api.files.table import Table, advice
from api.files.values import Share, Value, begins_like_formula, clean
from corpus import formats
from corpus.messages import gettext as _
from corpus.parts import Money

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_767
"""Characters that a cell of a workbook holds."""
_WIDE = frozenset({"title", "summary", "results", "sources", "cutoffs", "why", "reasons"})


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """One sheet a table, and a last one that says what was asked for and when."""
    book = Workbook(write_only=True)
    # The day of the data, so that equal rows make equal bytes.
    book.properties.title = clean(tables[0].about.title)
    book.properties.creator = "Isopolis"
    book.properties.language = tables[0].language.value
    book.properties.created = book.properties.modified = tables[0].about.as_of.replace(tzinfo=None)
    for table in tables:
        _sheet(book, table)
    _about(book, tables[0])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_sheet_name(table.about.title))
    sheet.freeze_panes = "B2"
    for place, key in enumerate(table.keys, 1):
        sheet.column_dimensions[get_column_letter(place)].width = 60 if key in _WIDE else 20
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.keys))}{len(table.rows) + 1}"
    sheet.append([_heading(sheet, text) for text in table.headings])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _about(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_sheet_name(_("About this file")))
    sheet.column_dimensions["A"].width = 100
    asked = table.about.asked or (_("Everything, without a filter"),)
    lines = (
        table.about.title,
        *asked,
        _("As of {date}.", date=formats.day(table.about.as_of.date())),
        *filter(None, (table.about.cut,)),
        _("An empty cell means: not known."),
        advice(),
        table.about.page,
    )
    for line in lines:
        sheet.append([_cell(sheet, line)])


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    if isinstance(value, Money):
        cell = WriteOnlyCell(sheet, value.amount)
        cell.number_format = f"#,##0.{'##' if value.amount % 1 else ''}".rstrip(".") + f' "{value.currency}"'
    elif isinstance(value, Share):
        cell = WriteOnlyCell(sheet, value.value / Decimal(100))
        cell.number_format = "0.##%" if value.value % 1 else "0%"
    elif isinstance(value, str):
        cell = _text(sheet, clean(value)[:_LONGEST])
    else:
        cell = WriteOnlyCell(sheet, value)
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    # A text that begins like a formula stays a text, also when somebody edits the cell.
    cell.data_type = "s"
    if begins_like_formula(text):
        cell.quotePrefix = True
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > 40)
    if text.startswith(("https://", "http://")) and " " not in text:
        cell.hyperlink = text
    return cell


def _sheet_name(text: str) -> str:
    return clean("".join(" " if sign in "[]:*?/\\" else sign for sign in text)).strip("' ")[:31] or "Isopolis"
