"""Tables of ODS files, read as a stream: a repeated row or cell is one line of XML and may claim a million copies."""

import datetime as dt
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from crawler.errors import ShapeError
from crawler.sources.timetables.formats.archive import open_archive
from crawler.sources.timetables.formats.cells import (
    EMPTY,
    MOST_COLUMNS,
    MOST_EMPTY,
    Cell,
    Table,
    collect,
    number_text,
    plain,
)

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NUMBERS = ("float", "currency", "percentage")
Spans = dict[int, tuple[int, Cell]]


def read_ods(body: bytes) -> list[Table]:
    """Read all tables of an ODS file.

    Raises:
        ShapeError: no ODS file, damaged, protected, or of a size that no timetable has.
    """
    archive = open_archive(body)
    if "content.xml" not in archive.namelist():
        raise ShapeError("the file is an archive, but no ODS table")
    tables = []
    try:
        with archive.open("content.xml") as content:
            for _, node in iterparse(content, events=("end",), forbid_dtd=True):
                if node.tag == f"{_T}table":
                    tables.append(collect(node.get(f"{_T}name") or "table", _rows(node)))
                    node.clear()
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ShapeError(f"the ODS file cannot be read: {type(error).__name__}: {error}") from error
    return tables


def _rows(table: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    number, spans = 0, Spans()
    for row in table.iter(f"{_T}table-row"):
        copies = _count(row, "number-rows-repeated")
        for copy in range(min(copies, MOST_EMPTY + 1)):  # more copies than that end the table in any case
            yield number + copy + 1, tuple(_cells(row, spans))
        number += copies


def _cells(row: Any, spans: Spans) -> list[Cell]:
    """Cells of a row; those that a larger cell from above covers take its text."""
    found: list[Cell] = []
    for node in row:
        if node.tag == f"{_T}table-cell":
            _add(found, node, spans)
        elif node.tag == f"{_T}covered-table-cell":
            for _ in range(min(_count(node, "number-columns-repeated"), MOST_COLUMNS)):
                found.append(_from_above(spans, len(found)))
        if len(found) >= MOST_COLUMNS:
            break
    return found[:MOST_COLUMNS]


def _add(found: list[Cell], node: Any, spans: Spans) -> None:
    cell, wide, high = _cell(node), _count(node, "number-columns-spanned"), _count(node, "number-rows-spanned")
    start = len(found)
    if wide > 1 or high > 1:
        # The row itself follows with covered cells, hence one more row than the cells below.
        spans.update({start + i: (high if i else high - 1, cell) for i in range(min(wide, MOST_COLUMNS))})
    found += [cell] * min(_count(node, "number-columns-repeated"), MOST_COLUMNS)


def _from_above(spans: Spans, column: int) -> Cell:
    left, cell = spans.get(column, (0, EMPTY))
    if left <= 0:
        return EMPTY
    spans[column] = (left - 1, cell)
    return cell


def _count(node: Any, name: str) -> int:
    text = node.get(f"{_T}{name}") or "1"
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def _cell(node: Any) -> Cell:
    text = plain("\n".join("".join(part.itertext()) for part in node.iter(f"{_X}p")))
    kind = node.get(f"{_O}value-type")
    link = next((part.get("{http://www.w3.org/1999/xlink}href") for part in node.iter(f"{_X}a")), None)
    if kind == "date":
        return _date(node.get(f"{_O}date-value") or "", text)
    if kind in _NUMBERS:
        return _number(node.get(f"{_O}value") or "", text)
    return Cell(text, link=link)


def _date(raw: str, text: str) -> Cell:
    try:
        moment = dt.datetime.fromisoformat(raw)
    except ValueError:
        return Cell(text)
    return Cell(text or raw, moment.date() if moment.time() == dt.time.min else moment)


def _number(raw: str, text: str) -> Cell:
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return Cell(text)
    return Cell(number_text(number), number) if number.is_finite() else Cell(text)
