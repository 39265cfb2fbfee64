"""Strict readers: one meaning or an error that names the value."""

import datetime as dt
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
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
    read_written_day,
    read_written_month,
)
from corpus.vocab import EU27, CutoffStage, Language
from corpus.vocab.places import INTERFACE_LANGUAGES, country_name
from tests.strategies import amounts, clock_times, dates

SOFIA = "Europe/Sofia"


def eur(amount: str | int) -> Money:
    return Money(amount=Decimal(amount))


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("27.01.2026", dt.date(2026, 1, 27), None),
        ("27/01/2026 17:00", dt.date(2026, 1, 27), dt.time(17)),
        ("10.07.2026 г. 14:00 ч.", dt.date(2026, 7, 10), dt.time(14)),
        ("10.07.2026г.", dt.date(2026, 7, 10), None),
        ("10.07.2026 г., 16.30 ч.", dt.date(2026, 7, 10), dt.time(16, 30)),
        ("1.2.2026  9.05", dt.date(2026, 2, 1), dt.time(9, 5)),
        ("29.02.2028", dt.date(2028, 2, 29), None),
        ("\u00a027.01.2026\u00a017:00\n", dt.date(2026, 1, 27), dt.time(17)),
    ],
)
def test_day_first(text: str, date: dt.date, time: dt.time | None) -> None:
    moment = read_day_first(text, SOFIA)
    assert (moment.date, moment.time, moment.zone) == (date, time, SOFIA if time else None)


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("25 February 2026", "en", "2026-02-25"),
        ("3rd of March, 2024", "en", "2024-03-03"),
        ("1er août 2021", "fr", "2021-08-01"),
        ("14. Mai 2018", "de", "2018-05-14"),
        ("2 maja 2026", "pl", "2026-05-02"),
    ],
)
def test_written_days(text: str, language: str, date: str) -> None:
    assert read_written_day(text, language).isoformat() == date


@given(dates(), st.sampled_from(["en", "fr", "it", "nl", "pl"]))
def test_a_day_written_by_the_unicode_rules_is_read(date: dt.date, language: str) -> None:
    assert read_written_day(format_date(date, "d MMMM y", locale=language), language) == date


def test_months_and_what_is_no_day() -> None:
    assert read_written_month("August 2021", "en") == "2021-08"
    for text in ("May 2024", "31 February 2026", "25 février 2026", "25 February", "12 March to 30 April 2024"):
        with pytest.raises(ValueReadError, match="is not a da"):
            read_written_day(text, "en")
    with pytest.raises(ValueReadError, match="is not a month"):
        read_written_month("Ongoing", "en")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a date such as 27.01.2026"),
        ("soon", "'soon' is not a date such as"),
        ("2026-01-27", "is not a date such as"),
        ("27.01.26", "is not a date such as"),
        ("27.01.2026 or later", "is not a date such as"),
        ("31.02.2026", "'31.02.2026' is not a date: day is out of range"),
        ("01/27/2026", "month must be in 1..12"),
        ("29.02.2026", "day is out of range"),
        ("27.01.2026 25:00", "hour must be in 0..23"),
    ],
)
def test_no_day_first(text: str, reason: str) -> None:
    with pytest.raises(ValueReadError, match=reason):
        read_day_first(text, SOFIA)


@given(dates(), clock_times())
def test_a_day_and_hour_that_were_written_are_read_back(date: dt.date, time: dt.time) -> None:
    assert read_day_first(f"{date:%d.%m.%Y}", SOFIA).date == date
    moment = read_day_first(format_date(date, "dd.MM.y 'г.'", locale="bg") + f" {time:%H:%M} ч.", SOFIA)
    assert (moment.date, moment.time) == (date, time)


def test_a_closing_date_keeps_its_hour_and_zone() -> None:
    cutoff = as_cutoff(read_day_first("27/01/2026 17:00", SOFIA), stage="first", indicative=True)
    assert (cutoff.time, cutoff.zone, cutoff.stage) == (dt.time(17), SOFIA, CutoffStage.FIRST)
    assert cutoff.indicative


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-01-01T00:00:00.000+0100", dt.date(2023, 1, 1)),  # in UTC it would be the day before
        ("2023-12-31T23:30:00-11:00", dt.date(2023, 12, 31)),  # in UTC it would be the day after
        ("2026-05-27T00:00:00.000+0000", dt.date(2026, 5, 27)),
        ("2026-05-27T17:00:00Z", dt.date(2026, 5, 27)),
        (" 2026-05-27 ", dt.date(2026, 5, 27)),
    ],
)
def test_an_iso_day_is_read_as_written_whatever_its_offset(text: str, date: dt.date) -> None:
    assert read_iso_date(text) == date


@given(dates(), clock_times(), st.integers(-11, 13))
def test_an_iso_day_that_was_written_is_read_back(date: dt.date, time: dt.time, hours: int) -> None:
    zone = dt.timezone(dt.timedelta(hours=hours))
    assert read_iso_date(dt.datetime.combine(date, time, tzinfo=zone).isoformat()) == date
    assert read_iso_date(date.isoformat()) == date


@pytest.mark.parametrize("text", ["27.05.2026", "2026-13-01", "2026-02-30", "2026", "", "2026-05-27 and on"])
def test_no_iso_day(text: str) -> None:
    with pytest.raises(ValueReadError, match="date"):
        read_iso_date(text)


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_a_day_written_in_milliseconds_is_read_back(day: dt.date) -> None:
    instant = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    assert read_epoch_day(int(instant.timestamp() * 1000)) == day
    assert read_epoch_day(str(int(instant.timestamp() * 1000))) == day


@pytest.mark.parametrize("value", ["1651536000", "", "soon", "9" * 30, "-1", "1651536000000.5"])
def test_no_milliseconds(value: str) -> None:
    with pytest.raises(ValueReadError, match="milliseconds"):
        read_epoch_day(value)


@pytest.mark.parametrize(
    ("text", "locale", "money"),
    [
        ("€ 100,000.00", "en", eur("100000.00")),
        ("1,234,567.89 EUR", "en", eur("1234567.89")),
        ("EUR 50", "en", eur(50)),
        ("0 euro", "en", eur(0)),
        ("€ 25 €", "en", eur(25)),
        ("100 000 €", "en", eur(100000)),
        ("213 999,99 €", "lt", eur("213999.99")),
        ("213\u00a0999,99 €", "lt", eur("213999.99")),
        ("1\u202f000,5 EUR", "fr", eur("1000.5")),
        ("1.234.567,8 €", "de", eur("1234567.8")),
        ("1.000 €", "it", eur(1000)),
        ("1 000 BGN", "bg", Money(amount=Decimal(1000), currency="BGN")),
        ("195 583,00 лв.", "bg", Money(amount=Decimal("195583.00"), currency="BGN")),
        ("20 000 zł", "pl", Money(amount=Decimal(20000), currency="PLN")),
    ],
)
def test_money(text: str, locale: str, money: Money) -> None:
    assert read_money(text, locale) == money


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("€ 100.000", "en"),  # a hundred thousand, by somebody who writes in another notation, or a hundred?
        ("100,000 €", "bg"),
        ("1,000 €", "fr"),
        ("2,500,000 €", "de"),
        ("1.234,5678 €", "de"),
        ("100.000,00 €", "en"),
        ("1,234.50 €", "de"),
        ("1,23 €", "en"),
        ("12,34,567 €", "en"),
        ("€ 3,5000,00.00", "en"),
        ("5 000 30 000 €", "lt"),
        ("1 2 3 €", "lt"),
        ("0100 000 €", "lt"),
        ("1'000 €", "en"),
    ],
)
def test_separators_that_could_mean_two_amounts_are_refused(text: str, locale: str) -> None:
    with pytest.raises(ValueReadError, match=r"notation|not a number as it is written"):
        read_money(text, locale)


@pytest.mark.parametrize("text", ["", "€", "100 shells", "between € 1.00 and € 2.00", "-5 €", "about 5 €", "1e5 €"])
def test_no_money(text: str) -> None:
    with pytest.raises(ValueReadError, match="amount of money"):
        read_money(text, "en")


@pytest.mark.parametrize("text", ["100", "100 USD", "EUR 100 PLN", "€ 100 BGN"])
def test_no_currency_or_two(text: str) -> None:
    with pytest.raises(ValueReadError, match="currency is missing, unknown or not one"):
        read_money(text, "en")


def test_a_default_currency_stands_in_only_where_none_is_written() -> None:
    assert read_money("100", "en", default_currency="PLN") == Money(amount=Decimal(100), currency="PLN")
    assert read_money("100 €", "en", default_currency="PLN") == eur(100)
    with pytest.raises(ValueReadError, match="'100 USD': the currency"):
        read_money("100 USD", "en", default_currency="PLN")


@given(amounts(), st.sampled_from(INTERFACE_LANGUAGES))
def test_an_amount_that_was_written_is_read_back(amount: Decimal, language: Language) -> None:
    written = format_decimal(amount, "#,##0.00", locale=language)
    assert read_money(f"{written} €", language) == Money(amount=amount)
    assert read_money(f"EUR {written}", language) == Money(amount=amount)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between € 5,000.00 and € 30,000.00", eur(5000), eur(30000)),
        ("Between € 5,500,000 and € 9,000,000", eur(5500000), eur(9000000)),
        ("€ 5,000 - € 30,000", eur(5000), eur(30000)),
        ("€ 5,000\u2013€ 30,000", eur(5000), eur(30000)),
        ("min. € 60,000.00", eur(60000), None),
        ("at least € 60,000.00", eur(60000), None),
        ("max. € 2,500,000.00", None, eur(2500000)),
        ("up to € 10.00", None, eur(10)),
        ("€ 3,368,534.00", eur(3368534), eur(3368534)),
    ],
)
def test_money_range(text: str, low: Money | None, high: Money | None) -> None:
    assert read_money_range(text, "en") == (low, high)


@pytest.mark.parametrize(
    "text", ["between € 9.00 and € 5.00", "€ 5.00 or so", "€ 1.00 - 2.00 BGN", "5 - 10 €", "much", ""]
)
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
        ("at least 10 per cent", 10, None),
        ("between 50% and 62,5 %", 50, Decimal("62.5")),
    ],
)
def test_percent_range(text: str, low: Decimal | None, high: Decimal | None) -> None:
    assert read_percent_range(text) == (low, high)


@pytest.mark.parametrize("text", ["70 - 30%", "90", "120%", "30 - 40 - 50%", "mostly", ""])
def test_no_percent_range(text: str) -> None:
    with pytest.raises(ValueReadError):
        read_percent_range(text)


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_percentage_that_was_written_is_read_back(value: Decimal) -> None:
    assert read_percent(f"{value} %") == read_percent(f"{value}%".replace(".", ",")) == value


@pytest.mark.parametrize(
    ("text", "reason"), [("101%", "'101%' is over 100"), ("90", "such as 90%"), ("-5%", "such as 90%")]
)
def test_no_percentage(text: str, reason: str) -> None:
    with pytest.raises(ValueReadError, match=reason):
        read_percent(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 12 and 24 months", 12, 24),
        ("18 or 24 months", 18, 24),
        ("12 months - 2 years", 12, 24),
        ("1 - 3 years", 12, 36),
        ("max. 36 months", None, 36),
        ("at least 6 Months", 6, None),
        ("36 months", 36, 36),
        ("1 year", 12, 12),
        ("max. 3 years", None, 36),
    ],
)
def test_months(text: str, low: int | None, high: int | None) -> None:
    assert read_months(text) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["39 months from cut-off date", "8 months, plus 3 months for reporting", "24", "24 to 12 months", "6 weeks", ""],
)
def test_no_months(text: str) -> None:
    with pytest.raises(ValueReadError, match="duration"):
        read_months(text)


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("1 234,50", "fr", "1234.50"),
        ("4401671.9", "en", "4401671.9"),
        ("-9.13951", "en", "-9.13951"),
        ("7.", "en", "7"),
    ],
)
def test_decimal_of_a_locale(text: str, locale: str, number: str) -> None:
    assert read_decimal(text, locale) == Decimal(number)


@pytest.mark.parametrize("text", ["1.2.3", "1e5", "1_000", "NaN", "Infinity", "", "5 %"])
def test_no_decimal(text: str) -> None:
    with pytest.raises(ValueReadError, match="is not a number as it is written in en"):
        read_decimal(text, "en")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EL", "GR"),
        ("el", "GR"),
        ("UK", "GB"),
        ("bg", "BG"),
        ("Bulgaria (България )", "BG"),
        ("Kosovo (Kosova/Kosovë / Косово)", "XK"),
        ("Kosovo*", "XK"),
        ("Türkiye", "TR"),
        ("TURKEY", "TR"),
        ("Чехия", "CZ"),
        ("Czech Republic", "CZ"),
        ("The Netherlands", "NL"),
        ("North Macedonia (Северна Македонија)", "MK"),
        ("Saint-Martin (partie néerlandaise)", "SX"),  # without its brackets it is another country
    ],
)
def test_country(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_member_state_is_known_by_its_name_in_every_language(language: Language) -> None:
    assert [code for code in sorted(EU27) if read_country(country_name(code, language)) != code] == []


@pytest.mark.parametrize("text", ["", "Atlantis", "QQ", "EU", "B", "Bulgaria and Greece"])
def test_no_country(text: str) -> None:
    with pytest.raises(ValueReadError, match="is not a country"):
        read_country(text)


def test_language() -> None:
    assert read_language(" BG ") is Language.BG
    with pytest.raises(ValueReadError, match="'xx' is not a language code"):
        read_language("xx")


def test_clean() -> None:
    assert clean(" a\u00a0 b\n\tc ") == "a b c"
