"""When a call opens and closes."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.parts import Moment
from crawler.prose.assign import OTHER, STRONG, SURE, Assigner, Choice
from crawler.prose.dates import DateReader
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.phrases import Phrasebook
from crawler.prose.scene import GUESSED, Reading, Scene

_REACH, _OPENS, _RIGHT, _BOTH = 60, 3, 2, 2
_UNEXPLAINED = Choice("deadline", "day alone", -2 * GUESSED)
"""A day that nothing is near may be the last one of a call, where nothing else of the text can be."""
_BY_HOUR, _SAID = 4.0, 1.0
_TOPICS = {"opens": Kind.OPENS, "deadline": Kind.DEADLINE}
_STEP = re.compile(r"\W+(?:[^\W\d]+\W+){0,3}")


class TimelineRule:
    """Dates near words about opening, submission and closing; other dates are left alone.

    `from` or `until` right before a date decide which end of the call it is.
    """

    def __init__(self, pack: Pack, dates: DateReader) -> None:
        self._dates = dates
        self._assigner = Assigner(Sort.DATE, pack.date, yields={"submission": ("deadline", _SAID)})
        self._after: Phrasebook[str] = Phrasebook({"after": pack.after})
        self._refused: Phrasebook[str] = Phrasebook({"refused": pack.bounds.refused})
        self._ends: Phrasebook[Kind] = Phrasebook({Kind.OPENS: pack.since, Kind.DEADLINE: pack.until})

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Opening and closing dates of a sentence; of two days that both seem to open a call the later one ends it."""
        found = list(self._found(scene))
        opens = sorted({str(r.fact.value) for r in found if r.fact.kind is Kind.OPENS and r.points > 0})
        closes = any(r.fact.kind is Kind.DEADLINE and r.points > 0 for r in found)
        for reading in found:
            if len(opens) == _BOTH and not closes and str(reading.fact.value) == opens[1]:
                closing = replace(reading.fact, kind=Kind.DEADLINE)
                yield replace(reading, fact=closing, points=reading.points - GUESSED)
            else:
                yield reading

    def _found(self, scene: Scene) -> Iterator[Reading]:
        for mention, found in scene.rated(Sort.DATE, self._assigner):
            late = None if found and found.topic == OTHER else self._too_late(scene.small, mention)
            chosen = late or found or self._by_hour(scene, mention) or _by_span(mention) or self._by_end(scene, mention)
            if chosen is None:
                yield scene.fact(Kind.DEADLINE, mention.low, _UNEXPLAINED, mention)
                continue
            if chosen.topic == OTHER:
                continue
            # A day whose year is not said counts only where no other date does.
            choice = replace(chosen, points=chosen.points - GUESSED) if mention.guessed else chosen
            if mention.is_range:
                yield scene.fact(Kind.OPENS, mention.low, choice, mention)
                yield scene.fact(Kind.DEADLINE, mention.high, choice, mention)
                continue
            kind = (
                (Kind.DEADLINE if late else None)
                or self._end(scene, mention)
                or self._behind(scene.small, mention)
                or _TOPICS.get(choice.topic)
                or self._told(scene.small, mention)
            )
            if kind:
                yield scene.fact(kind, mention.low, choice, mention)

    def _by_hour(self, scene: Scene, mention: Mention) -> Choice | None:
        """`until 15 June, 14:00` closes a call although no other word says so: nothing else ends by the hour."""
        ends = mention.is_range or self._end(scene, mention) is Kind.DEADLINE
        return Choice("deadline", "until an hour", _BY_HOUR) if ends and mention.high.time else None

    def _too_late(self, small: str, mention: Mention) -> Choice | None:
        """What comes in `after` a day is `refused`: the day is the last one."""
        before = small[max(0, mention.start - _REACH) : mention.start]
        late = any(_STEP.fullmatch(before, found.end) for found in self._after.find(before))
        return Choice("deadline", "after .. refused", STRONG) if late and self._refused.find(small) else None

    def _by_end(self, scene: Scene, mention: Mention) -> Choice | None:
        """`until 26 August 2026` alone may be the end of a call, where no sentence says more plainly when it closes."""
        end = self._end(scene, mention)
        return Choice(str(end), "from or until alone", -GUESSED) if end else None

    @staticmethod
    def _told(small: str, mention: Mention) -> Kind | None:
        """A day near a word for submission alone is the last one where it has an hour or stands behind a colon."""
        behind_colon = small[: mention.start].rstrip().endswith((":", "|"))
        return Kind.DEADLINE if mention.low.time or behind_colon else None

    def with_common_hour(self, readings: list[Reading], scenes: list[Scene]) -> list[Reading]:
        """Give closing dates without an hour the one of a sentence about them: `both deadlines end at 17:00`."""
        hours = {hour for scene in scenes if not scene.mentions[Sort.DATE] for hour in self._closing_hours(scene)}
        if len(hours) != 1:
            return readings
        hour = hours.pop()
        return [_at(reading, hour) if reading.fact.kind is Kind.DEADLINE else reading for reading in readings]

    def _closing_hours(self, scene: Scene) -> list[dt.time]:
        topics = {cue.label[0] for cue in self._assigner.cues(scene.small) if cue.label[1] >= STRONG}
        return self._dates.hours(scene.small) if topics and topics <= {"deadline", "submission"} else []

    def _end(self, scene: Scene, mention: Mention) -> Kind | None:
        """Which end a word right before a date makes it; behind a heading alone the words of the heading count."""
        before = scene.small[max(0, mention.start - _REACH) : mention.start]
        if len(before) <= _OPENS and scene.unit.headings:
            before = f"{scene.unit.headings[-1].small.rstrip('?:. ')} {before}"
        near = [found for found in self._ends.find(before) if _STEP.fullmatch(before, found.end)]
        return max(near, key=lambda found: found.end).label if near else None

    def _behind(self, small: str, mention: Mention) -> Kind | None:
        """`the call of 10 May, opened, ends ..`: a word for opening right behind a day."""
        cues = self._assigner.cues(small)
        right = (c for c in cues if 0 <= c.start - mention.end <= _RIGHT and c.label == ("opens", SURE))
        return Kind.OPENS if any(right) else None


def _by_span(mention: Mention) -> Choice | None:
    """`1 March to 15 June 2026` may be the time of a call, where no sentence says more plainly when it is open."""
    return Choice("submission", "range alone", -GUESSED) if mention.is_range else None


def _at(reading: Reading, hour: dt.time) -> Reading:
    moment = reading.fact.value
    if not isinstance(moment, Moment) or moment.time:
        return reading
    return replace(reading, fact=replace(reading.fact, value=moment.model_copy(update={"time": hour})))
