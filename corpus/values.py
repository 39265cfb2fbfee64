"""Strict readers of raw values: dates, money, percentages, countries, languages.

A reader either returns the one meaning that a text can have or raises `ValueReadError`, naming the value and
what would be right. Nothing is guessed: a number that could mean two amounts is refused.
"""

import datetime as dt
import re
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import NumberFormatError, parse_decimal

from corpus.errors import ValueReadError
from corpus.parts import Cutoff, Moment, Money
from corpus.vocab.places import ALIASES, INTERFACE_LANGUAGES, Language, check_country, country_codes

_DAY_FIRST = re.compile(
    r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"  # 27.01.2026 or 27/01/2026
    r"(?:\s*г\.)?"  # Bulgarian: година, year
    r"(?:,?\s+(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:\s*ч\.)?)?"  # час, hour
)
_ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:T(?P<time>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?P<offset>Z|[+-]\d{2}:?\d{2})?)?"
)
_WRITTEN = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?(?P<m>[^\W\d]+)\.?,?\s+(?P<y>\d{4})")
_CURRENCIES = {"€": "EUR", "EUR": "EUR", "EURO": "EUR", "BGN": "BGN", "ЛВ": "BGN", "PLN": "PLN", "ZŁ": "PLN"}
_AMOUNT = re.compile(r"(?P<before>€|[A-Z]{3})?\s*(?P<number>\d[\d\s.,'’]*)\s*(?P<after>€|[A-Za-zŁłлв]{2,4}\.?)?")
_PLAIN = re.compile(r"[+-]?\d[\d.,'’]*")
_BLANK_GROUPS = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_PERCENT = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|per cent|percent)")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def clean(text: str) -> str:
    """The text with every run of white space as one blank."""
    return _SPACES.sub(" ", text).strip()


def read_day_first(text: str, zone: str) -> Moment:
    """Read `27.01.2026`, `27/01/2026 17:00` or `10.07.2026 г. 14:00 ч.`; the zone belongs to the hour.

    Raises:
        ValueReadError: it is no such date, or the day does not exist.
    """
    match = _DAY_FIRST.fullmatch(clean(text))
    if match is None:
        raise ValueReadError(f"{text!r} is not a date such as 27.01.2026 or 27.01.2026 17:00")
    try:
        day = dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
        hour = dt.time(int(match["H"]), int(match["M"])) if match["H"] else None
    except ValueError as error:
        raise ValueReadError(f"{text!r} is not a date: {error}") from error
    return Moment(date=day, time=hour, zone=zone if hour else None)


def read_written_day(text: str, language: str) -> dt.date:
    """Read a day with the name of its month: `25 February 2026` (en), `1er août 2021` (fr), `2 maja 2026` (pl).

    Raises:
        ValueReadError: it is no such day, or the day does not exist.
    """
    match = _WRITTEN.fullmatch(clean(text))
    month = _months_by_name(language).get(match["m"].casefold()) if match else None
    if match is None or month is None:
        raise ValueReadError(f"{text!r} is not a day such as 25 February 2026, as it is written in {language}")
    try:
        return dt.date(int(match["y"]), month, int(match["d"]))
    except ValueError as error:
        raise ValueReadError(f"{text!r} is not a date: {error}") from error


def read_written_month(text: str, language: str) -> str:
    """Read a month with its name and give it as `2021-08`: `August 2021` (en).

    Raises:
        ValueReadError: it is no such month.
    """
    match = re.fullmatch(r"(?P<m>[^\W\d]+)\.?\s+(?P<y>\d{4})", clean(text))
    month = _months_by_name(language).get(match["m"].casefold()) if match else None
    if match is None or month is None:
        raise ValueReadError(f"{text!r} is not a month such as August 2021, as it is written in {language}")
    return f"{match['y']}-{month:02d}"


@cache
def _months_by_name(language: str) -> dict[str, int]:
    """Names and short names of months, as they stand alone and in a date (`maj`, `maja`)."""
    kinds = Locale(language).months
    return {
        name.rstrip(".").casefold(): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in kinds[context][width].items()
    }


def read_iso_date(text: str) -> dt.date:
    """Read the day of an ISO 8601 date or date-time, as it is written: no conversion of zones.

    `2023-01-01T00:00:00.000+0100` is the first of January; turned into UTC it would be the day before.

    Raises:
        ValueReadError: it is no ISO date.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise ValueReadError(f"{text!r} is not an ISO date such as 2026-05-27")
    try:
        return dt.date.fromisoformat(match["date"])
    except ValueError as error:
        raise ValueReadError(f"{text!r} is not a date: {error}") from error


def as_cutoff(moment: Moment, **extra: object) -> Cutoff:
    """The same moment as a closing date."""
    return Cutoff.model_validate({**moment.model_dump(), **extra})


def read_decimal(text: str, locale: str) -> Decimal:
    """Read a number in the notation of a locale (`1 234,50` in fr, `1,234.50` in en).

    Raises:
        ValueReadError: the separators are not those of the locale.
    """
    compact = clean(text).rstrip(".,")
    # Decimal would take `1e5` and `1_000`; blanks stand between groups of three: `5 000 30 000` is two numbers.
    if not (_PLAIN.fullmatch(compact) or _BLANK_GROUPS.fullmatch(compact)):
        raise ValueReadError(f"{text!r} is not a number as it is written in {locale}")
    # Babel knows one thousands separator per locale; all languages also write plain blanks or no separator.
    try:
        return parse_decimal(compact.replace(" ", ""), locale=locale, strict=True)
    except NumberFormatError as error:
        raise ValueReadError(f"{text!r} is not a number as it is written in {locale}") from error


def read_money(text: str, locale: str, default_currency: str | None = None) -> Money:
    """Read one amount with its currency: `€ 100,000.00` (en), `213 999,99 €` (lt).

    Raises:
        ValueReadError: no single amount, an unknown currency, or none and no default.
    """
    match = _AMOUNT.fullmatch(clean(text))
    if match is None:
        raise ValueReadError(f"{text!r} is not one amount of money such as 100,000.00 EUR")
    signs = {sign.rstrip(".").upper() for sign in match.group("before", "after") if sign}
    currencies = {_CURRENCIES.get(sign) for sign in signs} or {default_currency}
    currency = currencies.pop()
    if currency is None or currencies:
        raise ValueReadError(f"{text!r}: the currency is missing, unknown or not one; write for example EUR")
    amount = read_decimal(match["number"], locale)
    # Written decimals count, not their value: `100.000` is a hundred thousand to most who write it.
    if int(amount.as_tuple().exponent) < -2:
        raise ValueReadError(f"{text!r}: thousands or decimals? Money has two decimals; wrong notation for {locale}?")
    return Money(amount=amount, currency=currency)


def read_percent(text: str) -> Decimal:
    """Read one percentage between 0 and 100: `90%`, `62,5 %`.

    Raises:
        ValueReadError: no single percentage, or it is over 100.
    """
    match = _PERCENT.fullmatch(clean(text))
    if match is None:
        raise ValueReadError(f"{text!r} is not one percentage such as 90%")
    value = Decimal(match["number"].replace(",", "."))
    if value > 100:
        raise ValueReadError(f"{text!r} is over 100 per cent")
    return value


def read_epoch_day(milliseconds: int | str) -> dt.date:
    """Read the day of a time in milliseconds since 1970, in UTC: `1651536000000` is 3 May 2022.

    Raises:
        ValueReadError: it is no whole number, or a time out of this age.
    """
    try:
        day = dt.datetime.fromtimestamp(int(milliseconds) / 1000, tz=dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueReadError(f"{milliseconds!r} is not a time in milliseconds since 1970") from error
    if not 2000 <= day.year <= 2100:
        raise ValueReadError(f"{milliseconds!r} would be {day}: seconds instead of milliseconds?")
    return day


_ENDS = re.compile(r"(?:between\s+)?(?P<low>\S.*?)(?:\s+(?:and|to|or)\s+|\s*[-\u2013]\s*)(?P<high>\S.*)", re.IGNORECASE)
_LOWEST = re.compile(r"(?:min\.?|minimum|at least|from)\s+(?P<low>\S.*)", re.IGNORECASE)
_HIGHEST = re.compile(r"(?:max\.?|maximum|up to|at most)\s+(?P<high>\S.*)", re.IGNORECASE)


def _ends(text: str) -> tuple[str | None, str | None]:
    """Ends of `between 1 and 2`, `1 - 2`, `1 or 2`, `min. 1`, `max. 2`; a single value is both ends."""
    compact = clean(text)
    if match := _LOWEST.fullmatch(compact):
        return match["low"], None
    if match := _HIGHEST.fullmatch(compact):
        return None, match["high"]
    if match := _ENDS.fullmatch(compact):
        return match["low"], match["high"]
    return compact, compact


def read_money_range(text: str, locale: str) -> tuple[Money | None, Money | None]:
    """Read the lowest and the highest amount: `between € 5,000.00 and € 30,000.00`, `max. € 2,000,000.00`.

    Raises:
        ValueReadError: an end is no single amount with its currency, or the ends are in the wrong order.
    """
    low, high = (read_money(end, locale) if end is not None else None for end in _ends(text))
    if low and high and (low.currency != high.currency or low.amount > high.amount):
        raise ValueReadError(f"{text!r} does not go from a lower to a higher amount of one currency")
    return low, high


def read_percent_range(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Read the lowest and the highest percentage: `30 - 70%`, `max. 85 %`; a single one is both.

    Raises:
        ValueReadError: an end is no percentage, or the ends are in the wrong order.
    """
    signed = [f"{end}%" if end and end[-1].isdigit() and "%" in text else end for end in _ends(text)]
    low, high = (read_percent(end) if end is not None else None for end in signed)
    if low is not None and high is not None and low > high:
        raise ValueReadError(f"{text!r} does not go from a lower to a higher percentage")
    return low, high


_MONTHS = re.compile(r"(?P<number>\d{1,3})\s*(?P<unit>months?|years?)", re.IGNORECASE)


def read_months(text: str) -> tuple[int | None, int | None]:
    """Read the shortest and the longest duration in months: `between 12 and 24 months`, `max. 3 years`.

    Raises:
        ValueReadError: it says more or less than one duration or range.
    """
    low, high = _ends(text)
    unit = re.search(r"(?:month|year)s?$", clean(text), re.IGNORECASE)
    if low and low.isdigit() and unit:
        low = f"{low} {unit.group()}"
    shortest, longest = (_months(end, text) if end is not None else None for end in (low, high))
    if shortest and longest and shortest > longest:
        raise ValueReadError(f"{text!r} does not go from a shorter to a longer duration")
    return shortest, longest


def _months(end: str, text: str) -> int:
    match = _MONTHS.fullmatch(end)
    if match is None:
        raise ValueReadError(f"{text!r} is not a duration such as 24 months or between 12 and 24 months")
    return int(match["number"]) * (12 if match["unit"].lower().startswith("year") else 1)


# Names that official lists use beside those of CLDR.
_COUNTRY_EXTRA = {
    "czech republic": "CZ",
    "macedonia": "MK",
    "north macedonia": "MK",
    "moldova": "MD",
    "republic of moldova": "MD",
    "türkiye": "TR",
    "turkey": "TR",
    "kosovo": "XK",
    "bosnia and herzegovina": "BA",
    "the netherlands": "NL",
    "great britain": "GB",
}


@cache
def _country_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in INTERFACE_LANGUAGES:
        territories = Locale(language).territories
        names.update({str(territories[c]).casefold(): c for c in country_codes() if c in territories})
    return names | _COUNTRY_EXTRA


def read_country(text: str) -> str:
    """Read a country code or a country's name in one of the interface languages; notes in brackets are ignored.

    Raises:
        ValueReadError: neither a code nor a known name.
    """
    bare = clean(re.sub(r"\(.*?\)|\*", "", text))
    names = _country_names()
    # The whole text first: `Saint-Martin (partie néerlandaise)` is another country than Saint-Martin.
    found = names.get(clean(text).casefold()) or names.get(bare.casefold())
    if found:
        return found
    if len(bare) == 2:
        try:
            return check_country(ALIASES.get(bare.upper(), bare))
        except ValueError as error:
            raise ValueReadError(str(error)) from error
    raise ValueReadError(f"{text!r} is not a country; use a code such as BG or a name such as Bulgaria")


def read_language(text: str) -> Language:
    """Read a language code such as `bg`.

    Raises:
        ValueReadError: the code is not known.
    """
    try:
        return Language(text.strip().lower())
    except ValueError as error:
        raise ValueReadError(f"{text!r} is not a language code; use for example bg or fr") from error
