"""The share of the costs that is paid."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from crawler.prose.assign import Assigner
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Sort
from crawler.prose.pack import Pack
from crawler.prose.scene import Reading, Scene

_FROM_OWN_SHARE = 5.0
_ENOUGH = 9.5
_ALL, _LOWEST = Decimal(100), 25
"""A share below the lowest is that of those who carry out a project, whatever stands beside it."""


class ShareRule:
    """Percentages near words about co-financing; an own share of 20 is a rate of 80, where no rate is said."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.SHARE, pack.share)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Rates of a sentence."""
        whole = {m.low for m in scene.mentions[Sort.SHARE]} | {m.high for m in scene.mentions[Sort.SHARE]}
        for mention, choice in scene.chosen(Sort.SHARE, self._assigner):
            if mention.in_words and choice.points < _ENOUGH:
                continue  # `half` and `a third` are said of many things
            if (choice.topic == "rate" or mention.low == _ALL) and mention.high >= _LOWEST:
                yield scene.fact(Kind.RATE, mention.high, choice, mention)
            elif mention.low < _ALL:
                rest = _ALL - mention.low
                value = mention.low if rest in whole and rest < mention.low else rest  # `they add 10, the other 90 %`
                found = scene.fact(Kind.RATE, value, replace(choice, phrase=f"own_share {choice.phrase}"), mention)
                yield replace(found, points=found.points - _FROM_OWN_SHARE)
