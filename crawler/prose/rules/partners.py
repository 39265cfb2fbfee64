"""How many partners from how many countries a consortium needs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from crawler.prose.assign import Choice
from crawler.prose.bounds import Bound
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.numbers import Number
from crawler.prose.pack import Pack
from crawler.prose.phrases import Found, Phrasebook, pattern_of
from crawler.prose.scene import GUESSED, Reading, Scene

_FEWEST, _MOST, _BOTH = 2, 25, 2
_COUNTS = range(1, _MOST + 1)
_MEMBER_STATES = 27
_STATED, _BARE = 10.0, 6.0
_ONE_TO_PLACE, _NEAR, _BEHIND = 60, 50, 12
_UNION = ("EU27",)
_NUMERIC = (Sort.DATE, Sort.MONEY, Sort.SHARE, Sort.MONTHS, Sort.PEOPLE)


class PartnerRule:
    """Numbers before words for partners or countries, in a sentence about a consortium."""

    def __init__(self, pack: Pack) -> None:
        words = pack.partners
        joins = "|".join(map(re.escape, (*pack.joins.range, "-", "–")))
        lows = "|".join(map(pattern_of, (*pack.bounds.min, *pack.bounds.lowest)))
        ors = "|".join(map(re.escape, pack.joins.list))
        self._who = re.compile(rf"{_step(commas=True)}(?P<noun>{'|'.join(words.nouns)})(?!\w)")
        self._where = re.compile(rf"{_step(commas=False)}(?P<noun>{'|'.join(words.countries)})(?!\w)")
        self._others = re.compile(rf"(?<!\w)(?:{'|'.join(words.others)})(?!\w)")
        bounds = "|".join(map(pattern_of, (*pack.bounds.min, *pack.bounds.since)))
        leads = "|".join(map(pattern_of, words.with_lead)) or "(?!)"
        self._with_lead = re.compile(rf"(?<!\w)(?:{leads})\W{{1,3}}(?:(?:{bounds})\W{{1,3}}(?:\w{{1,4}}\W)?)?$")
        self._joined = re.compile(rf"\s*(?:{joins})\s*")
        self._and = re.compile(rf"\s*(?:{'|'.join(map(re.escape, pack.joins.list))})\s*")
        self._between = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, pack.joins.between))})\s$")
        self._numbered = re.compile(rf"(?<!\w)(?:{'|'.join(words.numbered)})\s$")
        self._one = re.compile(rf"(?<!\w)(?:{'|'.join(words.ones)})(?!\w)")
        self._each = re.compile(rf"(?<!\w)(?:{'|'.join(map(pattern_of, words.each))})" if words.each else "(?!)")
        self._context: Phrasebook[str] = Phrasebook(
            {"consortium": words.consortium, "none": words.no_condition, "never": words.never}
        )
        self._elsewhere: Phrasebook[str] = Phrasebook({"elsewhere": words.elsewhere})
        self._besides: Phrasebook[str] = Phrasebook({"besides": words.besides})
        self._each_country: Phrasebook[str] = Phrasebook({"each": words.each_country})
        self._equal: Phrasebook[str] = Phrasebook({"equal": words.equal})
        self._past: Phrasebook[str] = Phrasebook({"past": pack.past})
        self._label_of_countries = re.compile(
            rf"(?<!\w)(?:{'|'.join(words.countries)})(?:\s?[:|])?(?:\W{{0,3}}[^\W\d]+){{0,4}}\W{{1,4}}$"
        )
        self._label = re.compile(rf"(?<!\w)(?:{'|'.join(words.nouns)})(?:\W{{1,3}}[^\W\d]+){{0,4}}\W{{1,4}}$")
        among = "|".join(map(pattern_of, words.among)) or "(?!)"
        self._among = re.compile(rf"(?<!\w)(?:{among})\W{{1,3}}(?:\w+\W){{0,2}}$")
        self._out_of = re.compile(rf"\s(?:{'|'.join(words.out_of)})\s(?:\w+\s)?")
        self._together = words.together
        alone = "|".join(map(re.escape, words.together)) or "(?!)"
        self._alone = re.compile(
            rf"(?<!\w)(?P<said>{alone})(?=\s?(?:[.,;:!?)\u2013\u2014]|$)|\s(?:{ors}|{lows})(?!\w))"
        )

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Least numbers of partners and of countries of a sentence."""
        found = self._context.find(scene.small)
        above = [f for heading in scene.unit.headings for f in self._context.find(heading.small)]
        cue = next((f for f in (*found, *above) if f.label == "consortium"), None)
        if any(f.label == "never" for f in found) or self._past.find(scene.small):
            return
        why = Choice("partners", cue.phrase if cue else "number", _STATED)
        counted = list(self._counted(scene, why, [f for f in found if f.label == "none"]))
        if not any(reading.fact.kind is Kind.PARTNERS for reading in counted):
            counted += [] if cue is None else self._by_themselves(scene)
        if cue is None:  # three organisations from two countries need no word for a consortium, nor three at least
            both = len({reading.fact.kind for reading in counted} - {Kind.COUNTRIES}) >= _BOTH
            counted = [r for r in counted if both or (r.fact.kind is Kind.PARTNER_COUNTRIES and r.points >= _STATED)]
            yield from counted
            return
        yield from counted
        partners = [r for r in counted if r.fact.kind is Kind.PARTNERS]
        if partners and self._equal.find(scene.small):
            yield self._reading(scene, Kind.PARTNER_COUNTRIES, partners[0].fact.value, why, _whole(scene))
        for reading in chain(self._one_from_each(scene, why), self._per_country(scene, why)):
            if not any(reading.fact.kind is other.fact.kind for other in counted):
                yield reading

    def _counted(self, scene: Scene, why: Choice, against: list[Found[str]]) -> Iterator[Reading]:
        taken = [mention for sort in _NUMERIC for mention in scene.mentions[sort]]
        numbers = [n for n in scene.numbers if not any(m.start < n.end and n.start < m.end for m in taken)]
        pairs = [(a, b) for a, b in pairwise(numbers) if self._is_range(scene.small, a, b)]
        wholes = [(a, b) for a, b in pairwise(numbers) if self._is_part(scene.small, a, b)]
        highs, ends = {b.start for _, b in (*pairs, *wholes)}, {a.start: b.end for a, b in pairs}
        beyond = {a.start: b for a, b in wholes}
        for number in numbers:
            before = scene.small[: number.start]
            if self._numbered.search(before) or self._among.search(before):
                continue
            if number.start not in highs and number.value in _COUNTS:
                yield from self._count(scene, number, ends.get(number.start), why, against, beyond.get(number.start))

    def _count(
        self,
        scene: Scene,
        number: Number,
        high: int | None,
        why: Choice,
        against: list[Found[str]],
        whole: Number | None = None,
    ) -> Iterator[Reading]:
        end = high or (whole or number).end
        who, where = (self._named(pattern, scene, end) for pattern in (self._who, self._where))
        before = scene.small[: number.start]
        labelled = None if who or where else self._label.search(before)
        of_countries = None if who or where else self._label_of_countries.search(before)
        bound = Bound.MIN if high else _bound(scene, number)
        if (bound is not None and not bound.is_low) or (bound is None and against):
            return
        if number.value == 1:
            if who and bound and self._not_counted(scene, number, who.end()):  # the coordinator and one more
                yield self._reading(scene, Kind.PARTNERS, _FEWEST, why, (number.start, who.end()))
            return
        if labelled and (bound or high):  # `partners: at least three`
            yield self._reading(scene, Kind.PARTNERS, int(number.value), why, (labelled.start(), number.end))
        if of_countries and bound:
            yield self._reading(
                scene, Kind.PARTNER_COUNTRIES, int(number.value), why, (of_countries.start(), number.end)
            )
        if not (who or where):
            return
        points = _STATED if bound else _BARE
        if where and number.value == _MEMBER_STATES:
            return  # `the 27 Member States` is no condition
        if where and (not who or where.start("noun") <= who.start("noun")):
            kind, end = Kind.PARTNER_COUNTRIES, where.end()
            value = int(number.value) + self._abroad(scene, number, where)
            yield from _of_the_union(scene, number, end, why)
        elif who:
            kind, value, end = Kind.PARTNERS, int(number.value) + self._not_counted(scene, number, who.end()), who.end()
        yield self._reading(scene, kind, value, Choice(why.topic, why.phrase, points), (number.start, end))

    def _is_range(self, small: str, low: Number, high: Number) -> bool:
        between = small[low.end : high.start]
        opened = self._between.search(small[: low.start]) is not None
        return self._joined.fullmatch(between) is not None or (opened and self._and.fullmatch(between) is not None)

    def _is_part(self, small: str, part: Number, whole: Number) -> bool:
        """`two of the five countries`: the first number counts."""
        return part.value < whole.value and self._out_of.fullmatch(small, part.end, whole.start) is not None

    def _by_themselves(self, scene: Scene) -> Iterator[Reading]:
        """`zu dritt`: a word that counts those who apply."""
        for found in self._alone.finditer(scene.small):
            if not any(0 <= found.start() - number.end <= 1 for number in scene.numbers):
                why = Choice("partners", found["said"], _STATED)
                yield self._reading(scene, Kind.PARTNERS, self._together[found["said"]], why, found.span())

    @staticmethod
    def _named(pattern: re.Pattern[str], scene: Scene, end: int) -> re.Match[str] | None:
        """Who is counted by a number that ends here; not where another number stands between."""
        found = pattern.match(scene.small, end)
        return None if found and any(end <= n.start < found.start("noun") for n in scene.numbers) else found

    def _not_counted(self, scene: Scene, number: Number, end: int) -> int:
        """One more, where the number leaves out the lead partner or the applicant."""
        others = self._others.search(scene.small, number.end, end)
        beside = any(f.end <= number.start and number.start - f.end <= _NEAR for f in self._besides.find(scene.small))
        return 1 if others or beside or self._with_lead.search(scene.small[: number.start]) else 0

    def _abroad(self, scene: Scene, number: Number, where: re.Match[str]) -> int:
        """One more, where the countries are others than that of the applicant."""
        others = self._others.search(scene.small, number.end, where.end())
        behind = any(0 <= f.start - where.end() <= _BEHIND for f in self._elsewhere.find(scene.small))
        return 1 if others or behind else 0

    def _one_from_each(self, scene: Scene, why: Choice) -> Iterator[Reading]:
        """`one partner from Belgium and one from France`."""
        places = scene.mentions[Sort.PLACE]
        ones = [match.start() for match in self._one.finditer(scene.small)]
        paired: list[Mention] = []
        for place in places:
            near = [one for one in ones if 0 <= place.start - one <= _ONE_TO_PLACE]
            if near and not any(near[-1] < other.start < place.start for other in places):
                paired.append(place)
        if self._each.search(scene.small):  # `one partner each from Belgium and France`
            paired = places
        if len(paired) > 1:
            codes = {code for place in paired for code in place.low}
            if len(codes) > 1:
                yield self._reading(scene, Kind.PARTNERS, len(codes), why, _whole(scene))
                yield self._reading(scene, Kind.PARTNER_COUNTRIES, len(codes), why, _whole(scene))
            for place in paired:
                yield from (scene.fact(Kind.COUNTRIES, code, why, place) for code in place.low)

    def _per_country(self, scene: Scene, why: Choice) -> Iterator[Reading]:
        """`one partner from each participating country`: two at least, however many countries a programme has."""
        if self._each_country.find(scene.small) and not self._equal.find(scene.small):
            for kind in (Kind.PARTNERS, Kind.PARTNER_COUNTRIES):
                yield self._reading(scene, kind, _FEWEST, replace(why, points=-GUESSED), _whole(scene))

    @staticmethod
    def _reading(scene: Scene, kind: Kind, value: object, why: Choice, span: tuple[int, int]) -> Reading:
        number = int(str(value))
        return scene.fact(kind, number, why, Mention(Sort.PEOPLE, *span, number, number))


def _bound(scene: Scene, number: Number) -> Bound | None:
    """Whether a number is a least or a most; the bound of another number is not its own."""
    places = {n.start: Mention(Sort.PEOPLE, n.start, n.end, n.value, n.value) for n in (*scene.numbers, number)}
    return scene.reader.near(places[number.start], list(places.values()), scene.bounds, scene.small)


def _step(*, commas: bool) -> str:
    """The words that may stand between a number and what it counts."""
    signs = "(/," if commas else "(/"
    return rf"(?:[\s{signs}-]+[^\W\d]+[)'*]*){{0,5}}?[\s-]+"


def _of_the_union(scene: Scene, number: Number, end: int, why: Choice) -> Iterator[Reading]:
    """`from three Member States` says how many and where."""
    for place in scene.mentions[Sort.PLACE]:
        if place.low == _UNION and number.end <= place.start <= end + _BEHIND:
            yield scene.fact(Kind.COUNTRIES, place.low[0], why, place)
            return


def _whole(scene: Scene) -> tuple[int, int]:
    return 0, len(scene.small)
