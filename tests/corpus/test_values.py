"""Strict readers: one meaning or an error that names the value."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ValueReadError
from corpus.parts import Money
from corpus.values import (
    as_cutoff,
    clean,
    read_country,
    read_day_first,
    read_decimal,
    read_epoch_day,
    read_iso_date,
    read_language,
    read_money,
    read_money_range,
    read_months,
    read_percent,
    read_percent_range,
)

SOFIA = "Europe/Sofia"


def eur(amount: str | int) -> Money:
    return Money(amount=Decimal(amount))


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("27.01.2026", dt.date(2026, 1, 27), None),
        ("27/01/2026 17:00", dt.date(2026, 1, 27), dt.time(17)),
        ("10.07.2026 г. 14:00 ч.", dt.date(2026, 7, 10), dt.time(14)),
        ("1.2.2026  9.05", dt.date(2026, 2, 1), dt.time(9, 5)),
    ],
)
def test_day_first(text: str, date: dt.date, time: dt.time | None) -> None:
    moment = read_day_first(text, SOFIA)
    assert (moment.date, moment.time, moment.zone) == (date, time, SOFIA if time else None)
    assert as_cutoff(moment, indicative=True).indicative


@pytest.mark.parametrize("text", ["", "soon", "2026-01-27", "31.02.2026", "27.01.26", "27.01.2026 25:00"])
def test_no_day_first(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_day_first(text, SOFIA)


def test_an_iso_day_is_read_as_written_whatever_its_offset() -> None:
    assert read_iso_date("2023-01-01T00:00:00.000+0100") == dt.date(2023, 1, 1)
    assert read_iso_date("2026-05-27T00:00:00.000+0000") == dt.date(2026, 5, 27)


@pytest.mark.parametrize("text", ["27.05.2026", "2026-13-01", "2026", ""])
def test_no_iso_day(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_iso_date(text)


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_a_day_written_in_milliseconds_is_read_back(day: dt.date) -> None:
    instant = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    assert read_epoch_day(int(instant.timestamp() * 1000)) == day
    assert read_epoch_day(str(int(instant.timestamp() * 1000))) == day


@pytest.mark.parametrize("value", ["1651536000", "", "soon", "9" * 30, "-1"])
def test_no_milliseconds(value: str) -> None:
    with pytest.raises(ValueReadError, match="milliseconds"):
        read_epoch_day(value)


@pytest.mark.parametrize(
    ("text", "locale", "money"),
    [
        ("€ 100,000.00", "en", eur(100000)),
        ("213 999,99 €", "lt", eur("213999.99")),
        ("EUR 50", "en", eur(50)),
        ("1 000 BGN", "bg", Money(amount=Decimal(1000), currency="BGN")),
    ],
)
def test_money(text: str, locale: str, money: Money) -> None:
    assert read_money(text, locale) == money


@pytest.mark.parametrize("text", ["€ 3,5000,00.00", "100", "100 shells", "between € 1.00 and € 2.00", "1.234,5678 €"])
def test_no_money(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_money(text, "en")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between € 5,000.00 and € 30,000.00", eur(5000), eur(30000)),
        ("Between € 5,500,000 and € 9,000,000", eur(5500000), eur(9000000)),
        ("min. € 60,000.00", eur(60000), None),
        ("max. € 2,500,000.00", None, eur(2500000)),
        ("up to € 10.00", None, eur(10)),
        ("€ 3,368,534.00", eur(3368534), eur(3368534)),
    ],
)
def test_money_range(text: str, low: Money | None, high: Money | None) -> None:
    assert read_money_range(text, "en") == (low, high)


@pytest.mark.parametrize("text", ["between € 9.00 and € 5.00", "€ 5.00 or so", "€ 1.00 - 2.00 BGN", "much"])
def test_no_money_range(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_money_range(text, "en")


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_a_range_that_was_written_is_read_back(low: int, more: int) -> None:
    text = f"between € {low:,}.00 and € {low + more:,}.00"
    assert read_money_range(text, "en") == (eur(low), eur(low + more))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("90%", 90, 90),
        ("80 %", 80, 80),
        ("30 - 70%", 30, 70),
        ("max. 85 %", None, 85),
        ("between 50% and 62,5 %", 50, Decimal("62.5")),
    ],
)
def test_percent_range(text: str, low: Decimal | None, high: Decimal | None) -> None:
    assert read_percent_range(text) == (low, high)


@pytest.mark.parametrize("text", ["70 - 30%", "90", "120%", "mostly", ""])
def test_no_percent_range(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_percent_range(text)


def test_percent() -> None:
    assert read_percent("62,5 %") == Decimal("62.5")
    with pytest.raises(ValueReadError):
        read_percent("101%")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 12 and 24 months", 12, 24),
        ("18 or 24 months", 18, 24),
        ("max. 36 months", None, 36),
        ("36 months", 36, 36),
        ("1 year", 12, 12),
        ("max. 3 years", None, 36),
    ],
)
def test_months(text: str, low: int | None, high: int | None) -> None:
    assert read_months(text) == (low, high)


@pytest.mark.parametrize(
    "text", ["39 months from cut-off date", "8 months, plus 3 months for reporting", "24", "24 to 12 months", ""]
)
def test_no_months(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_months(text)


def test_decimal_of_a_locale() -> None:
    assert read_decimal("1 234,50", "fr") == Decimal("1234.50")
    assert read_decimal("4401671.9", "en") == Decimal("4401671.9")
    with pytest.raises(ValueReadError):
        read_decimal("1.2.3", "en")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bulgaria (България )", "BG"),
        ("EL", "GR"),
        ("Kosovo (Kosova/Kosovë / Косово)", "XK"),
        ("Türkiye", "TR"),
        ("Чехия", "CZ"),
        ("North Macedonia (Северна Македонија)", "MK"),
    ],
)
def test_country(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize("text", ["", "Atlantis", "QQ", "EU"])
def test_no_country(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_country(text)


def test_language() -> None:
    assert read_language(" BG ") == "bg"
    with pytest.raises(ValueReadError, match="language"):
        read_language("xx")


def test_clean() -> None:
    assert clean(" a\u00a0 b\n\tc ") == "a b c"
