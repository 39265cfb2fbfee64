"""Text in, facts out: sentences, mentions, what each belongs to, and one decision for the whole text."""

from functools import cache

from corpus.vocab import Language
from crawler.prose import lexicon
from crawler.prose.bounds import BoundReader
from crawler.prose.dates import DateReader
from crawler.prose.kinds import ProseFact
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import LANGUAGES, Pack, load_pack
from crawler.prose.quantities import QuantityReader
from crawler.prose.resolve import resolve
from crawler.prose.rules.amounts import AmountRule
from crawler.prose.rules.bodies import BodyRule
from crawler.prose.rules.durations import DurationRule
from crawler.prose.rules.partners import PartnerRule
from crawler.prose.rules.places import PlaceRule
from crawler.prose.rules.population import PopulationRule
from crawler.prose.rules.shares import ShareRule
from crawler.prose.rules.statements import StatementRule
from crawler.prose.rules.timeline import TimelineRule
from crawler.prose.scene import Scene
from crawler.prose.sentences import Unit, tidy, units

_RULES = (TimelineRule, AmountRule, ShareRule, DurationRule, PopulationRule, PartnerRule, BodyRule, PlaceRule)


def read(text: str, language: Language) -> list[ProseFact]:
    """Facts that a text says, each with its sentence and the rule that read it; what is not plain is left out.

    A text in a language that is not among `LANGUAGES` says nothing to this reader.
    """
    return _reader(language).read(text) if language in LANGUAGES else []


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
        self._rules = (*(rule(pack) for rule in _RULES), *StatementRule.all(pack))
        self._abbreviations = frozenset(pack.abbreviations)

    def read(self, text: str) -> list[ProseFact]:
        scenes = [self._scene(unit) for unit in units(tidy(text), self._abbreviations)]
        return resolve(reading for scene in scenes for rule in self._rules for reading in rule.read(scene))

    def _scene(self, unit: Unit) -> Scene:
        small = unit.small
        mentions: dict[Sort, list[Mention]] = {sort: [] for sort in Sort}
        mentions[Sort.DATE] = list(self._dates.find(small))
        taken = [(date.start, date.end) for date in mentions[Sort.DATE]]
        for found in self._quantities.find(small, taken):
            mentions[found.sort].append(found)
        mentions[Sort.BODY] = list(self._bodies.find(small))
        mentions[Sort.PLACE] = list(self._places.find(small))
        bounds = self._bounds.find(small)
        return Scene(unit, small, mentions, self._quantities.counts(small), bounds, self._bounds, self._pack.language)
