"""Numbers in a text, in digits or in words, with the scale word behind them (`2,5 Mio.`, `500mila`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from corpus.errors import ValueReadError
from corpus.values import read_decimal
from crawler.prose.pack import Pack
from crawler.prose.spelled import Spelled, alternatives

_DIGITS = re.compile(
    r"(?<![\w.,])(?<!\w/)(?<![^\d]-)(?P<number>"
    r"\d{1,3}(?:[ '.]\d{3})+(?:,\d{1,2})?(?![.,]?\d)"  # 1 234 567,89 and 1.234.567,89
    r"|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![.,]?\d)"  # 1,234,567.89
    r"|\d+(?:[.,]\d+)*)"
)
_NOTATIONS = ("en", "de", "fr", "de_CH")
_HALF = Decimal("0.5")
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands; `scale` is the factor of the word behind it, which `value` contains."""

    start: int
    end: int
    value: Decimal
    scale: int = 1
    in_words: bool = False


def read_amount(text: str, locale: str) -> Decimal | None:
    """Read digits in the notation of the locale, or in another one where only that makes sense.

    `10.000` in an English text is ten thousand: nobody writes three decimals. None: it makes no sense at all.
    """
    for notation in (locale, *_NOTATIONS):
        try:
            value = read_decimal(text, notation)
        except ValueReadError:
            continue
        if int(value.as_tuple().exponent) >= -2:
            return value
    return None


class NumberReader:
    """Finds the numbers of a text in one language."""

    def __init__(self, pack: Pack) -> None:
        self._locale = pack.locale
        self._scales = dict(pack.scales)
        self._spelled = Spelled(pack.language, dict(pack.numbers), pack.joins.list)
        self._scale = re.compile(rf"[ -]?({alternatives(pack.scales)})(?!\w)\.?")
        self._parts = dict(pack.parts)
        self._part = re.compile(rf"(?<!\w)({alternatives(pack.parts)})(?!\w)")
        self._half_more = re.compile(rf"\s(?:{alternatives(pack.and_half)})(?!\w)")
        self._plus = re.compile(rf"\s(?:(?:{alternatives(pack.joins.list)})\s)?")

    def find(self, small: str) -> list[Number]:
        """All numbers of a text in small letters, in order."""
        found: list[Number] = []
        for number in chain(self._of_parts(small), self._digits(small), self._words(small)):
            if not any(number.start < known.end and known.start < number.end for known in found):
                found.append(number)
        return self._added(small, sorted(found, key=lambda number: number.start))

    def _of_parts(self, small: str) -> Iterator[Number]:
        """`half a million`, `anderthalb Jahre`: parts count before a word for a scale or a unit alone."""
        halves = [match.span() for match in self._half_more.finditer(small)]
        for match in self._part.finditer(small):
            if any(start < match.end() and match.start() < end for start, end in halves):
                continue
            yield self._scaled(small, Number(match.start(), match.end(), self._parts[match.group(1)]))

    def _digits(self, small: str) -> Iterator[Number]:
        for match in _DIGITS.finditer(small):
            raw = match["number"].rstrip(".,")
            value = read_amount(raw, self._locale)
            if value is not None:
                yield self._scaled(small, Number(match.start("number"), match.start("number") + len(raw), value))

    def _words(self, small: str) -> Iterator[Number]:
        for (start, end), value, last in self._spelled.find(small):
            scale = self._scales.get(last, 1)  # `fünf Millionen` is five of a million
            number = Number(start, end, Decimal(value), scale, in_words=True)
            yield self._and_half(small, number) if scale > 1 else self._scaled(small, number)

    def _scaled(self, small: str, number: Number) -> Number:
        number = self._and_half(small, number)  # `two and a half million`
        match = self._scale.match(small, number.end)
        if match is None:
            return number
        scale = self._scales[match.group(1)]
        scaled = Number(number.start, match.end(), number.value * scale, scale, number.in_words)
        return self._and_half(small, scaled)  # `2 milioni e mezzo`

    def _and_half(self, small: str, number: Number) -> Number:
        match = self._half_more.match(small, number.end)
        return replace(number, end=match.end(), value=number.value + _HALF * number.scale) if match else number

    def _added(self, small: str, numbers: list[Number]) -> list[Number]:
        """`1 млн. и 200 хил.` and `un milione e duecentomila` are one number."""
        found: list[Number] = []
        for number in numbers:
            last = found[-1] if found else None
            if last and self._goes_on(last, number, small):
                found[-1] = replace(last, end=number.end, value=last.value + number.value)
            else:
                found.append(number)
        return found

    def _goes_on(self, last: Number, number: Number, small: str) -> bool:
        smaller = _THOUSAND <= number.value < last.scale and (number.scale > 1 or number.in_words)
        return smaller and self._plus.fullmatch(small, last.end, number.start) is not None
