"""Rows of a file: headers in any spelling, odd cells survive, a file that is no whole table is refused."""

import csv
from pathlib import Path
from typing import Any

import pytest

from bench.kohesio_rows import HEADERS, row, write_file
from crawler.errors import RefusedError, ShapeError
from crawler.fields import IssueLog
from crawler.sources.kohesio.table import Row, cell_text, plain, read_rows, values
from tests.crawler.reading import config

CONFIG = config("kohesio")


def read(path: Path, log: IssueLog | None = None) -> list[Row]:
    columns, ignored = CONFIG.mappings["column"], CONFIG.ignored["column"]
    return list(read_rows(path, "SE", columns, ignored, log or IssueLog("kohesio")))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    write_file(path, (row(number) for number in range(200)))
    return path


def test_a_file_as_kohesio_writes_it(file: Path) -> None:
    log = IssueLog("kohesio")
    found = read(file, log)
    assert (len(found), log.items) == (200, [])
    assert found[3]["id"] == "https://linkedopendata.eu/entity/Q7000003"
    assert "\r\n" in found[3]["summary_en"]
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_empty_cells_are_absent(file: Path) -> None:
    assert "eu_amount" not in read(file)[4]


@pytest.mark.parametrize("header", ["LAU_IDs", "lau_i_ds", "Lau Ids", "LAUIDS", "lau-ids"])
def test_headers_in_any_spelling(header: str) -> None:
    assert plain(header) == "lauids"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(file: Path, delimiter: str) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows([HEADERS, row(1).values()])
    assert read(file)[0]["title_en"].startswith("Open house 1 ")


def changed(file: Path, old: bytes, new: bytes, count: int = -1) -> Path:
    body = file.read_bytes()
    assert old in body
    file.write_bytes(body.replace(old, new, count))
    return file


def test_a_new_column_is_told_and_not_read(file: Path) -> None:
    log = IssueLog("kohesio")
    read(changed(file, b"Image_URL", b"Video_URL", 1), log)
    assert [(issue.code, issue.field) for issue in log.items] == [("unknown_field", "Video_URL")]


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (b"Operation_Unique_Identifier", r"the column id is missing \(known as operationuniqueidentifier\)"),
        (b"Fund_Code", r"the column fund is missing"),
    ],
)
def test_a_missing_column_is_named_before_any_row_is_read(file: Path, header: bytes, says: str) -> None:
    changed(file, header, b"Renamed", 1)
    with pytest.raises(ShapeError, match=says):
        next(read_rows(file, "SE", CONFIG.mappings["column"], CONFIG.ignored["column"], IssueLog("kohesio")))


def test_one_of_two_columns_is_enough(file: Path) -> None:
    body = changed(file, b"Category_Of_Intervention", b"Old_Category", 1)
    assert len(read(body)) == 200
    with pytest.raises(ShapeError, match="the column category or category_label is missing"):
        read(changed(file, b"Category_Label", b"Old_Label", 1))


def test_a_column_that_is_there_twice(file: Path) -> None:
    with pytest.raises(ShapeError, match="the column cost is there twice"):
        read(changed(file, b"Image_URL", b"Total_Eligible_Expenditure", 1))


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (b"", ShapeError, "empty"),
        (b"\xef\xbb\xbf  \r\n", ShapeError, "empty"),
        (b"\n<html>", RefusedError, "a page came instead"),
        (b'{"error": "no such key"}', ShapeError, "no CSV file"),
        (b"PK\x03\x04rest", ShapeError, "no CSV file"),
        ("Operation".encode("utf-16"), ShapeError, "no CSV file"),
        (b"a,b\r\n1,2\r\n", ShapeError, "the column id is missing"),
        (b'"a"b,c\r\n', ShapeError, "the header cannot be read"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, error: Any, says: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(error, match=says):
        read(path)


@pytest.mark.parametrize("keep", range(1, 60, 7))
def test_a_file_that_ends_in_the_middle_of_its_last_row(file: Path, keep: int) -> None:
    body = file.read_bytes()
    start = body.rindex(b"https://linkedopendata.eu/entity/Q7000199")
    file.write_bytes(body[: start + keep])
    with pytest.raises(ShapeError, match="cut off"):
        read(file)


def test_a_file_that_ends_in_a_quoted_cell(file: Path) -> None:
    body = file.read_bytes()
    file.write_bytes(body[: body.rindex(b'"')])
    with pytest.raises(ShapeError, match="cut off: it ends inside a quoted cell"):
        read(file)


def test_a_broken_row_costs_itself(file: Path) -> None:
    log = IssueLog("kohesio")
    found = read(changed(file, b"Maison ouverte 7 de", b'"Maison"s ouverte 7 de', 1), log)
    assert len(found) == 199
    # The rest of the row, after the line break in its text, is a second broken row.
    assert [(issue.code, issue.level) for issue in log.items] == [("broken_row", "error")] * 2


def test_too_many_broken_rows_are_another_format(file: Path) -> None:
    with pytest.raises(ShapeError, match="200 of 200 rows are broken"):
        read(changed(file, b"Ministry of Work", b"Ministry,of,Work"))


def test_letters_that_are_not_in_utf8(file: Path) -> None:
    log = IssueLog("kohesio")
    assert len(read(changed(file, b"Maison ouverte 7 de", b"Maison \xe9troite 7 de", 1), log)) == 200
    assert [issue.code for issue in log.items] == ["encoding"]
    with pytest.raises(ShapeError, match=r"\d+ of 200 rows are not in UTF-8"):
        read(changed(file, "Grandpré".encode(), "Grandpré".encode("latin-1")))


def test_values_of_a_cell() -> None:
    assert values(" A | B|A| ") == ["A", "B"]
    assert values("") == []


def test_text_of_a_cell() -> None:
    assert cell_text("<p>Tea &amp; soup,\r\n all  year</p>") == "Tea & soup, all year"
    assert cell_text("R&D") == "R&D"
    assert cell_text("a\r\nb") == "a b"
