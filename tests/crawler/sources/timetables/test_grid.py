"""From tables to lines: headers, and what is no call."""

from pathlib import Path
from typing import Any

import pytest

from corpus.issues import Level
from crawler.errors import ShapeError
from crawler.sources.timetables.grid import fits, fold
from tests.crawler.sources.timetables.authority import CALL, HEAD, configured, parsed
from tests.crawler.sources.timetables.makers import html, pdf, tr, xlsx


def titles(body: bytes, folder: Path, **changes: Any) -> list[str]:
    found = parsed(body, configured(folder, **changes))
    return [next(iter(raw.record.title.values())) for raw in found.records]


def left_out(body: bytes, folder: Path, **changes: Any) -> dict[str, int]:
    return dict(parsed(body, configured(folder, **changes)).ignored)


def refusal(body: bytes, folder: Path, **changes: Any) -> str:
    with pytest.raises(ShapeError) as caught:
        parsed(body, configured(folder, **changes))
    return str(caught.value)


def row(title: str, **other: str) -> tuple[str, ...]:
    """A call with another title."""
    named = dict(zip(HEAD, CALL, strict=True)) | {"Title": title} | other
    return tuple(named[name] for name in HEAD)


@pytest.mark.parametrize(
    ("header", "pattern"),
    [
        ("DATA_APERTURA", "data apertura"),
        ("Designação do Aviso", "Designacao do aviso"),
        ("Start date (1)*", "start date*"),
        ("Kwota  dofinansowania\n(PLN)", "kwota dofinansowania*"),
        ("№", "No"),
        ("Ημερομηνία Έναρξης", "ημερομηνια εναρξης"),
    ],
)
def test_headers_are_compared_without_case_accents_and_signs(header: str, pattern: str) -> None:
    assert fits(header, [pattern])
    assert not fits("another", [pattern])


def test_a_star_in_a_header_is_no_pattern() -> None:
    assert not fits("*", ["title"])
    assert fold("Total * amount") == "total * amount"


def test_narrative_lines_stand_above_the_headers(tmp_path: Path) -> None:
    body = xlsx([["Timetable of planned calls"], [], ["Title: of the edition", "2027"], HEAD, CALL])
    assert titles(body, tmp_path) == ["Open doors"]


def test_headers_footnotes_headings_and_totals_are_no_calls(tmp_path: Path) -> None:
    heading = ("Priority 4: inclusion",) * len(HEAD)
    total = ("Total", "", "", "4 million EUR", "", "")
    rows = [HEAD, heading, CALL, HEAD, row("Total makeover of a square"), total, ("* indicative",)]
    assert titles(xlsx(rows), tmp_path) == ["Open doors", "Total makeover of a square"]
    assert left_out(xlsx(rows), tmp_path) == {"the headers again": 1, "a heading or footnote": 2, "a total": 1}


def test_headers_in_two_rows(tmp_path: Path) -> None:
    first = ("Title", "Period of submission", None, "Total amount", "Geographical area", "Specific objective")
    second = (None, "from", "to", None, None, None)
    body = xlsx([first, second, CALL], merged=["A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2"])
    columns = {"opens": "Period of submission from", "closes": "Period of submission to"}
    (raw,) = parsed(body, configured(tmp_path, header_rows=2, columns=columns)).records
    dates = raw.record.model_dump(mode="json")["timeline"]
    assert (dates["opens"]["date"], dates["cutoffs"][0]["date"]) == ("2027-03-01", "2027-06-30")


def test_every_table_with_the_headers_is_read_and_others_are_not(tmp_path: Path) -> None:
    table = "".join(tr(*cells) for cells in (HEAD, CALL))
    other = "".join(tr(*cells) for cells in (HEAD, row("Second")))
    assert titles(html(tr("menu", "search"), table, other), tmp_path) == ["Open doors", "Second"]


def test_only_the_sheets_that_are_named(tmp_path: Path) -> None:
    body = xlsx([HEAD, CALL], name="Plan 2027", Archive=[HEAD, row("Old")])
    assert titles(body, tmp_path, sheets=["plan*"]) == ["Open doors"]
    assert refusal(body, tmp_path, sheets="Timetable").endswith("there is no such sheet; there are: Plan 2027, Archive")


def test_a_row_cut_by_the_end_of_a_page_goes_on(tmp_path: Path) -> None:
    widths = (120, 80, 80, 80, 120, 100)
    body = pdf([[HEAD, CALL], [HEAD, ("", "", "", "", "and islands", ""), row("Second")]], widths)
    records = parsed(body, configured(tmp_path)).records
    assert [raw.record.model_dump(mode="json")["geography"]["note"] for raw in records] == [
        {"en": "All and islands"},
        {"en": "All"},
    ]


def test_rows_that_the_authority_says_to_leave_out(tmp_path: Path) -> None:
    rows = [(*HEAD, "Kind"), (*CALL, "Open"), (*row("By name"), "Invitation (direct)")]
    changes = {"columns": {"nature": "Kind"}, "skip": {"nature": "invitation*"}}
    assert titles(xlsx(rows), tmp_path, **changes) == ["Open doors"]
    assert left_out(xlsx(rows), tmp_path, **changes) == {"nature: Invitation (direct)": 1}


# What is refused, and what is told


def test_a_column_that_the_table_lacks_is_named_with_file_line_and_headers(tmp_path: Path) -> None:
    columns = {"title": "Title", "opens": ["Launch", "Publication"]}
    said = refusal(xlsx([HEAD, CALL]), tmp_path, columns=columns)
    assert said == (
        "timetables/authorities/ie_town.yml:21: columns.opens: the table has no column 'Launch' or 'Publication'; "
        "its headers are: Title | Start date | End date | Total amount | Geographical area | Specific objective"
    )


def test_a_column_that_may_be_missing(tmp_path: Path) -> None:
    columns = {"fund": "Fund"}
    assert titles(xlsx([HEAD, CALL]), tmp_path, columns=columns, optional=["fund"]) == ["Open doors"]
    assert "columns.fund: the table has no column 'Fund'" in refusal(xlsx([HEAD, CALL]), tmp_path, columns=columns)


def test_a_table_without_dates_is_no_timetable(tmp_path: Path) -> None:
    said = refusal(xlsx([("Title", "Total amount", "Fund"), ("a", "b", "c")]), tmp_path)
    assert "no column for opening or closing; its headers are: Title | Total amount | Fund" in said


def test_a_file_without_the_headers(tmp_path: Path) -> None:
    said = refusal(xlsx([("What", "When", "Who"), ("a", "b", "c")]), tmp_path)
    assert "columns.title: no table has a column 'title of the call'" in said
    assert said.endswith("its headers are: What | When | Who")
    assert refusal(html(tr("")), tmp_path).endswith("its headers are: ")


def test_headers_without_a_call_below_them(tmp_path: Path) -> None:
    assert refusal(xlsx([HEAD]), tmp_path).endswith("the table has headers and no call below them")
    assert refusal(xlsx([HEAD, ("* none",)]), tmp_path).endswith("the table has headers and no call below them")


def test_a_column_that_nobody_named_is_told_once(tmp_path: Path) -> None:
    rows = [(*HEAD, "Contact office", "No"), (*CALL, "x", "1"), (*row("Second"), "y", "2")]
    found = parsed(xlsx(rows), configured(tmp_path)).issues
    assert [(issue.code, issue.field, issue.level) for issue in found] == [
        ("unknown_column", "Contact office", Level.WARNING)
    ]
    assert parsed(xlsx(rows), configured(tmp_path, ignored={"Contact*": "not needed"})).issues == []
