"""Amounts as authorities write them: `23,5 M€`, `33,2 mln PLN`, `1.000.000,00`, a number in thousands."""

import re
from decimal import Decimal

from corpus.errors import ValueReadError
from corpus.parts import Money
from corpus.values import clean, read_decimal
from crawler.metadata import Mapping
from crawler.sources.timetables.formats.cells import Cell
from crawler.sources.timetables.model import Amounts, Words

_NUMBER = re.compile(r"\d[\d\s.,'’]*")


def read_amount(cell: Cell, rules: Amounts, words: Words, currencies: Mapping, language: str) -> Money | None:
    """Read one amount; None for a cell that holds none, or zero, which no call gives.

    Raises:
        ValueReadError: no single amount, or a word beside it that is neither a unit nor a currency.
    """
    if isinstance(cell.value, Decimal):
        return _money(cell.value * rules.unit, rules.currency, cell.line)
    text = clean(cell.text)
    if not any(letter.isdecimal() for letter in text):
        return None
    match = _NUMBER.search(text)
    rest = text[: match.start()], text[match.end() :]  # type: ignore[union-attr]  # there is a digit
    if any(letter.isdecimal() for part in rest for letter in part):
        raise ValueReadError(f"{text!r} is not one amount")
    unit, currency = _around(" ".join(rest), words, currencies, text)
    number = read_decimal(match.group(), rules.locale or language)  # type: ignore[union-attr]
    if unit is None and int(number.as_tuple().exponent) < -2:
        raise ValueReadError(f"{text!r}: thousands or decimals? Money has two decimals; is the language right?")
    return _money(number * (unit or rules.unit), currency or rules.currency, text)


def _around(rest: str, words: Words, currencies: Mapping, text: str) -> tuple[int | None, str | None]:
    """Unit and currency that the words beside a number say."""
    unit: int | None = None
    currency: str | None = None
    left = rest.casefold()
    for name in sorted(words.units, key=len, reverse=True):
        left, seen = _take(left, name.casefold())
        unit = words.units[name] if seen and unit is None else unit
    for name in currencies.labels():
        left, seen = _take(left, name)
        currency = (currencies.codes(name) or (None,))[0] if seen and currency is None else currency
    if re.search(r"\w", left):
        raise ValueReadError(f"{text!r}: {clean(left)!r} is neither a unit nor a currency that is known")
    return unit, currency


def _take(text: str, name: str) -> tuple[str, bool]:
    """Take a word out of a text; a sign needs no edges, and a unit may touch the sign of a currency (`M€`)."""
    edges = rf"(?<!\w){re.escape(name)}(?!\w)\.?" if name[-1:].isalpha() else re.escape(name)
    out, count = re.subn(edges, " ", text)
    return out, bool(count)


def _money(amount: Decimal, currency: str, text: str) -> Money | None:
    if amount < 0:
        raise ValueReadError(f"{text!r} is less than nothing")
    if amount == 0:
        return None
    whole = amount == amount.to_integral_value()
    return Money(amount=amount.quantize(Decimal(1)) if whole else amount.quantize(Decimal("0.01")), currency=currency)
