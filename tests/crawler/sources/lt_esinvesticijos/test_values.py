"""Values as the Lithuanian portal writes them."""

from decimal import Decimal

import pytest

from corpus.errors import ValueReadError
from crawler.html import page
from crawler.sources.lt_esinvesticijos.table import take_tables
from crawler.sources.lt_esinvesticijos.values import read_amount, read_moment, read_rates, split_moment


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("2025-02-28 17:00 Pasibaigęs", "2025-02-28 17:00", "Pasibaigęs"),
        ("2025-06-30 18:00\nLiko 374 d. 17 val.", "2025-06-30 18:00", "Liko 374 d. 17 val."),
        ("2025-02-28", "2025-02-28", ""),
        ("kitąmet", "kitąmet", ""),
    ],
)
def test_a_day_and_the_words_behind_it(text: str, day: str, rest: str) -> None:
    assert split_moment(text) == (day, rest)


def test_moments() -> None:
    moment = read_moment("2025-01-20 08:00")
    assert (str(moment.date), str(moment.time), moment.zone) == ("2025-01-20", "08:00:00", "Europe/Vilnius")
    assert read_moment("2025-01-20").time is None


@pytest.mark.parametrize("text", ["20.01.2025", "2025-02-30", "2025-01-20 25:00", "2025-01-20 08:00 Liko 3 d."])
def test_days_that_are_none(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_moment(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("213 999,99 €", "213999.99"),
        ("528 256 000.00 Eur", "528256000.00"),
        ("80\u00a0000 €", "80000"),
        ("1 000 EUR", "1000"),
    ],
)
def test_two_notations_of_money(text: str, amount: str) -> None:
    money = read_amount(text)
    assert (money.amount, money.currency) == (Decimal(amount), "EUR")


@pytest.mark.parametrize("text", ["213 999.999 €", "5 000 30 000 €", "apie 2 mln. eurų", "100 000"])
def test_amounts_that_are_none(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_amount(text)


@pytest.mark.parametrize(
    ("cells", "bare", "rates"),
    [
        (["92,5 proc. (pagal strategiją)", "85 proc."], False, ("85", "92.5")),
        (["iki 85 proc."], False, (None, "85")),
        (["100", "60 %"], True, ("60", "100")),
    ],
)
def test_shares(cells: list[str], bare: bool, rates: tuple[str | None, str]) -> None:
    low, high = read_rates(cells, bare)
    assert (low if low is None else str(low), str(high)) == rates


@pytest.mark.parametrize("cells", [[], ["100"], ["60 arba 80 proc."], ["101 proc."]])
def test_shares_that_are_none(cells: list[str]) -> None:
    with pytest.raises(ValueReadError):
        read_rates(cells, bare=False)


def test_a_table_is_taken_out_and_others_stay() -> None:
    root = page(
        "<table><tr><th>Kodas</th><th>Regionas</th></tr><tr><td>A-1</td><td>Vilnius</td></tr>"
        "<tr><td colspan='2'>Pastaba</td></tr></table><table><tr><td>Regionas</td><td>Kaunas</td></tr></table>"
    )
    assert take_tables(root, ("Kodas", "Regionas")) == {"kodas": ["A-1"], "regionas": ["Vilnius"]}
    assert [cell.strip() for cell in root.css("td::text").getall()] == ["Regionas", "Kaunas"]


def test_a_table_of_blocks_is_read_like_one() -> None:
    root = page(
        "<section><div><b>Finansuojamos veiklos</b><b>Finansuojamoji dalis</b></div>"
        "<div><p>Daržai</p><p>85 proc.</p></div><div><p>Namai</p><p>92,5 proc.</p></div></section>"
        "<section><p>Ne lentelė</p><p>Tik tekstas</p></section>"
    )
    columns = ("Finansuojamos veiklos", "Finansuojamoji dalis", "Regionas")
    found = {"finansuojamos veiklos": ["Daržai", "Namai"], "finansuojamoji dalis": ["85 proc.", "92,5 proc."]}
    assert take_tables(root, columns) == found
    assert root.css("p::text").getall() == ["Ne lentelė", "Tik tekstas"]


def test_heads_and_rows_in_boxes_of_their_own() -> None:
    root = page(
        "<div><div><div>Kodas</div><div>Finansuojamoji dalis</div></div></div>"
        "<table><tr><td>A-1</td><td>100 proc.</td></tr></table>"
    )
    assert take_tables(root, ("Kodas", "Finansuojamoji dalis"))["finansuojamoji dalis"] == ["100 proc."]
