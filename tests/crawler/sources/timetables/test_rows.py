"""Lines as calls: keys that stay, and values that are certain."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Call
from corpus.status import status_at
from crawler.parsing import Parsed
from tests.crawler.sources.timetables.authority import CALL, HEAD, NOW, URL, configured, parsed
from tests.crawler.sources.timetables.makers import html, tr, xlsx


def read(folder: Path, *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, **changes: Any) -> Parsed:
    return parsed(xlsx([head, *rows]), configured(folder, **changes))


def call(found: Parsed, index: int = 0) -> Call:
    record = found.records[index].record
    assert isinstance(record, Call)
    return record


def changed(**cells: str) -> tuple[str, ...]:
    return tuple((dict(zip(HEAD, CALL, strict=True)) | {k.replace("_", " "): v for k, v in cells.items()}).values())


def test_what_a_line_says(tmp_path: Path) -> None:
    found = call(read(tmp_path, CALL))
    assert found.title == {"en": "Open doors"}
    assert str(found.money.budget) == "2,000,000 EUR"
    assert found.timeline.opens is not None
    assert (str(found.timeline.opens.date), found.timeline.opens_indicative) == ("2027-03-01", True)
    assert [(str(c.date), c.indicative, c.label) for c in found.timeline.cutoffs] == [("2027-06-30", True, None)]
    assert (found.funds, found.subjects) == (("ESF+",), ("skills_and_jobs",))  # its objective says so
    assert (found.url, found.authority) == (URL, "Managing authority of a town")
    assert found.geography is not None
    assert (found.geography.countries, found.geography.note) == (("IE",), {"en": "All"})
    assert found.evidence["timeline.cutoffs"][0].raw == "30 June 2027"
    assert found.evidence["money.budget"][0].raw == "2 million EUR"


def test_a_call_with_planned_dates_is_planned_until_somebody_says_that_it_opened(tmp_path: Path) -> None:
    found = call(read(tmp_path, CALL))
    days = {
        name: dt.datetime.fromisoformat(f"{name}T12:00+00:00") for name in ("2026-11-23", "2027-04-01", "2027-07-02")
    }
    assert [str(status_at(found.timeline, day)) for day in days.values()] == ["planned", "planned", "closed"]


def test_a_vague_date_is_its_first_day_for_opening_and_its_last_for_closing(tmp_path: Path) -> None:
    found = call(read(tmp_path, changed(Start_date="Q2 2027", End_date="third quarter 2027")))
    assert found.timeline.opens is not None
    assert str(found.timeline.opens.date) == "2027-04-01"
    assert [(str(c.date), c.label) for c in found.timeline.cutoffs] == [("2027-09-30", "third quarter 2027")]


# Keys


def keys(folder: Path, *rows: tuple[Any, ...], **changes: Any) -> list[str]:
    return [raw.key for raw in read(folder, *rows, **changes).records]


def test_the_key_of_a_call_outlives_new_dates_new_amounts_and_another_place_in_the_table(tmp_path: Path) -> None:
    (first,) = keys(tmp_path, CALL)
    moved = changed(Start_date="1 May 2027", End_date="Q4 2027", Total_amount="3 million EUR")
    assert keys(tmp_path, changed(Title="New call"), moved)[1] == first
    assert first.startswith("2021IE16FFPR001 ")
    assert call(read(tmp_path, CALL)).id == "timetable." + first.replace(" ", "~20")


def test_the_key_does_not_hang_on_the_format_or_on_line_breaks(tmp_path: Path) -> None:
    page = html("".join((tr(*HEAD), tr("Open<br>doors", *CALL[1:]))))
    assert [raw.key for raw in parsed(page, configured(tmp_path)).records] == keys(tmp_path, CALL)


def test_one_title_for_two_places_is_two_calls(tmp_path: Path) -> None:
    assert len(set(keys(tmp_path, CALL, changed(Geographical_area="The west")))) == 2


def test_a_code_is_the_key_and_stays_as_it_is_written(tmp_path: Path) -> None:
    head = ("Call number", *HEAD)
    assert keys(tmp_path, ("f. 3/2027", *CALL), head=head) == ["2021IE16FFPR001 f. 3/2027"]


def test_a_number_of_the_row_is_no_key_unless_the_authority_says_so(tmp_path: Path) -> None:
    head = ("Call number", *HEAD)
    assert keys(tmp_path, (1, *CALL), head=head) == keys(tmp_path, CALL)
    assert keys(tmp_path, (1012, *CALL), head=head, key=["code"]) == ["2021IE16FFPR001 1012"]


def test_another_row_with_the_same_key_is_lost_with_the_remedy(tmp_path: Path) -> None:
    found = read(tmp_path, CALL, CALL, changed(Total_amount="9 million EUR"))
    assert len(found.records) == 1
    assert found.ignored == {"the same row again": 1}
    (issue,) = found.issues
    assert (issue.code, str(issue.level)) == ("repeated_key", "error")
    assert "Plan, row 4 has the key of another row: name more columns under key" in issue.message


def test_a_long_code_is_shortened_to_what_an_address_can_hold(tmp_path: Path) -> None:
    (key,) = keys(tmp_path, ("x" * 600, *CALL), head=("Call number", *HEAD))
    assert len(key) < 60


def test_the_number_of_the_call_in_a_register_makes_them_one(tmp_path: Path) -> None:
    found = call(read(tmp_path, ("BG05SFPR002-2.015", *CALL), head=("Call number", *HEAD), identifier="bg"))
    assert [(i.scheme, i.value) for i in found.identifiers] == [
        ("timetable", "2021IE16FFPR001 BG05SFPR002-2.015"),
        ("bg", "BG05SFPR002-2.015"),
    ]


# Values that are uncertain, wrong or absent


def test_what_is_empty_is_unknown_and_no_issue(tmp_path: Path) -> None:
    found = read(tmp_path, changed(Start_date="", End_date="tbc", Total_amount="n/a", Geographical_area=""))
    record = call(found)
    assert found.issues == []
    assert (record.timeline.opens, record.timeline.cutoffs, record.money.budget) == (None, (), None)


def test_what_cannot_be_read_is_an_issue_and_unknown(tmp_path: Path) -> None:
    found = read(tmp_path, changed(Start_date="when the swallows 2027 come", Total_amount="between 1 and 2 million"))
    assert [(issue.field, issue.code) for issue in found.issues] == [("opens", "unreadable"), ("amount", "unreadable")]
    assert call(found).timeline.opens is None


def test_an_opening_after_the_closing_is_dropped(tmp_path: Path) -> None:
    found = read(tmp_path, changed(Start_date="1 July 2027"))
    assert [issue.code for issue in found.issues] == ["dates_disagree"]
    assert (call(found).timeline.opens, len(call(found).timeline.cutoffs)) == (None, 1)


def test_a_row_without_a_title_is_lost_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, CALL, changed(Title=""))
    assert len(found.records) == 1
    assert [(issue.code, str(issue.level)) for issue in found.issues] == [("no_title", "error")]


@pytest.mark.parametrize(("end", "kept"), [("22 November 2025", 0), ("23 November 2025", 1), ("2 December 2026", 1)])
def test_calls_that_were_over_a_year_ago_are_counted_only(tmp_path: Path, end: str, kept: int) -> None:
    found = read(tmp_path, CALL, changed(Title="Old", Start_date="1 March 2025", End_date=end))
    assert len(found.records) == 1 + kept
    assert found.ignored["over for more than a year"] == 1 - kept
    assert NOW.date() == dt.date(2026, 11, 23)


def test_who_may_apply_is_judged_only_where_every_word_is_mapped(tmp_path: Path) -> None:
    head = (*HEAD, "Eligible applicants")
    known = {"applicants": {"to": "ApplicantType", "values": {"Municipalities": "municipality", "NGOs": "association"}}}
    rule = call(read(tmp_path, (*CALL, "Municipalities; NGOs"), head=head, values=known)).eligibility
    assert [(r.family, r.value.any_of, r.value.not_listed) for r in rule.rules] == [  # type: ignore[union-attr]
        ("applicant_type", ("municipality", "association"), "unknown")
    ]
    unread = call(read(tmp_path, (*CALL, "Municipalities; firms"), head=head, values=known)).eligibility
    assert (unread.rules, unread.unread[0].note) == ((), "The timetable names: Municipalities; firms")


def test_funds_come_from_the_row_then_from_its_objective_then_from_the_programme(tmp_path: Path) -> None:
    head = (*HEAD, "Fund")
    assert call(read(tmp_path, (*CALL, "ERDF"), head=head)).funds == ("ERDF",)
    assert call(read(tmp_path, (*changed(Specific_objective="RSO4.3"), ""), head=head)).funds == ("ERDF",)
    assert call(read(tmp_path, (*changed(Specific_objective="Inclusion (ESF+)"), ""), head=head)).funds == ("ESF+",)
    assert call(read(tmp_path, (*changed(Specific_objective="JSO8.1"), ""), head=head)).funds == ("ERDF", "ESF+")
    odd = read(tmp_path, (*CALL, "Moon fund"), head=head)
    assert [(issue.code, issue.raw) for issue in odd.issues] == [("unmapped_value", "Moon fund")]


def test_a_programme_is_named_only_where_a_row_has_one(tmp_path: Path) -> None:
    known = {"programme": {"to": "text", "values": {"A": "isopolis.one", "B": "isopolis.two", "C": []}}}
    changes = {"columns": {"programme": "Programme"}, "values": known}
    head = (*HEAD, "Programme")
    found = [call(read(tmp_path, (*CALL, text), head=head, **changes)).programme for text in ("A", "A | B", "C", "")]
    assert found == ["isopolis.one", None, None, None]
