"""When a call opens and closes."""

import re
from collections.abc import Iterator

from crawler.prose.assign import Assigner
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.phrases import pattern_of
from crawler.prose.scene import Reading, Scene

_REACH = 40
_STEP = r"\W+(?:[^\W\d]+[\W]+){0,3}$"


class TimelineRule:
    """Dates near words about opening, submission and closing; other dates are left alone.

    `from` or `until` right before a date decide which end of the call it is.
    """

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.DATE, pack.date)
        self._since = _right_before(pack.since)
        self._until = _right_before(pack.until)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Opening and closing dates of a sentence."""
        for mention, choice in scene.chosen(Sort.DATE, self._assigner):
            if mention.is_range:
                yield scene.fact(Kind.OPENS, mention.low, choice, mention)
                yield scene.fact(Kind.DEADLINE, mention.high, choice, mention)
            else:
                yield scene.fact(self._end(scene.small, mention) or Kind(choice.topic), mention.low, choice, mention)

    def _end(self, small: str, mention: Mention) -> Kind | None:
        before = small[max(0, mention.start - _REACH) : mention.start]
        since, until = self._since.search(before), self._until.search(before)
        if since and until:
            return Kind.OPENS if since.start() > until.start() else Kind.DEADLINE
        return Kind.OPENS if since else Kind.DEADLINE if until else None


def _right_before(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(pattern_of, phrases))}){_STEP}")
