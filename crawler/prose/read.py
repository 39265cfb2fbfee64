"""Text in, facts out: sentences, mentions, what each belongs to, and one decision for the whole text."""

from dataclasses import replace
from functools import cache

from corpus.parts import Moment
from corpus.vocab import Language
from crawler.prose import lexicon
from crawler.prose.assign import STRONG
from crawler.prose.bounds import BoundReader
from crawler.prose.dates import DateReader
from crawler.prose.kinds import FIGURES, Kind, ProseFact, written
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import LANGUAGES, Pack, load_pack
from crawler.prose.phrases import Phrasebook
from crawler.prose.quantities import QuantityReader
from crawler.prose.resolve import resolve
from crawler.prose.rules.amounts import AmountRule, settled
from crawler.prose.rules.bodies import BodyRule
from crawler.prose.rules.durations import DurationRule
from crawler.prose.rules.grouping import GroupingRule
from crawler.prose.rules.partners import PartnerRule
from crawler.prose.rules.places import PlaceRule
from crawler.prose.rules.population import PopulationRule
from crawler.prose.rules.regrants import as_sub_grants
from crawler.prose.rules.shares import ShareRule
from crawler.prose.rules.statements import RegrantingRule
from crawler.prose.rules.timeline import TimelineRule
from crawler.prose.scene import Reading, Scene
from crawler.prose.sentences import Unit, tidy, units

_AT_THE_START = 1
_PLAIN = 11.0
_DURATIONS = {Kind.DURATION_MIN: 14.0, Kind.DURATION_MAX: 14.0}
"""Points of a reading with clear words right beside it; aims speak of many years that are not those of a project."""
_AMOUNTS = (Kind.BUDGET, Kind.GRANT_MIN, Kind.GRANT_MAX)
_PAST = 6.0
_HEAD = 3
_YEARS = frozenset(map(str, range(2010, 2041)))
_VALUED = (Sort.DATE, Sort.MONEY, Sort.SHARE, Sort.MONTHS)
_RULES = (
    *(AmountRule, ShareRule, DurationRule, PopulationRule, PartnerRule),
    *(BodyRule, PlaceRule, GroupingRule, RegrantingRule),
)


def read(text: str, language: Language, *, aims: bool = False) -> list[ProseFact]:
    """Facts that a text says, each with its sentence and the rule that read it; what is not plain is left out.

    A text in a language that is not among `LANGUAGES` says nothing to this reader.

    Args:
        text: prose about a call, as it is written.
        language: language of the text.
        aims: the text tells what a call is about. It names many countries, bodies, shares and years that are no
            condition, so only figures are read, and only where the words beside them are clear.
    """
    return _reader(language).read(text, aims=aims) if language in LANGUAGES else []


def mentioned(text: str, language: Language) -> set[str]:
    """All days, amounts, shares and durations of a text, whatever they are about, in the notation of `written`."""
    return _reader(language).mentioned(text) if language in LANGUAGES else set()


@cache
def _reader(language: Language) -> "_Reader":
    return _Reader(load_pack(language))


class _Reader:
    """The rules with the words of one language."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._dates = DateReader(pack)
        self._quantities = QuantityReader(pack)
        self._bodies = lexicon.bodies(pack)
        self._places = lexicon.places(pack)
        self._bounds = BoundReader(pack)
        self._timeline = TimelineRule(pack, self._dates)
        self._rules = (self._timeline, *(rule(pack) for rule in _RULES))
        self._past: Phrasebook[str] = Phrasebook({"past": pack.past})
        self._told: Phrasebook[str] = Phrasebook({"told": {*pack.past, *pack.example}})
        self._aside: Phrasebook[str] = Phrasebook({"aside": pack.aside})
        self._today: Phrasebook[str] = Phrasebook({"today": pack.today})
        self._abbreviations = frozenset(pack.abbreviations)

    def read(self, text: str, *, aims: bool) -> list[ProseFact]:
        tidied = tidy(text, self._abbreviations)
        found = [unit for unit in units(tidied, self._abbreviations) if not self._tells_of_the_past(unit)]
        currencies = self._quantities.currencies(tidied.lower())
        currency = currencies.pop() if len(currencies) == 1 else ""
        scenes = [self._scene(unit, currency=currency) for unit in found]
        readings = [reading for scene in scenes for reading in self._readings(scene)]
        readings += self._of_today(scenes)
        readings += self._without_year(scenes, readings)
        if aims:
            readings = [
                r for r in readings if r.fact.kind in FIGURES and r.points >= _DURATIONS.get(r.fact.kind, _PLAIN)
            ]
        if not any(scene.mentions[Sort.PEOPLE] for scene in scenes):
            readings = [r for r in readings if r.fact.kind is not Kind.GROUPING or r.points >= STRONG]
        readings = as_sub_grants(self._timeline.with_common_hour(readings, scenes), scenes)
        return resolve(settled(readings))

    def mentioned(self, text: str) -> set[str]:
        """All values of the sorts that facts are made of."""
        found = units(tidy(text, self._abbreviations), self._abbreviations)
        mentions = [m for unit in found for sort in _VALUED for m in self._scene(unit).mentions[sort]]
        return {written(end) for mention in mentions for end in (mention.low, mention.high)}

    def _readings(self, scene: Scene) -> list[Reading]:
        found = [reading for rule in self._rules for reading in rule.read(scene)]
        found = [reading for reading in found if not self._is_aside(scene, reading)]
        if not self._past.find(scene.small):
            return found
        # Amounts beside words such as `in the previous call` hold less surely, and nothing is inferred there.
        return [
            replace(r, points=max(r.points - _PAST, 0.1)) if r.fact.kind in _AMOUNTS else r
            for r in found
            if r.points > 0
        ]

    def _is_aside(self, scene: Scene, reading: Reading) -> bool:
        """Whether a reading stands in a clause about another call, or about those who only look on."""
        place = reading.fact.span[0] - scene.unit.start
        return any(
            ";" not in scene.small[min(f.end, place) : max(f.start, place)] for f in self._aside.find(scene.small)
        )

    def _of_today(self, scenes: list[Scene]) -> list[Reading]:
        """`As of today` is the day that stands at the head of a piece of news."""
        told = [scene for scene in scenes if self._today.find(scene.small)]
        days = [mention.low for scene in scenes[:_HEAD] for mention in scene.mentions[Sort.DATE]]
        if not told or not days:
            return []
        found: list[Reading] = []
        for scene in told:
            added = [Mention(Sort.DATE, f.start, f.end, days[0], days[0]) for f in self._today.find(scene.small)]
            dates = sorted([*scene.mentions[Sort.DATE], *added], key=lambda mention: mention.start)
            found += self._timeline.read(replace(scene, mentions=scene.mentions | {Sort.DATE: dates}))
        return [reading for reading in found if reading.fact.kind is Kind.OPENS and reading.fact.value == days[0]]

    def _without_year(self, scenes: list[Scene], readings: list[Reading]) -> list[Reading]:
        """Days of a call without a year take the one of their sentence, or of the nearest day of the call."""
        dated = [r.fact for r in readings if isinstance(r.fact.value, Moment)]
        found: list[Reading] = []
        for scene in scenes:
            if not self._dates.lacks_year(scene.small):
                continue
            year = self._year_of(scene, scenes, dated)
            if year:
                found += self._timeline.read(self._scene(scene.unit, year))
        return [_before_the_end(reading, dated) for reading in found if reading.points < 0]

    @staticmethod
    def _year_of(scene: Scene, scenes: list[Scene], dated: list[ProseFact]) -> int | None:
        said = {int(number.value) for number in scene.numbers if scene.small[number.start : number.end] in _YEARS}
        if len(said) == 1:
            return said.pop()
        moments = {fact.span[0]: fact.value for fact in dated if isinstance(fact.value, Moment)}
        if moments:
            return moments[min(moments, key=lambda place: abs(place - scene.unit.start))].date.year
        years = {mention.low.date.year for other in scenes[:_HEAD] for mention in other.mentions[Sort.DATE]}
        return years.pop() if len(years) == 1 else None

    def _tells_of_the_past(self, unit: Unit) -> bool:
        """Whether a sentence begins as one about an earlier call or one project; what it says is no condition."""
        return any(len(unit.small[: f.start].split()) <= _AT_THE_START for f in self._told.find(unit.small))

    def _scene(self, unit: Unit, year: int | None = None, currency: str = "") -> Scene:
        small = unit.small
        mentions: dict[Sort, list[Mention]] = {sort: [] for sort in Sort}
        mentions[Sort.DATE] = list(self._dates.find(small, year))
        taken = [(date.start, date.end) for date in mentions[Sort.DATE]]
        numbers = self._quantities.numbers(small)
        for found in self._quantities.find(small, numbers, taken, currency):
            mentions[found.sort].append(found)
        mentions[Sort.BODY] = list(self._bodies.find(small))
        mentions[Sort.PLACE] = list(self._places.find(small))
        bounds = self._bounds.find(small)
        return Scene(unit, small, mentions, numbers, bounds, self._bounds, self._pack.language)


def _before_the_end(reading: Reading, dated: list[ProseFact]) -> Reading:
    """An opening in December of a call that ends in March is one of the year before."""
    opens = reading.fact.value
    ends = [f.value.date for f in dated if f.kind is Kind.DEADLINE and isinstance(f.value, Moment)]
    if reading.fact.kind is not Kind.OPENS or not isinstance(opens, Moment) or not ends or opens.date <= max(ends):
        return reading
    if (opens.date.month, opens.date.day) == (2, 29):
        return reading
    earlier = opens.model_copy(update={"date": opens.date.replace(year=opens.date.year - 1)})
    return replace(reading, fact=replace(reading.fact, value=earlier))
