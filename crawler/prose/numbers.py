"""Numbers in a text, in digits or in words, with the scale word behind them (`2,5 Mio.`, `500mila`, `dwóch`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import text2num

from corpus.errors import ValueReadError
from corpus.values import read_decimal

_DIGITS = re.compile(
    r"(?<![\w/.,])(?<![^\d]-)(?P<number>"
    r"\d{1,3}(?:[ '.]\d{3})+(?:,\d{1,2})?(?![.,]?\d)"  # 1 234 567,89 and 1.234.567,89
    r"|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![.,]?\d)"  # 1,234,567.89
    r"|\d+(?:[.,]\d+)*)"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LIBRARY = frozenset({"en", "fr", "de", "it", "nl"})
_NOTATIONS = ("en", "de", "fr", "de_CH")
_LONGEST_RUN = 6
_TENS = range(20, 100, 10)


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

    def __init__(
        self, language: str, locale: str, words: dict[str, int], scales: dict[str, int], ands: tuple[str, ...] = ()
    ) -> None:
        self._ands = frozenset(ands)
        self._language = language
        self._locale = locale
        self._words = words
        self._scales = scales
        names = sorted(map(re.escape, scales), key=len, reverse=True)
        self._scale = re.compile(rf"[ -]?({'|'.join(names)})(?!\w)\.?")

    def find(self, small: str) -> list[Number]:
        """All numbers of a text in small letters, in order."""
        found = list(self._digits(small))
        ends = [(number.start, number.end) for number in found]
        found += [n for n in self._spelled(small) if not any(start < n.end and n.start < end for start, end in ends)]
        return sorted(found, key=lambda number: number.start)

    def _digits(self, small: str) -> Iterator[Number]:
        for match in _DIGITS.finditer(small):
            raw = match["number"].rstrip(".,")
            value = read_amount(raw, self._locale)
            if value is not None:
                yield self._scaled(small, Number(match.start("number"), match.start("number") + len(raw), value))

    def _scaled(self, small: str, number: Number) -> Number:
        match = self._scale.match(small, number.end)
        if match is None:
            return number
        scale = self._scales[match.group(1)]
        return Number(number.start, match.end(), number.value * scale, scale, number.in_words)

    def _compound(self, run: list[re.Match[str]]) -> int | None:
        """`trzydziestu sześciu` and `двадесет и четири`: tens, perhaps a word for `and`, ones."""
        tens, *middle, ones = (self._words.get(match.group()) for match in run) if len(run) > 1 else (None, None)
        if len(run) == 2 and run[1].group() in self._ands and tens in _TENS:
            return tens
        fits = tens in _TENS and ones in range(1, 10) and (not middle or run[1].group() in self._ands)
        return (tens or 0) + (ones or 0) if fits and len(run) <= 3 else None

    def _spelled(self, small: str) -> Iterator[Number]:
        run: list[re.Match[str]] = []
        for match in _WORD.finditer(small):
            joined = bool(run) and small[run[-1].end() : match.start()].strip() == "" and len(run) < _LONGEST_RUN
            if run and not (joined and self._value([*run, match], small) is not None):
                yield self._number(run, small)
                run = []
            if self._value([*run, match], small) is not None:
                run.append(match)
        if run:
            yield self._number(run, small)

    def _number(self, run: list[re.Match[str]], small: str) -> Number:
        value = self._value(run, small)
        scale = self._scales.get(run[-1].group(), 1) if len(run) > 1 else 1  # `fünf Millionen` is five of a million
        number = Number(run[0].start(), run[-1].end(), Decimal(value or 0), scale, in_words=True)
        return number if scale > 1 else self._scaled(small, number)

    def _value(self, run: list[re.Match[str]], small: str) -> int | None:
        if len(run) == 1 and (known := self._words.get(run[0].group())) is not None:
            return known
        if self._language not in _LIBRARY:
            return self._compound(run)
        try:
            return int(text2num(small[run[0].start() : run[-1].end()], self._language))
        except ValueError:
            return None
