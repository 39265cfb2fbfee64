"""Cells of a Kohesio file are read strictly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ValueReadError
from corpus.parts import Money
from crawler.sources.kohesio.values import read_amount, read_day, read_entity, read_number, read_point, read_rate


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("https://linkedopendata.eu/entity/Q7361953", 7361953),
        ("http://linkedopendata.eu/entity/Q12/", 12),
        ("https://linkedopendata.eu/wiki/Item:Q12", 12),
        (" Q12 ", 12),
    ],
)
def test_entities(text: str, number: int) -> None:
    assert read_entity(text) == number


@pytest.mark.parametrize("text", ["", "12", "https://example.org/entity/Q12", "https://linkedopendata.eu/entity/P12"])
def test_no_entity(text: str) -> None:
    with pytest.raises(ValueReadError, match="is not an entity such as"):
        read_entity(text)


@pytest.mark.parametrize(("text", "day"), [("04/09/2023", "2023-09-04"), ("2023-09-04", "2023-09-04")])
def test_days(text: str, day: str) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["31/02/2024", "2024-13-01", "09/2023", "20.3.23"])
def test_no_day(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "value"), [("337478.4", "337478.4"), ("+40000", "40000"), ("1.2E7", "12000000"), ("1,234.5", "1234.5")]
)
def test_numbers(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["337478,4", "-1", "", "nan", "1e400", "12 EUR", "0x10", "1_000"])
def test_no_number(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_number(text)


def test_zero_is_unknown() -> None:
    assert read_amount("0.0", "EUR") is None
    assert read_rate("0") is None
    assert read_point("0,0") is None


def test_an_amount_has_two_decimals() -> None:
    assert read_amount("134991.364", "SEK") == Money(amount=Decimal("134991.36"), currency="SEK")


@pytest.mark.parametrize(("text", "rate"), [("40.0", "40.0"), ("85 %", "85"), ("100", "100")])
def test_rates(text: str, rate: str) -> None:
    assert read_rate(text) == Decimal(rate)


@pytest.mark.parametrize(("text", "says"), [("0.85", "per cent or a fraction"), ("1", "fraction"), ("140", "over 100")])
def test_rates_that_may_mean_two_things(text: str, says: str) -> None:
    with pytest.raises(ValueReadError, match=says):
        read_rate(text)


def test_latitude_comes_first() -> None:
    assert read_point("59.8123, 17.6441") == (59.8123, 17.6441)


@pytest.mark.parametrize("text", ["591,17", "17,591", "59.8", "a,b", "nan,nan", "1,2,3", "inf,0"])
def test_no_point(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_point(text)


@given(st.text(max_size=30))
def test_a_reader_gives_a_value_or_an_error_of_ours(text: str) -> None:
    for reader in (read_entity, read_day, read_number, read_rate, read_point):
        try:
            reader(text)
        except ValueReadError:
            continue
