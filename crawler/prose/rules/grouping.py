"""Whether several authorities may add up their inhabitants to reach a threshold."""

from collections.abc import Iterator

from crawler.prose.assign import STRONG, Choice
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.phrases import Phrasebook
from crawler.prose.rules.statements import StatementRule
from crawler.prose.scene import Reading, Scene

_FEWEST = 1000
"""A number of people as of a town; fewer are guests of an event."""


class GroupingRule:
    """Phrases that say it, else a word for joining and one for a size in the same sentence."""

    def __init__(self, pack: Pack) -> None:
        words = pack.grouping
        self._stated = StatementRule(Kind.GROUPING, words)
        self._joining: Phrasebook[str] = Phrasebook({"joining": words.joining})
        self._size: Phrasebook[str] = Phrasebook({"size": words.size})
        self._refused: Phrasebook[str] = Phrasebook({"refused": words.refused})

    def read(self, scene: Scene) -> Iterator[Reading]:
        """What a sentence says; a refusal anywhere in it counts for all of it."""
        stated = list(self._stated.read(scene))
        if stated:
            yield from stated
            return
        joining = self._joining.find(scene.small)
        if joining and (self._size.find(scene.small) or _of_a_town(scene)):
            said = joining[0]
            place = Mention(Sort.BODY, said.start, said.end, said.phrase, said.phrase)
            allowed = not self._refused.find(scene.small)
            yield scene.fact(Kind.GROUPING, allowed, Choice(Kind.GROUPING, said.phrase, STRONG), place)


def _of_a_town(scene: Scene) -> bool:
    return any(mention.low and mention.low >= _FEWEST for mention in scene.mentions[Sort.PEOPLE])
