"""Amounts, shares, durations and numbers of inhabitants: a number and the unit beside it, ranges as one mention."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.parts import Money
from crawler.prose.mentions import Mention, Sort
from crawler.prose.numbers import Number, NumberReader
from crawler.prose.pack import Pack
from crawler.prose.phrases import pattern_of

_CUT = re.compile(r"\s\d{1,2}\s\d(?!\d)")  # digits torn apart
Value = Money | Decimal | int
_SIGNS = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "meur": "EUR",
    "teur": "EUR",
    "m€": "EUR",
    "k€": "EUR",
    "keur": "EUR",
}
_CODES = ("bgn", "pln", "czk", "huf", "ron", "gbp", "chf", "sek", "nok", "dkk", "isk", "usd")
_SCALED_SIGNS = {"meur": 10**6, "m€": 10**6, "mio€": 10**6, "teur": 1000, "k€": 1000, "keur": 1000}
_MOST_MONTHS = 180
_YEARS, _DIGITS_OF_YEAR = (2000, 2060), 4
_WITH_ARTICLE = frozenset({"en", "fr", "de", "it", "nl"})
_A_FEW = 1000
_FEWEST, _REACH, _LINK, _BEFORE, _LABEL = 100, 50, 45, 20, 40


@dataclass(frozen=True, slots=True)
class _Unit:
    """A number with its unit; an end of a range may have borrowed it from the other end."""

    sort: Sort
    start: int
    end: int
    number: Decimal
    currency: str = ""
    scale: int = 1


class QuantityReader:
    """Finds the quantities of a text in one language."""

    def __init__(self, pack: Pack) -> None:
        self._language = pack.language
        self._numbers = NumberReader(pack)
        self._fractions = {re.compile(rf"(?<!\w){re.escape(w)}(?!\w)"): share for w, share in pack.fractions.items()}
        periods = sorted(pack.units.periods.items(), key=lambda item: -len(item[0]))
        self._periods = {re.compile(rf"(?<!\w){word}"): months for word, months in periods}
        self._signs = dict(pack.currencies) | _SIGNS | {code: code.upper() for code in _CODES}
        sign = "|".join(sorted(map(re.escape, self._signs), key=len, reverse=True))
        self._after = re.compile(
            rf"[\s,.–-]{{0,3}}(?:\((?:[^()]{{3,60}})\)\s?)?(?:d'|di |de |van |von |an )?(?P<c>{sign})(?!\w)"
        )
        self._before = re.compile(rf"(?<!\w)(?P<c>{sign})\.?\s?$")
        self._percent = re.compile(rf"\s?-?(?:%|(?:{'|'.join(pack.percent)})(?!\w))")
        self._months = re.compile(rf"[\s-]{{1,2}}(?:{_alternatives(pack.units.months)})(?!\w)")
        self._years = re.compile(rf"[\s-]{{1,2}}(?:{_alternatives(pack.units.years)})(?!\w)")
        self._people = re.compile(rf"\s?(?:\w+\s){{0,2}}?(?:{_alternatives(pack.inhabitants)})(?!\w)")
        self._population = re.compile(rf"(?<!\w)(?:{_alternatives(pack.population)})\W+(?:[^\W\d]+\W+){{0,8}}$")
        limits = "|".join(sorted((pattern_of(p) for group in _limits(pack) for p in group), key=len, reverse=True))
        joins = "|".join(map(re.escape, (*pack.joins.range, *pack.joins.list)))
        self._link = re.compile(rf"(?<!\w)(?:{limits})\.?|(?<!\w)(?:{joins})(?!\w)|[-–—/]")
        self._labelled = {
            factor: re.compile(rf"(?<!\w)(?:{_alternatives(units)})\.?\)?\s?[:|]\s?(?:(?:{limits})\.?\s)?$")
            for units, factor in ((pack.units.months, 1), (pack.units.years, 12))
        }
        self._join = re.compile(rf"(?<!\w)(?:{joins})(?!\w)|[-–—/]")
        self._to = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, pack.joins.range))})(?!\w)|[-–—]")
        self._between = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, pack.joins.between))})(?!\w)")
        self._nothing = re.compile(rf"\s?(?:[.,;:)!?]|[-–—](?!\w)|$)|\s(?:{joins}|{limits})(?!\w)")
        self._sign = re.compile(rf"(?<!\w)(?:{sign})(?!\w)\.?")

    def find(self, small: str, found: list[Number], taken: list[tuple[int, int]], currency: str = "") -> list[Mention]:
        """All quantities of a text in small letters with these numbers, outside the places that dates have taken.

        `currency` is the only one of the whole text: `2 million` with nothing behind it is an amount in it.
        """
        numbers = [n for n in found if not any(start < n.end and n.start < end for start, end in taken)]
        numbers = [
            n
            for n, after in zip(numbers, [*numbers[1:], None], strict=False)
            if not self._is_article(n) or self._unit(small, n) or self._opens_range(small, n, after)
        ]
        mentions = self._named(small)
        mentions += self._mentions(small, [n for n in numbers if not _inside(n, mentions)])
        bare = (n for n in numbers if currency and not _inside(n, mentions) and self._is_bare(small, n))
        mentions += [self._bare(small, n, numbers, mentions, currency) for n in bare]
        mentions += [share for share in self._parts(small) if not _inside(share, mentions)]
        return sorted(mentions, key=lambda mention: mention.start)

    def _bare(self, small: str, number: Number, numbers: list[Number], known: list[Mention], currency: str) -> Mention:
        """An amount that only the currency of the text explains, with a lower end that stands before it."""
        high = _Unit(Sort.MONEY, number.start, number.end, number.value, currency, number.scale)
        before = next((n for n in reversed(numbers) if n.end <= number.start), None)
        if before and not _inside(before, known) and not _is_year(before):
            low = _borrowed(before, high)
            if self._linked(small[before.end : number.start]) and low.number < high.number:
                return _mention(low, high)
        return _mention(high, high)

    def currencies(self, small: str) -> set[str]:
        """The currencies that a text in small letters names beside numbers."""
        units = (self._money(small, number) for number in self._numbers.find(small))
        return {unit.currency for unit in units if unit}

    def _is_bare(self, small: str, number: Number) -> bool:
        """Whether a number of thousands or millions counts nothing that is named."""
        return number.scale > 1 and self._nothing.match(small, number.end) is not None

    def numbers(self, small: str) -> list[Number]:
        """The numbers of a text in small letters, whatever they count."""
        return self._numbers.find(small)

    def _is_article(self, number: Number) -> bool:
        return number.in_words and number.value == 1 and self._language in _WITH_ARTICLE

    def _opens_range(self, small: str, first: Number, second: Number | None) -> bool:
        """`between one and three years`, `one to two years`: nothing but a word for ranges stands between."""
        if second is None or not self._linked(small[first.end : second.start]):
            return False
        return self._is_range(small, first.start, small[first.end : second.start])

    def _parts(self, small: str) -> Iterator[Mention]:
        """Shares in words: `a third`."""
        for pattern, share in self._fractions.items():
            for match in pattern.finditer(small):
                yield Mention(Sort.SHARE, match.start(), match.end(), share, share, in_words=True)

    def _named(self, small: str) -> list[Mention]:
        """Durations that are words of their own: `biennial`."""
        found: list[Mention] = []
        for pattern, months in self._periods.items():  # the longest first
            for match in pattern.finditer(small):
                named = Mention(Sort.MONTHS, match.start(), match.end(), months, months)
                if not _inside(named, found):
                    found.append(named)
        return found

    def _mentions(self, small: str, numbers: list[Number]) -> Iterator[Mention]:
        i = 0
        while i < len(numbers):
            after = numbers[i + 1] if i + 1 < len(numbers) else None
            pair = self._range(small, numbers[i], after) if after else None
            if pair:
                yield pair
                i += 2
                continue
            unit = self._unit(small, numbers[i])
            if unit:
                yield _mention(unit, unit)
            i += 1

    def _range(self, small: str, first: Number, second: Number) -> Mention | None:
        """`100 000 to 500 000 EUR`, `EUR 1 to 2 million`, `50 % - 80 %`, `at least 12 and at most 24 months`."""
        own, high = self._unit(small, first), self._unit(small, second)
        if own is None and (_is_year(first) or (first.in_words and "," in small[first.end : second.start])):
            return None
        if (own and high and own.sort is not high.sort) or not (own or high):
            return None
        start, end = own.end if own else first.end, high.start if high else second.start
        if own and high and not self._is_range(small, own.start, small[start:end]):
            return None
        if not self._linked(small[start:end]):
            return None
        if high is None:
            high = _lent(own, second) if own else None
            if own and high and own.sort is Sort.MONEY:  # `EUR 1 to 2 million`, `between EUR 50 000 and 150 000`
                behind = own.end > first.end and not self._is_bare(small, second)  # `800 thousand euro to 2 million`
                if behind or not self._is_range(small, own.start, small[start:end]):
                    return None
                own = _borrowed(first, high)
        elif own is None or own.currency != high.currency:
            own = _borrowed(first, high)
        elif own.sort is Sort.MONEY and own.number < _A_FEW and own.scale == 1 < high.scale:
            own = replace(own, number=_borrowed(first, high).number)  # `between EUR 1 and EUR 3 million`
        return _mention(own, high) if own and high and own.number < high.number else None

    def _is_range(self, small: str, start: int, between: str) -> bool:
        """Both ends have units of their own: `to` makes them a range, `and` only behind `between`."""
        opened = self._between.search(small, max(0, start - _BEFORE), start)
        return opened is not None or self._to.search(between) is not None

    def _linked(self, between: str) -> bool:
        """Nothing but words for ranges and limits stands between the two numbers."""
        if len(between) > _LINK:
            return False
        plain = self._sign.sub(" ", between.removeprefix("."))  # `1 млн. лв. и 3 млн. лв.`
        rest, found = self._link.subn(" ", plain)
        joined = self._join.search(plain) is not None or "," in plain
        return bool(found) and joined and not re.search(r"\w{5,}|[.;]\s|\d", rest)

    def _unit(self, small: str, number: Number) -> _Unit | None:
        for reader in (self._money, self._share, self._duration, self._inhabitants):
            unit = reader(small, number)
            if unit:
                return unit
        return None

    def _money(self, small: str, number: Number) -> _Unit | None:
        after = self._after.match(small, number.end)
        before = self._before.search(small, max(0, number.start - 12), number.start)
        match = before or after
        if _CUT.match(small, number.end):
            return None  # `EUR 2 000 00 0`
        if match is None or (number.in_words and number.value < 1000 and not after):
            return None
        start, end = before.start() if before else number.start, after.end() if after and not before else number.end
        factor = _SCALED_SIGNS.get(match["c"], 1)
        return _Unit(Sort.MONEY, start, end, number.value * factor, self._signs[match["c"]], number.scale * factor)

    def _share(self, small: str, number: Number) -> _Unit | None:
        match = self._percent.match(small, number.end)
        fits = match and number.value <= 100
        return _Unit(Sort.SHARE, number.start, match.end(), number.value) if match and fits else None

    def _duration(self, small: str, number: Number) -> _Unit | None:
        for pattern, months in ((self._months, 1), (self._years, 12)):
            match = pattern.match(small, number.end)
            if match and 0 < number.value * months <= _MOST_MONTHS:
                return _Unit(Sort.MONTHS, number.start, match.end(), number.value * months, scale=months)
        for months, label in self._labelled.items():  # `Months: 24`, `Duration (years): 2`
            if label.search(small, max(0, number.start - _LABEL), number.start) and self._ends(small, number):
                return _Unit(Sort.MONTHS, number.start, number.end, number.value * months, scale=months)
        return None

    def _ends(self, small: str, number: Number) -> bool:
        """Whether nothing that could be counted stands behind a small number."""
        behind = self._nothing.match(small, number.end) or re.compile(r"\s?[-–—/]").match(small, number.end)
        return behind is not None and 0 < number.value <= _MOST_MONTHS

    def _inhabitants(self, small: str, number: Number) -> _Unit | None:
        match = self._people.match(small, number.end)
        if number.value < _FEWEST:
            return None
        named = self._population.search(small, max(0, number.start - _REACH), number.start)
        end = match.end() if match else number.end
        fits = (match or named) and number.value == int(number.value)
        return _Unit(Sort.PEOPLE, number.start, end, number.value, scale=number.scale) if fits else None


def _is_year(number: Number) -> bool:
    return _YEARS[0] <= number.value <= _YEARS[1] and number.end - number.start == _DIGITS_OF_YEAR


def _inside(part: Number | Mention, found: list[Mention]) -> bool:
    return any(mention.start < part.end and part.start < mention.end for mention in found)


def _alternatives(patterns: tuple[str, ...]) -> str:
    return "|".join(patterns)


def _limits(pack: Pack) -> tuple[tuple[str, ...], ...]:
    bounds = pack.bounds
    return bounds.min, bounds.since, bounds.max, bounds.over, bounds.under, bounds.lowest, bounds.highest


def _lent(own: _Unit, second: Number) -> _Unit | None:
    """The second end of a range with the unit of the first: `population of 20 000 to 50 000`."""
    if own.sort is Sort.MONEY:
        return replace(own, start=second.start, end=second.end, number=second.value, scale=second.scale)
    if own.sort not in (Sort.PEOPLE, Sort.MONTHS):
        return None
    factor = own.scale if own.sort is Sort.MONTHS else 1
    return replace(own, start=second.start, end=second.end, number=second.value * factor)


def _borrowed(first: Number, high: _Unit) -> _Unit:
    """The first end of a range with the unit of the second."""
    if high.sort is Sort.MONTHS:
        return replace(high, start=first.start, end=first.end, number=first.value * high.scale)
    scale = high.scale if first.scale == 1 and first.value < high.number / high.scale else 1
    return replace(high, start=first.start, end=first.end, number=first.value * scale)


_VALUES: dict[Sort, Callable[[_Unit], Value]] = {
    Sort.MONEY: lambda unit: Money(amount=unit.number, currency=unit.currency),
    Sort.SHARE: lambda unit: unit.number,
    Sort.MONTHS: lambda unit: int(unit.number),
    Sort.PEOPLE: lambda unit: int(unit.number),
}


def _mention(low: _Unit, high: _Unit) -> Mention:
    value = _VALUES[high.sort]
    return Mention(high.sort, low.start, high.end, value(low), value(high), is_range=low is not high)
