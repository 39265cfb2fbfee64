"""Which matter a mention belongs to: the nearest phrase that points at one, in the same sentence or a heading.

Every phrase starts with points for how surely it points. Words, commas, semicolons and other mentions between
it and the mention cost points. Phrases for what is no fact (`other`) take part, so a near `information day`
beats a far `deadline`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Cues
from crawler.prose.phrases import Found, Phrasebook
from crawler.prose.sentences import Unit

OTHER = "other"
"""The matter of phrases that point at no fact of a call."""
SURE, STRONG, GOOD, WEAK = 20.0, 12.0, 8.0, 5.0
_HEADING = 3.0
_ENOUGH = 1.0
_WORD = re.compile(r"\w+")
_COMMA = re.compile(r"[,()](?=\s|$)|(?<=\s)\(")
_STOP = re.compile(r"[;\u2013\u2014](?=\s)|:(?=\s)")
_CHAIN_WORDS = 4
Topic = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Manner:
    """What a distance costs for one sort of mention."""

    word: float = 0.4
    comma: float = 1.5
    stop: float = 4.0
    after: float = 1.5
    crossing: float = 4.0


MANNERS = {
    Sort.DATE: Manner(comma=1.0, after=2.0),
    Sort.MONEY: Manner(after=1.0),
    Sort.SHARE: Manner(after=1.0),
    Sort.MONTHS: Manner(),
    Sort.PEOPLE: Manner(),
    Sort.BODY: Manner(word=0.12, comma=0.0, stop=0.5, after=1.0, crossing=0.0),
    Sort.PLACE: Manner(word=0.2, comma=0.0, stop=1.0, after=1.5, crossing=0.0),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The matter that won, and the phrase that decided."""

    topic: str
    phrase: str
    points: float


class Assigner:
    """Gives the mentions of one sort their matter."""

    def __init__(self, sort: Sort, cues: Cues) -> None:
        self._manner = MANNERS[sort]
        self._book: Phrasebook[Topic] = Phrasebook(
            {
                (topic, points): phrases
                for topic, weighted in cues.items()
                for points, phrases in (
                    (SURE, weighted.sure),
                    (STRONG, weighted.strong),
                    (GOOD, weighted.good),
                    (WEAK, weighted.weak),
                )
            }
        )

    def cues(self, small: str) -> list[Found[Topic]]:
        """All phrases of a text of small letters."""
        return self._book.find(small)

    def choose(
        self, mention: Mention, all_mentions: Sequence[Mention], unit: Unit, cues: list[Found[Topic]]
    ) -> Choice | None:
        """The matter of a mention; None: nothing near enough points at any."""
        small = unit.small
        found = [self._rated(cue, mention, all_mentions, small) for cue in cues]
        found += [
            Choice(cue.label[0], cue.phrase, cue.label[1] - _HEADING - 2 * depth)
            for depth, heading in enumerate(reversed(unit.headings))
            for cue in self._book.find(heading.small)
        ]
        best = max(found, key=lambda choice: choice.points, default=None)
        return best if best and best.points >= _ENOUGH else None

    def _rated(self, cue: Found[Topic], mention: Mention, mentions: Sequence[Mention], small: str) -> Choice:
        topic, points = cue.label
        manner = self._manner
        if cue.start < mention.end and mention.start < cue.end:
            return Choice(topic, cue.phrase, points)
        before = cue.end <= mention.start
        start, end = (cue.end, mention.start) if before else (mention.end, cue.start)
        between = small[start:end]
        cost = manner.word * len(_WORD.findall(between)) + manner.comma * len(_COMMA.findall(between))
        cost += manner.stop * len(_STOP.findall(between)) * (1 if before else 0.5)
        cost += manner.crossing * _crossed(start, end, mention, mentions, small) + (0 if before else manner.after)
        return Choice(topic, cue.phrase, points - cost)


def _crossed(start: int, end: int, mention: Mention, mentions: Sequence[Mention], small: str) -> int:
    """How many other mentions stand between, not counting those that form one list with the mention."""
    between = [m for m in mentions if start <= m.start and m.end <= end]
    if mention.start >= end:  # the phrase stands before: walk back from the mention
        between.reverse()
    here = mention
    while between:
        first, second = sorted((here, between[0]), key=lambda m: m.start)
        if not chained(small[first.end : second.start]):
            break
        here = between.pop(0)
    return len(between)


def chained(between: str) -> bool:
    """Whether two mentions with this text between them are entries of one list."""
    return len(_WORD.findall(between)) <= _CHAIN_WORDS and not re.search(r"[;.:]\s", between)
