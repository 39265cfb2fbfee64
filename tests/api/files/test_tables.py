import csv
import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from api.errors import InvalidFieldError
from api.files.as_csv import as_csv
from api.files.as_xlsx import as_xlsx
from api.files.columns import call_columns, choose, practice_columns
from api.files.table import Table, table
from api.files.values import clean
from api.rows import CallRow
from corpus.messages import speaking
from corpus.vocab import Language
from tests.api.files.samples import ABOUT, bare, example, whole


def made(*rows: CallRow, columns: str = "") -> Table:
    return table(ABOUT, choose(call_columns(), columns), rows)


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def test_a_csv_says_what_the_row_says() -> None:
    first, second = read_csv(as_csv(made(whole(), bare())))
    assert first["Title"] == "Безопасни улици"
    assert (first["Next deadline"], first["Days left"]) == ("2027-02-01", "71")
    assert first["Largest grant"] == "200000.50 EUR"
    assert (first["EU pays up to (%)"], first["You pay at least (%)"]) == ("85", "15")
    assert first["Where the money can be used"] == "Bulgaria; the whole EU"
    assert first["Checked"] == "2026-11-01"
    assert first["Sources"] == "https://example.org/page ; https://example.org/other"
    assert (second["Largest grant"], second["Lump sum"]) == ("", "")


def test_lines_end_as_the_standard_says_and_the_encoding_is_marked() -> None:
    data = as_csv(made(whole()))
    assert data.startswith("\ufeff".encode())
    assert data.endswith(b"\r\n")


def test_headings_are_in_the_spoken_language() -> None:
    with speaking(Language.BG):
        made_ = made(whole())
    assert made_.language is Language.BG
    status = dict(zip(made_.keys, made_.rows[0], strict=True))["status"]
    assert status == "Отворена"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(sign: str) -> None:
    row = whole().model_copy(update={"title": f"{sign}HYPERLINK(1)"})
    (read,) = read_csv(as_csv(made(row)))
    assert read["Title"] == f"'{sign}HYPERLINK(1)"
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([made(row)])))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_workbook_holds_numbers_and_days() -> None:
    headings, first, second = read_xlsx(as_xlsx([made(whole(), bare())]))
    row, empty = (dict(zip(headings, cells, strict=True)) for cells in (first, second))
    assert row["Next deadline"] == dt.date(2027, 2, 1)
    assert (row["Largest grant"], row["EU pays up to (%)"], row["Days left"]) == (200000.5, 0.85, 71)
    assert row["Hour of the deadline"] == "17:00 (Europe/Sofia)"
    assert empty["Largest grant"] == empty["Next deadline"] == ""


def test_a_workbook_says_what_was_asked_and_when() -> None:
    lines = [line[0] for line in read_xlsx(as_xlsx([made(whole())]), 1)]
    assert "Fund: ERDF" in lines
    assert "As of 22 November 2026." in lines
    assert any("Check every call at its source" in line for line in lines)


def test_both_tables_say_the_same() -> None:
    wanted = made(whole(), bare(), whole("isopolis.second", "Второ"))
    from_csv = [row["Title"] for row in read_csv(as_csv(wanted))]
    assert from_csv == [row[0] for row in read_xlsx(as_xlsx([wanted]))[1:]]


def test_an_empty_list_is_a_whole_file() -> None:
    assert read_csv(as_csv(made())) == []
    assert len(read_xlsx(as_xlsx([made()]))) == 1


def test_chosen_columns_come_in_their_order_and_sources_always() -> None:
    assert made(columns="funds, title").keys == ("funds", "title", "checked", "sources")


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(InvalidFieldError, match=r"columns: colour is no column; there are: title, status") as error:
        choose(call_columns(), "title,colour")
    assert error.value.field == "columns"


def test_a_programme_is_named_by_its_title_where_that_is_known() -> None:
    row = whole(programme="cci.2021BG05SFPR002")
    titles = {"cci.2021BG05SFPR002": {Language.EN: "People of Bulgaria"}}
    named = [table(ABOUT, choose(call_columns(known), "programme"), [row]).rows[0][0] for known in (titles, {})]
    assert named == ["People of Bulgaria", "cci.2021BG05SFPR002"]


def test_a_practice_says_what_came_of_it_and_how_well_that_is_known() -> None:
    (row,) = read_csv(as_csv(table(ABOUT, practice_columns(), [example()])))
    assert row["Results"] == "Rents fell. (Followed with figures)"
    assert (row["Town"], row["Country"], row["Inhabitants"]) == ("Gabrovo", "Bulgaria", "48133")
    assert row["Cost"] == "1500 PLN"


def test_without_all_inhabitants_the_sum_is_not_known() -> None:
    places = [{"name": "A", "country": "BG", "population": 5}, {"name": "B", "country": "BG"}]
    made_ = table(ABOUT, choose(practice_columns(), "population"), [example(places=places)])
    assert made_.rows[0][0] is None


@given(st.text(min_size=1))
def test_any_title_can_be_read_again(title: str) -> None:
    row = bare().model_copy(update={"title": title})
    data = made(row, columns="title")
    (read,) = read_csv(as_csv(data))
    assert read["Title"].removeprefix("'").lstrip("'") == clean(title).lstrip("'")
    assert len(read_xlsx(as_xlsx([data]))) == 2
