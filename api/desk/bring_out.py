"""Records of the desk as files: YAML, CSV, XLSX and JSON lines, with licence and sources.

Whatever is brought out can be brought in again with nothing lost (`api.desk.bring_in`). Sheets and workbooks hold no
text that a spreadsheet would run.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from api.desk.bring_in import COLUMNS, HALF
from api.desk.sheet_row import cells, is_whole, protected, whole_cells
from api.files import as_csv, as_xlsx
from api.files.answering import File
from api.files.values import begins_like_formula
from corpus.desk.content import Content, ItemKind, name_of
from corpus.desk.documents import as_yaml
from corpus.desk.errors import ContentError
from corpus.desk.rows import Item
from corpus.messages import gettext as _

LICENCE = "CC BY 4.0"
"""Of facts in the collection (README); what the sources themselves say stays theirs."""


_SAFE = re.compile("[a-z0-9][a-z0-9-]{0,79}")


class OutEnding(StrEnum):
    """Ending of a file that records go out in."""

    YAML = "yml"
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Taken:
    """A record as it goes out: in its newest text, or in the public one."""

    item: Item
    content: Content

    @property
    def name(self) -> str:
        """Its name, as a file is named that holds it."""
        return name_of(self.item.record_id) if self.item.kind is ItemKind.PRACTICE else self.item.record_id

    @property
    def file_name(self) -> str:
        """Its name, where the name of a file can hold it; a file that is so named need not repeat it."""
        half = self.item.standing.state.value in HALF or self.item.kind is not ItemKind.PRACTICE
        return "" if half or not _SAFE.fullmatch(self.name) else self.name

    @property
    def sources(self) -> list[str]:
        """Where it can be read."""
        listed = self.content.get("sources") or [self.content.get("source") or {}]
        found = [str(source.get("url") or "") for source in listed if isinstance(source, dict)]
        return [url for url in found if url]

    def header(self) -> dict[str, Any]:
        """What the desk says of it."""
        return {"name": self.name, "kind": self.item.kind.value, "state": self.item.standing.state.value}


def out_file(ending: OutEnding, records: Sequence[Taken]) -> File:
    """Records as a file.

    Raises:
        ContentError: a text is longer than a cell of a sheet; the text says which record and field.
    """
    if ending is OutEnding.YAML:
        return File(_yaml(records).encode(), "application/yaml; charset=utf-8")
    if ending is OutEnding.JSONL:
        return File(_lines(records).encode(), "application/jsonl; charset=utf-8")
    headings, rows = _table(records)
    if ending is OutEnding.CSV:
        return File(_csv(headings, rows), as_csv.MEDIA)
    return File(_workbook(headings, rows), as_xlsx.MEDIA)


def _yaml(records: Sequence[Taken]) -> str:
    """Several records say their names; one of its own is as in `corpus/data/practices`, where the file says it."""
    alone = len(records) == 1 and records[0].file_name
    about = f"# Isopolis. {_('Licence')}: {LICENCE}. {_('Each record names its sources.')}\n"
    if alone:
        return about + as_yaml(records[0].content)
    return about + "".join(f"---\n{as_yaml({**record.header(), **record.content})}" for record in records)


def _lines(records: Sequence[Taken]) -> str:
    return "".join(json.dumps(_line(record), ensure_ascii=False, allow_nan=False) + "\n" for record in records)


def _line(record: Taken) -> dict[str, Any]:
    about = {"id": record.item.record_id, **record.header(), "licence": LICENCE, "sources": record.sources}
    return {**about, "content": record.content}


def _table(records: Sequence[Taken]) -> tuple[list[str], list[dict[str, str]]]:
    rows = [_row(record) for record in records]
    known = ["name", "kind", "state", *COLUMNS, "sources", "licence"]
    parts = dict.fromkeys(name for row in rows for name in row if is_whole(name))
    return [*known, *parts], rows


def _row(record: Taken) -> dict[str, str]:
    try:
        if record.item.kind is ItemKind.PRACTICE:
            told = cells(record.content, COLUMNS)
        else:
            told = {"title": record.item.title} | whole_cells(record.content)
    except ContentError as error:
        raise ContentError({f"{record.name}.{field}": text for field, text in error.fields.items()}) from error
    return {**record.header(), **told, "sources": " ".join(record.sources), "licence": LICENCE}


def _csv(headings: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([protected(row.get(name, ""), csv=True) for name in headings] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(headings: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = "Isopolis", "Isopolis"
    book.properties.description = f"{_('Licence')}: {LICENCE}. {_('Each record names its sources.')}"
    sheet = book.create_sheet("Isopolis")
    sheet.freeze_panes = "B2"
    sheet.append([_cell(sheet, name, bold=True) for name in headings])
    for row in rows:
        sheet.append([_cell(sheet, protected(row.get(name, ""), csv=False)) for name in headings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, text or None)
    if text:
        cell.data_type = "s"  # never a formula, also where somebody edits the cell
        cell.quotePrefix = begins_like_formula(text)
    cell.font, cell.alignment = Font(bold=bold), Alignment(vertical="top")
    return cell
