"""Files in every format, and files that would harm whoever opens them."""

import datetime as dt
import io
import struct
import tracemalloc
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import RefusedError, ShapeError, SourceError
from crawler.sources.timetables.formats import archive, cells, portable
from crawler.sources.timetables.formats.sniff import read_tables, sniff
from tests.crawler.sources.timetables.makers import html, ods, ods_row, pdf, tr, xlsx, zipped

ALL = ("csv", "xlsx", "ods", "html", "pdf")
URL = "https://plan.example.org/calls"


NOON = dt.datetime(2027, 1, 15, 12, 30)  # noqa: DTZ001  a workbook knows no zones


def rows(body: bytes, encoding: str = "cp1252", sheet: int = 0) -> list[list[str]]:
    """Texts of a table."""
    return [[cell.text for cell in row.cells] for row in read_tables(body, URL, ALL, encoding)[sheet].rows]


def refusal(body: bytes, formats: tuple[str, ...] = ALL) -> str:
    with pytest.raises(ShapeError) as caught:
        read_tables(body, URL, formats, "cp1252")
    return str(caught.value)


# CSV


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        ("titolo;città\na;b\n".encode("utf-8-sig"), "cp1252"),
        ("titolo;città\na;b\n".encode("utf-16"), "cp1252"),
        ("titolo;città\na;b\n".encode(), "cp1252"),
        ("titolo;città\na;b\n".encode("cp1252"), "cp1252"),
        ("titolo,città\r\na,b\r\n".encode(), "cp1252"),
        ("titolo\tcittà\na\tb\n".encode(), "cp1252"),
        ("titolo|città\na|b\n".encode(), "cp1252"),
    ],
)
def test_encodings_and_delimiters(body: bytes, encoding: str) -> None:
    assert rows(body, encoding) == [["titolo", "città"], ["a", "b"]]


def test_the_language_decides_where_bytes_cannot() -> None:
    body = "процедура;срок\n".encode("cp1251")
    assert rows(body, "cp1251") == [["процедура", "срок"]]
    assert rows(body, "cp1252") != rows(body, "cp1251")


def test_commas_in_texts_do_not_make_columns() -> None:
    body = 'name;text;amount\na;"one, two, three";1,5\nb;"four, five; six";2,5\n'
    assert rows(body.encode()) == [
        ["name", "text", "amount"],
        ["a", "one, two, three", "1,5"],
        ["b", "four, five; six", "2,5"],
    ]


def test_a_quoted_cell_keeps_its_lines() -> None:
    assert rows(b'a;b\n"one\n  two\n";c\n') == [["a", "b"], ["one\ntwo", "c"]]


def test_bytes_that_are_no_text() -> None:
    assert "NUL" in refusal(b"a;b\0\nc;d\n")
    assert "neither UTF-8 nor cp1253" in _refused_in("cp1253", b"a;\xff\xaa\xd2\n")


def _refused_in(encoding: str, body: bytes) -> str:
    with pytest.raises(ShapeError) as caught:
        read_tables(body, URL, ALL, encoding)
    return str(caught.value)


# XLSX


def test_values_of_a_workbook() -> None:
    body = xlsx([["text", 12, 12.5, dt.date(2027, 1, 15), NOON, None, "=1+1", True, "#REF!"]])
    (row,) = read_tables(body, URL, ALL, "")[0].rows
    texts = [cell.text for cell in row.cells]
    # A formula that no office program has calculated has no value; one that failed has none either.
    assert texts == ["text", "12", "12.5", "2027-01-15", "2027-01-15 12:30", "", "", "True"]
    assert row.cells[1].value == Decimal(12)
    assert row.cells[3].value == dt.date(2027, 1, 15)
    assert row.cells[4].value == NOON


def test_formulas_give_the_value_that_was_saved() -> None:
    parts = _unzipped(xlsx([[1, 2]]))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<v>2</v>", b"<f>A1+1</f><v>2</v>")
    assert rows(zipped(parts | {"xl/worksheets/sheet1.xml": sheet})) == [["1", "2"]]


def _unzipped(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_merged_cells_hold_the_text_of_the_first() -> None:
    body = xlsx([["a", "b", "c"], ["x", 1, 2], [None, 3, 4], [None, 5, 6]], merged=["A2:A4", "B1:C1"])
    assert rows(body) == [["a", "b", "b"], ["x", "1", "2"], ["x", "3", "4"], ["x", "5", "6"]]


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    parts = _unzipped(xlsx([["a", "b"], ["c", "d"]], merged=["D1:E1"]))
    name = "xl/worksheets/sheet1.xml"
    huge = zipped(parts | {name: parts[name].replace(b'ref="D1:E1"', b'ref="A2:XFD1048576"')})
    assert rows(huge)[0] == ["a", "b"]
    assert set(rows(huge)[1]) == {"c"}


def test_a_hundred_thousand_empty_rows_and_a_stray_cell() -> None:
    parts = _unzipped(xlsx([["a", "b"], ["c", "d"]]))
    name = "xl/worksheets/sheet1.xml"
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 100_003))
    stray = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>stray</t></is></c></row></sheetData>'
    body = zipped(parts | {name: parts[name].replace(b"</sheetData>", empty + stray)})
    tracemalloc.start()
    try:
        assert rows(body) == [["a", "b"], ["c", "d"]]
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_hidden_sheets_are_not_read_and_others_are() -> None:
    parts = _unzipped(xlsx([["a", "b"]], name="Plan", Notes=[["c", "d"]], Old=[["e", "f"]]))
    name = "xl/workbook.xml"
    hidden = parts[name].replace(b'name="Old" sheetId="3" state="visible"', b'name="Old" sheetId="3" state="hidden"')
    assert hidden != parts[name]
    tables = read_tables(zipped(parts | {name: hidden}), URL, ALL, "")
    assert [table.name for table in tables] == ["Plan", "Notes"]


def test_more_rows_than_any_timetable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_ROWS", 10)
    assert "more than 10 rows" in refusal(xlsx([["a", "b"]] * 11))


# Archives that would fill the memory


def test_a_zip_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1_000_000)
    assert "zip bomb" in refusal(zipped({"xl/workbook.xml": b"0" * 2_000_000}))


def test_a_zip_bomb_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1_000_000)
    body = bytearray(zipped({"xl/workbook.xml": b"0" * 2_000_000}))
    entry = body.index(b"PK\x01\x02")
    struct.pack_into("<I", body, entry + 24, 10)  # size unpacked, as the directory of the archive states it
    assert "zip bomb" in refusal(bytes(body))


def test_damaged_and_protected_archives() -> None:
    whole = xlsx([["a", "b"]])
    assert "damaged archive" in refusal(whole[: len(whole) // 2])
    broken = bytearray(whole)
    broken[60:200] = bytes(140)
    assert "archive" in refusal(bytes(broken))
    locked = bytearray(whole)
    entry = locked.index(b"PK\x01\x02")
    locked[entry + 8] |= 1
    assert "password" in refusal(bytes(locked))
    assert "no XLSX workbook" in refusal(zipped({"word/document.xml": b"<a/>"}))


def test_an_xml_bomb_in_a_workbook() -> None:
    parts = _unzipped(xlsx([["a", "b"]]))
    bomb = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    name = "xl/worksheets/sheet1.xml"
    sheet = parts[name].split(b"?>", 1)[-1] if parts[name].startswith(b"<?xml") else parts[name]
    assert "cannot be read: EntitiesForbidden" in refusal(zipped(parts | {name: bomb + sheet}))


# ODS


def ods_cell(text: str, **attributes: str) -> str:
    """A cell with attributes such as `table_number__rows__spanned`."""
    said = "".join(f' {n.replace("__", "-").replace("_", ":", 1)}="{v}"' for n, v in attributes.items())
    return f"<table:table-cell{said}>{text and f'<text:p>{text}</text:p>'}</table:table-cell>"


def ods_line(*parts: str, **attributes: str) -> str:
    said = "".join(f' {n.replace("__", "-").replace("_", ":", 1)}="{v}"' for n, v in attributes.items())
    return f"<table:table-row{said}>{''.join(parts)}</table:table-row>"


def test_a_table_of_an_office_suite() -> None:
    date = ods_cell("15.1.", office_value__type="date", office_date__value="2027-01-15")
    number = ods_cell("12", office_value__type="float", office_value="12.0")
    link = ods_cell('<text:a xlink:href="https://x.example/">one</text:a> two</text:p><text:p>three')
    (row,) = read_tables(ods(ods_line(date, number, link)), URL, ALL, "")[0].rows
    assert [cell.text for cell in row.cells] == ["15.1.", "12", "one two\nthree"]
    assert [cell.value for cell in row.cells] == [dt.date(2027, 1, 15), Decimal("12.0"), None]
    assert row.cells[2].link == "https://x.example/"


def test_cells_that_span_rows_and_columns() -> None:
    spanning = ods_cell("a", table_number__columns__spanned="2", table_number__rows__spanned="2")
    first = ods_line(spanning, "<table:covered-table-cell/>", ods_cell("b"))
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    table = first + ods_line(covered, ods_cell("c")) + ods_row("d", "e", "f")
    assert rows(ods(table)) == [["a", "a", "b"], ["a", "a", "c"], ["d", "e", "f"]]


def test_a_row_that_claims_a_million_copies() -> None:
    empty = ods_cell("", table_number__columns__repeated="16384")
    many = ods_line(empty, table_number__rows__repeated="1048000")
    assert rows(ods(ods_row("a", "b") + many + ods_row("c", "d"))) == [["a", "b"]]


@pytest.mark.parametrize(("copies", "width"), [("3", 3), ("99999999", cells.MOST_COLUMNS), ("999999999", 1), ("x", 1)])
def test_a_cell_that_claims_copies(copies: str, width: int) -> None:
    (row,) = rows(ods(ods_line(ods_cell("x", table_number__columns__repeated=copies))))
    assert len(row) == width


def test_entities_in_a_table_of_an_office_suite() -> None:
    assert "cannot be read" in refusal(ods(ods_row("a"), head='<!DOCTYPE x [<!ENTITY y "z">]>'))


# HTML


def test_tables_of_a_page() -> None:
    page = html(
        tr("a", "b", tag="th") + tr('<a href="/calls/1">one</a><br>two', "<p>c</p><p>d</p>"),
        tr("other"),
        head="<style>td{}</style>",
    )
    tables = read_tables(page, URL, ALL, "")
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in tables] == [
        [["a", "b"], ["one\ntwo", "c\nd"]],
        [["other"]],
    ]
    assert tables[0].rows[1].cells[0].link == "https://plan.example.org/calls/1"


def test_spans_of_a_page() -> None:
    table = (
        '<tr><td rowspan="3">a</td><td colspan="2">b</td></tr><tr><td rowspan="2">c</td><td>d</td></tr>'
        "<tr><td>e</td></tr><tr><td>f</td><td>g</td><td>h</td></tr>"
    )
    assert rows(html(table)) == [["a", "b", "b"], ["a", "c", "d"], ["a", "c", "e"], ["f", "g", "h"]]


def test_spans_without_measure() -> None:
    table = '<tr><td colspan="99999999" rowspan="0">a</td><td>b</td></tr><tr><td colspan="x">c</td></tr>'
    found = rows(html(table))
    assert [len(row) for row in found] == [2, 1]
    assert len(rows(html('<tr><td colspan="50000" rowspan="900000">a</td></tr>' + "<tr></tr>" * 5))) == 6


def test_a_table_that_arranges_others() -> None:
    inner = "<table>" + tr("x", "y") + "</table>"
    tables = read_tables(html(f"<tr><td>menu</td><td>{inner}</td></tr>"), URL, ALL, "")
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in tables][1] == [["x", "y"]]


def test_the_encoding_that_a_page_declares() -> None:
    page = html(tr("договор"), head='<meta charset="windows-1251">').decode().encode("cp1251")
    assert rows(page) == [["договор"]]


@pytest.mark.parametrize("words", ["Request Rejected", "Just a moment...", "Attention Required! | Cloudflare"])
def test_the_page_of_a_firewall(words: str) -> None:
    with pytest.raises(RefusedError, match="a firewall answered"):
        sniff(f"<html><title>{words}</title></html>".encode())


# PDF


def test_a_table_over_several_pages_is_one() -> None:
    head = ["name", "opens"]
    body = pdf([[head, ["a", "b"]], [head, ["c", "d"]], [["e", "f"]]], [100, 100])
    (table,) = read_tables(body, URL, ALL, "")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [head, ["a", "b"], head, ["c", "d"], ["e", "f"]]
    assert [row.breaks for row in table.rows] == [False, False, True, False, True]


def test_pdf_files_that_hold_no_table() -> None:
    assert "it is a scan" in refusal(pdf([[["", ""]]], [100, 100], lines=False))
    assert "no table with lines" in refusal(pdf([[["a", "b"]]], [100, 100], lines=False))
    assert "no table with lines" in refusal(pdf([[["a frame around a text"]]], [300]))


def test_pdf_files_that_are_damaged_or_long(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pdf([[["a", "b"]]] * 3, [100, 100])
    assert "PDF" in refusal(whole[:60])
    monkeypatch.setattr(portable, "_MOST_PAGES", 2)
    assert "the PDF has 3 pages" in refusal(whole)


# What a file is


def test_another_format_than_expected() -> None:
    assert refusal(html(tr("a", "b")), ("csv", "xlsx")).startswith(
        "expected csv or xlsx, but the answer is html (a page instead"
    )
    assert refusal(b"a;b\n", ("pdf",)) == "expected pdf, but the answer is csv"


def test_files_that_are_not_read_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "old XLS or DOC file" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100)
    assert "the answer is empty" in refusal(b" \n")
    monkeypatch.setattr("crawler.sources.timetables.formats.sniff.MOST_BYTES", 10)
    assert "more than 10 are not read" in refusal(b"a;b;c;d;e;f\n")


WHOLE = {
    "xlsx": xlsx([["a", "b"], ["c", 1]], merged=["A1:B1"]),
    "ods": ods(ods_row("a", "b") * 3),
    "pdf": pdf([[["a", "b"]]], [100, 100]),
    "html": html(tr("a", "b")),
    "csv": b"a;b\nc;d\n",
}


@pytest.mark.parametrize("kind", WHOLE)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    body = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(body)))
    try:
        read_tables(bytes(body[:cut]), URL, ALL, "cp1252")
    except SourceError:
        return


@given(body=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        read_tables(body, URL, ALL, "cp1252")
    except SourceError:
        return
