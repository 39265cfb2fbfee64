"""Dates, numbers and money as the spoken language writes them (Unicode CLDR, through Babel)."""

import datetime as dt
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent

from corpus.messages import spoken
from corpus.parts import Money
from corpus.vocab.places import Language

_BRITISH = {Language.EN: "en_IE"}
"""English as institutions of the Union write it: the day before the month, the euro before the amount."""
_WHOLE = 100
"""Amounts from here on are shown without cents where they have none."""


def locale() -> Locale:
    """Conventions of the spoken language."""
    return _locale(spoken())


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_BRITISH.get(language, language.value))


def day(date: dt.date) -> str:
    """A date in full: 3 March 2027."""
    return _day(date, spoken())


@lru_cache(10_000)
def _day(date: dt.date, language: Language) -> str:
    return format_date(date, "long", _locale(language))


def short_day(date: dt.date) -> str:
    """A date for narrow places: 3 Mar 2027."""
    return format_date(date, "medium", locale())


def month(date: dt.date) -> str:
    """A month with its year: March 2027."""
    return format_skeleton("yMMMM", date, locale=locale())


def clock(time: dt.time) -> str:
    """A time of day with hours from 0 to 24, as deadlines are written."""
    return time.strftime("%H:%M")


def number(value: Decimal | float) -> str:
    """A number with the separators of the language."""
    return format_decimal(value, locale=locale())


def percent(value: Decimal | float) -> str:
    """A share that is given in per cent: 85 becomes `85 %`, or `85%`, as the language has it."""
    return format_percent(Decimal(str(value)) / 100, format=None, locale=locale(), decimal_quantization=False)


def money(value: Money) -> str:
    """An amount in its currency, without cents where there are none."""
    whole = value.amount == value.amount.to_integral_value()
    pattern = locale().currency_formats["standard"].pattern
    if whole and abs(value.amount) >= _WHOLE:
        pattern = pattern.replace("0.00", "0")
    return format_currency(value.amount, value.currency, format=pattern, locale=locale(), currency_digits=not whole)
