"""Cells with dates and words around them."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crawler.sources.timetables.formats.cells import Cell
from crawler.sources.timetables.periods import Dates, Period
from tests.crawler.sources.timetables.authority import configured


class Reports(list[str]):
    """What was reported."""

    def __call__(self, message: str, _raw: str) -> None:
        self.append(message)


@pytest.fixture
def said() -> Reports:
    return Reports()


def dates(folder: Path, language: str = "it", **changes: Any) -> Dates:
    return Dates(configured(folder, language=language, **changes))


def days(period: Period) -> tuple[list[str], list[str]]:
    return [str(span.first) for span in period.opens], [str(span.last) for span in period.closes]


@pytest.mark.parametrize(
    ("language", "text", "opens", "closes"),
    [
        (
            "it",
            "procedura a sportello\napertura: settembre 2026\nchiusura: 31 dicembre 2029",
            ["2026-09-01"],
            ["2029-12-31"],
        ),
        ("it", "apertura: settembre 2026 chiusura: 31 dicembre 2029", ["2026-09-01"], ["2029-12-31"]),
        ("it", "in corso fino a 31 dicembre 2026", [], ["2026-12-31"]),
        ("it", "chiusura domande: 15 luglio\n2029", [], ["2029-07-15"]),
        (
            "it",
            "2^ finestra: 08/09/2026 - 08/10/2026\n3^ finestra: 27/12/2027-27/01/2028",
            ["2026-09-08", "2027-12-27"],
            ["2026-10-08", "2028-01-27"],
        ),
        ("it", "dal 1 al 30 settembre 2027", ["2027-09-01"], ["2027-09-30"]),
        ("it", "15 marzo - 30 aprile 2027", ["2027-03-15"], ["2027-04-30"]),
        ("it", "Q2 2027 - Q3 2027", ["2027-04-01"], ["2027-09-30"]),
        ("it", "marzo 2027", ["2027-03-01"], []),
        ("pl", "od 01.09.2027 r. do 30.09.2027 r.", ["2027-09-01"], ["2027-09-30"]),
        ("pl", "01.09.-15.10.2027", ["2027-09-01"], ["2027-10-15"]),
        ("fr", "du 2 mai au 30 juin 2027", ["2027-05-02"], ["2027-06-30"]),
        ("fr", "jusqu'au 30 juin 2027", [], ["2027-06-30"]),
        ("de", "1. März 2027 bis 30. Juni 2027", ["2027-03-01"], ["2027-06-30"]),
        ("el", "1/3/2027 έως 30/6/2027", ["2027-03-01"], ["2027-06-30"]),
    ],
)
def test_openings_and_closings_in_one_cell(
    tmp_path: Path, said: Reports, language: str, text: str, opens: list[str], closes: list[str]
) -> None:
    assert days(dates(tmp_path, language).both(Cell(text), said)) == (opens, closes)
    assert said == []


def test_a_period_that_ends_before_it_begins(tmp_path: Path, said: Reports) -> None:
    found = dates(tmp_path).both(Cell("15/06/2027 - 01/07/2026\n07/09/2027 - 30/09/2027"), said)
    assert days(found) == (["2027-09-07"], ["2027-09-30"])
    assert said == ["the period ends before it begins, so it is left out"]


@pytest.mark.parametrize(
    ("language", "text", "closes"),
    [
        ("fr", "15 Janvier 2027 et 12 Juin 2027", ["2027-01-15", "2027-06-12"]),
        ("fr", "30 avril 2027\n20 janvier 2028", ["2027-04-30", "2028-01-20"]),
        ("fr", "15 mars\n2027", ["2027-03-15"]),
        ("it", "entro il 30/06/2027", ["2027-06-30"]),
        ("it", "30/06/2027; 30/09/2027", ["2027-06-30", "2027-09-30"]),
        ("bg", "до 30.06.2027 г.", ["2027-06-30"]),
        ("it", "n.d.", []),
        ("it", "-", []),
        ("it", "", []),
    ],
)
def test_closings_alone(tmp_path: Path, said: Reports, language: str, text: str, closes: list[str]) -> None:
    assert days(dates(tmp_path, language).one_or_more(Cell(text), said)) == ([], closes)
    assert said == []


def test_words_without_a_date_are_kept(tmp_path: Path, said: Reports) -> None:
    found = dates(tmp_path).one_or_more(Cell("fino a esaurimento delle risorse"), said)
    assert (found.said, said) == (["fino a esaurimento delle risorse"], [])


def test_what_cannot_be_read_is_reported_and_the_rest_kept(tmp_path: Path, said: Reports) -> None:
    found = dates(tmp_path).one_or_more(Cell("31/02/2027\n30/06/2027"), said)
    assert days(found) == ([], ["2027-06-30"])
    assert said == ["'31/02/2027' is not a date that can be read"]


def test_values_that_the_file_knows_as_dates(tmp_path: Path, said: Reports) -> None:
    reader = dates(tmp_path)
    assert days(reader.one_or_more(Cell("x", dt.date(2027, 1, 15)), said))[1] == ["2027-01-15"]
    noon = dt.datetime(2027, 1, 15, 12, 30)  # noqa: DTZ001  a workbook knows no zones
    hour = reader.one_or_more(Cell("x", noon), said)
    assert hour.closes[0].time == dt.time(12, 30)
    assert days(reader.both(Cell("46402", Decimal(46402)), said))[0] == ["2027-01-15"]
    assert reader.one_or_more(Cell("1905-01-01", dt.date(1905, 1, 1)), said).closes == []
    assert len(said) == 1


def test_only_the_kinds_of_dates_that_the_authority_writes(tmp_path: Path, said: Reports) -> None:
    found = dates(tmp_path, dates=["day"]).one_or_more(Cell("Q3 2027"), said)
    assert found.closes == []
    assert said == ["timetables/authorities/ie_town.yml:19: dates: a quarter is not among day"]


def test_a_long_text_costs_no_time(tmp_path: Path, said: Reports) -> None:
    reader = dates(tmp_path)
    reader.both(Cell("1 - 2 al 3 " * 1800), said)
    assert len(said) <= 1
