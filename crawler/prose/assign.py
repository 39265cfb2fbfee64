"""Which matter a mention belongs to: the nearest phrase that points at one, in the same sentence or a heading.

Every phrase starts with points for how surely it points. Words, commas, semicolons and other mentions between
it and the mention cost points. Phrases for what is no fact (`other`) take part, so a near `information day`
beats a far `deadline`.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Cues
from crawler.prose.phrases import Found, Phrasebook
from crawler.prose.sentences import Unit

OTHER = "other"
"""The matter of phrases that point at no fact of a call."""
OF = "of"
"""The same, for phrases that count only right behind a mention: `10 % of the population`."""
APPLICANT, LEAD = "applicant", "lead"
"""The matters of names of bodies."""
VETO, SURE, STRONG, GOOD, WEAK = 22.0, 16.0, 12.0, 8.0, 5.0
_HEADING = 3.0
_NOWHERE = (0, 0)
_ENOUGH = 1.0
_WORD = re.compile(r"\w+")
_COMMA = re.compile(r"[,()](?=\s|$)|(?<=\s)\(")
_STOP = re.compile(r"[;\u2013\u2014](?=\s)|:(?=\s)")
_CHAIN_WORDS, _CLAIM, _OF = 4, 3, 1
Topic = tuple[str, float]
Yields = dict[str, tuple[str, float]]
"""A matter, the one that it gives way to, and the points that this one needs for it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What a distance costs for one sort of mention."""

    word: float = 0.4
    comma: float = 1.5
    stop: float = 4.0
    stop_after: float = 2.0
    after: float = 1.5
    crossing: float = 4.0
    passing: float = 0.0  # over a phrase that points at something else
    governs: float = 0.0  # a word, for `other` phrases that count only right before a mention; 0: they count as all
    bracket: float = 0.0  # between inside and outside of a bracket
    clause: float = 0.0  # for an `other` phrase in another part of the sentence, behind a semicolon
    beyond: float = 0.0  # for an `other` phrase on the far side of another mention
    taken_veto: float = 8.0  # the same for one that counts against all others
    taken: float = 0.0  # for an `other` phrase that stands right before another mention
    second: float = 0.25  # part of the points that a second phrase for the same matter adds


MANNERS = {
    Sort.DATE: Manner(comma=1.0, after=2.0, bracket=4.0, taken=8.0),
    Sort.MONEY: Manner(after=1.0, beyond=8.0),
    Sort.SHARE: Manner(after=1.0),
    Sort.MONTHS: Manner(),
    Sort.PEOPLE: Manner(),
    Sort.BODY: Manner(
        word=0.12, comma=0.0, stop=0.3, stop_after=20.0, after=1.0, crossing=0.0, passing=5.0, governs=1.2
    ),
    Sort.PLACE: Manner(word=0.2, comma=0.0, stop=1.0, stop_after=4.0, after=1.5, crossing=0.0, governs=1.0, clause=9.0),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The matter that won, and the phrase that decided."""

    topic: str
    phrase: str
    points: float
    place: tuple[int, int] = (0, 0)
    """Where the phrase stands in the sentence; nowhere, where a heading has it."""


class Assigner:
    """Gives the mentions of one sort their matter."""

    def __init__(self, sort: Sort, cues: Cues, yields: Yields | None = None) -> None:
        self._manner = MANNERS[sort]
        self._yields = yields or {}  # what gives way to something else that is said as well
        self._book: Phrasebook[Topic] = Phrasebook(
            {
                (topic, points): phrases
                for topic, weighted in cues.items()
                for points, phrases in (
                    (VETO, weighted.veto),
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
        found = [self._rated(cue, cues, mention, all_mentions, small) for cue in cues]
        contradicted = any(cue.label[0] == OTHER and cue.label[1] >= STRONG for cue in cues)
        lost = _HEADING * (3 if contradicted else 1)  # the sentence speaks of something else
        found += [
            Choice(cue.label[0], cue.phrase, min(cue.label[1], STRONG) - lost - 2 * depth)
            for depth, heading in enumerate(reversed(unit.headings))
            for cue in self._book.find(heading.small)
            if cue.label[0] != OF
        ]
        return self._best(found)

    def _best(self, found: list[Choice]) -> Choice | None:
        """The matter with the most points; a second phrase for the same one adds a part of its own."""
        by_topic: dict[str, list[Choice]] = defaultdict(list)
        for choice in sorted(found, key=lambda choice: -choice.points):
            by_topic[choice.topic].append(choice)
        summed = {topic: _summed(choices, self._manner.second) for topic, choices in by_topic.items()}
        best = max(summed.values(), key=lambda choice: choice.points, default=None)
        if best is None or best.points < _ENOUGH:
            return None
        stronger, enough = self._yields.get(best.topic, ("", 0.0))
        instead = by_topic.get(stronger)
        if not instead:
            return best
        headed, said = best.place == _NOWHERE, instead[0].place != _NOWHERE
        least = WEAK if headed and said else enough  # what the sentence says counts more than what stands above it
        return instead[0] if instead[0].points >= least and (said or headed) else best

    def _rated(
        self, cue: Found[Topic], cues: list[Found[Topic]], mention: Mention, mentions: Sequence[Mention], small: str
    ) -> Choice:
        topic, points = cue.label
        if cue.start < mention.end and mention.start < cue.end:
            return Choice(topic, cue.phrase, points, (cue.start, cue.end))
        before = cue.end <= mention.start
        start, end = (cue.end, mention.start) if before else (mention.end, cue.start)
        if topic == OF:
            near = not before and len(_WORD.findall(small, start, end)) <= _OF
            return Choice(OTHER, cue.phrase, points if near else 0.0)
        if self._governs(cue):
            cost = self._manner.governs * len(_WORD.findall(small, start, end)) + (0 if before else STRONG)
            return Choice(topic, cue.phrase, points - cost)
        cost = self._distance(small[start:end], before=before)
        crossed = _crossed(start, end, mention, mentions, small)
        cost += self._manner.crossing * crossed + self._manner.beyond * (topic == OTHER and crossed > 0)
        passed = (c for c in cues if start <= c.start and c.end <= end and not self._governs(c))
        cost += self._manner.passing * any(c.label[0] != topic for c in passed)
        if not before and _claimed(cue, mentions, small):
            cost += self._manner.crossing
        cost += self._manner.clause * (topic == OTHER and ";" in small[start:end])
        if topic == OTHER and _taken(cue, mention, mentions, small):
            cost += self._manner.taken if points < VETO else self._manner.taken_veto
        if self._manner.bracket and _leaves_bracket(small[start:end]):
            cost += self._manner.bracket
        return Choice(topic, cue.phrase, points - cost, (cue.start, cue.end))

    def _governs(self, cue: Found[Topic]) -> bool:
        topic, points = cue.label
        return bool(self._manner.governs) and topic == OTHER and points < SURE

    def _distance(self, between: str, *, before: bool) -> float:
        manner = self._manner
        cost = manner.word * len(_WORD.findall(between)) + manner.comma * len(_COMMA.findall(between))
        cost += (manner.stop if before else manner.stop_after) * len(_STOP.findall(between))
        return cost if before else cost + manner.after


def _summed(choices: list[Choice], part: float) -> Choice:
    first = choices[0]
    second = max(choices[1].points, 0.0) if len(choices) > 1 else 0.0
    return replace(first, points=first.points + part * second)


def _claimed(cue: Found[Topic], mentions: Sequence[Mention], small: str) -> bool:
    """Whether the phrase stands right before another mention and so belongs to that one."""
    after = next((m for m in mentions if m.start >= cue.end), None)
    between = small[cue.end : after.start] if after else ""
    return after is not None and len(_WORD.findall(between)) <= _CLAIM and not _COMMA.search(between)


def _taken(cue: Found[Topic], mention: Mention, mentions: Sequence[Mention], small: str) -> bool:
    """Whether a phrase stands right before another mention: `instead of 3 May` says nothing of the days around."""
    after = next((m for m in mentions if m.start >= cue.end), None)
    if after is None or after is mention:
        return False
    between = small[cue.end : after.start]
    return len(_WORD.findall(between)) <= _CLAIM and not _COMMA.search(between) and not _STOP.search(between)


def _leaves_bracket(between: str) -> bool:
    return between.count("(") != between.count(")")


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
