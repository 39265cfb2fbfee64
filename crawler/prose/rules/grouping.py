"""Whether several authorities may add up their inhabitants to reach a threshold."""

from collections.abc import Iterator
from dataclasses import replace

from crawler.prose.assign import GOOD, STRONG
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Sort
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
        self._size: Phrasebook[str] = Phrasebook({"size": words.about})

    def read(self, scene: Scene) -> Iterator[Reading]:
        """What a sentence says; a refusal anywhere in it counts for all of it. Without a size it is less sure."""
        above = [heading.small for heading in scene.unit.headings[-1:]]
        sized = any(self._size.find(small) for small in (scene.small, *above)) or _of_a_town(scene)
        stated = list(self._stated.read(scene)) or (list(self._stated.done(scene)) if sized else [])
        yield from (replace(reading, points=STRONG if sized else GOOD) for reading in stated)


def _of_a_town(scene: Scene) -> bool:
    return any(mention.low and mention.low >= _FEWEST for mention in scene.mentions[Sort.PEOPLE])
