"""The share of the costs that is paid."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from crawler.prose.assign import OTHER, Assigner, Choice
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.scene import GUESSED, Reading, Scene

_FROM_OWN_SHARE = 5.0
_ENOUGH, _SURELY, _NEAR = 9.5, 16.0, 35
_ALL, _LOWEST, _PARTS = Decimal(100), 25, 2
"""A share below the lowest is that of those who carry out a project, whatever stands beside it."""


class ShareRule:
    """Percentages near words about co-financing; an own share of 20 is a rate of 80, where no rate is said."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.SHARE, pack.share)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Rates of a sentence."""
        whole = {m.low for m in scene.mentions[Sort.SHARE]} | {m.high for m in scene.mentions[Sort.SHARE]}
        yield from self._in_two_parts(scene)
        rated = scene.rated(Sort.SHARE, self._assigner)
        no_rates = {m.low for m, choice in rated if choice and choice.topic == OTHER and choice.points > _SURELY}
        for mention, choice in _carried_on(rated, scene.small):
            if choice is None or choice.topic == OTHER or _ALL - mention.low in no_rates:
                continue  # `65 % in advance, the other 35 % later`
            if mention.in_words and choice.points < _ENOUGH:
                continue  # `half` and `a third` are said of many things
            if (choice.topic == "rate" or mention.low == _ALL) and mention.high >= _LOWEST:
                yield scene.fact(Kind.RATE, mention.high, choice, mention)
            elif mention.low < _ALL:
                rest = _ALL - mention.low
                value = mention.low if rest in whole and rest < mention.low else rest  # `they add 10, the other 90 %`
                found = scene.fact(Kind.RATE, value, replace(choice, phrase=f"own_share {choice.phrase}"), mention)
                yield replace(found, points=found.points - _FROM_OWN_SHARE)

    def _in_two_parts(self, scene: Scene) -> Iterator[Reading]:
        """`30 % are theirs and 70 % ours`: of two parts of a whole that nothing explains the larger one is paid."""
        rated = scene.rated(Sort.SHARE, self._assigner)
        if len(rated) == _PARTS and all(choice is None and not mention.is_range for mention, choice in rated):
            small, large = sorted((mention for mention, _ in rated), key=lambda mention: mention.low)
            if small.low + large.low == _ALL and small.low < large.low:
                yield scene.fact(Kind.RATE, large.low, Choice("rate", "two parts", -GUESSED), large)


def _carried_on(rated: list[tuple[Mention, Choice | None]], small: str) -> Iterator[tuple[Mention, Choice | None]]:
    """Shares with their choice; one right behind a rate that nothing is near is another rate: `70 % (cities: 80 %)`."""
    last: tuple[Mention, Choice | None] | None = None
    for mention, choice in rated:
        found = choice
        if choice is None and last and last[1] and last[1].topic == "rate" and not mention.in_words:
            near = len(small[last[0].end : mention.start]) <= _NEAR
            found = replace(last[1], points=last[1].points - 1) if near else None
        last = (mention, found)
        yield mention, found
