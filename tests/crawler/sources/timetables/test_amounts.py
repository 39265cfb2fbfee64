"""Amounts in the words of authorities."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ValueReadError
from corpus.parts import Money
from crawler.sources.timetables.amounts import read_amount
from crawler.sources.timetables.formats.cells import Cell
from tests.crawler.sources.timetables.authority import configured


def amount(folder: Path, text: str, language: str, value: Decimal | None = None, **rules: Any) -> Money | None:
    config = configured(folder, language=language, amount=rules)
    return read_amount(Cell(text, value), config.timetable.amount, config.words, config.mappings["currency"], language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "23,5 M€", "23,500,000 EUR"),
        ("fr", "800 000 €", "800,000 EUR"),
        ("fr", "3 millions d'euros", "3,000,000 EUR"),
        ("pl", "33,2 mln PLN", "33,200,000 PLN"),
        ("pl", "54,60 mln zł", "54,600,000 PLN"),
        ("it", "1.000.000,00", "1,000,000 EUR"),
        ("it", "€ 2.500.000", "2,500,000 EUR"),
        ("it", "250.000,5", "250,000.50 EUR"),
        ("bg", "40 млн. лв.", "40,000,000 BGN"),
        ("bg", "1 955 830,00 лева", "1,955,830 BGN"),
        ("pt", "990 000 €", "990,000 EUR"),
        ("cs", "120 mil. Kč", "120,000,000 CZK"),
        ("el", "12,5 εκατ. €", "12,500,000 EUR"),
        ("de", "2,5 Mio. EUR", "2,500,000 EUR"),
        ("lt", "213 999,99 €", "213,999.99 EUR"),
        ("en", "(1.5 million EUR)", "1,500,000 EUR"),
    ],
)
def test_amounts(tmp_path: Path, language: str, text: str, expected: str) -> None:
    assert str(amount(tmp_path, text, language)) == expected


def test_numbers_count_in_the_unit_of_the_authority(tmp_path: Path) -> None:
    assert str(amount(tmp_path, "12.5", "it", Decimal("12.5"), unit=1000)) == "12,500 EUR"
    assert str(amount(tmp_path, "12,5", "it", unit=1_000_000, currency="PLN")) == "12,500,000 PLN"
    assert str(amount(tmp_path, "12,5 mln", "it", unit=1000)) == "12,500,000 EUR"  # the cell says it better
    assert str(amount(tmp_path, "1,234.50", "it", locale="en")) == "1,234.50 EUR"


@pytest.mark.parametrize("text", ["", "-", "n.d.", "da definire", "0", "0,00 €"])
def test_no_amount_is_unknown(tmp_path: Path, text: str) -> None:
    assert amount(tmp_path, text, "it") is None


@pytest.mark.parametrize(
    "text", ["da 1 a 2 M€", "2,5 mio CHF", "1.000.000 + 500.000", "1,000,000.00", "12.500,123", "5 borse"]
)
def test_what_is_not_one_amount_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueReadError):
        amount(tmp_path, text, "it")


def test_a_debt_is_no_budget(tmp_path: Path) -> None:
    with pytest.raises(ValueReadError, match="less than nothing"):
        amount(tmp_path, "-5", "it", Decimal(-5))
