"""Whether a number is the least or the most: `at least`, `not more than`, `maximum`, before it or after it."""

import re
from collections.abc import Sequence
from enum import StrEnum

from crawler.prose.mentions import Mention
from crawler.prose.pack import Pack
from crawler.prose.phrases import Found, Phrasebook

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[;.:]\s")
_CLAUSE = re.compile(r"[;:!?]\s")
_DIGIT = re.compile(r"\d")
_AFTER = 4
_RIGHT_BEFORE = 2
_IS = re.compile(r"(?:\s[^\W\d]+){2,3}\s")
_LAST, _APPENDED = re.compile(r"\s*(?:[.;)]|$)"), re.compile(r"(?:\s[^\W\d]+)?,\s")
_BESIDE = re.compile(r"\s?\(?")


class Bound(StrEnum):
    """Which end of a scale a number is."""

    MIN = "min"
    MAX = "max"
    OVER = "over"
    UNDER = "under"
    SINCE = "since"
    """Behind a word such as `from`, which other words may need too: `a budget of` is `budget from` in Bulgarian."""

    @property
    def is_low(self) -> bool:
        """It is the least, with or without itself."""
        return self in (Bound.MIN, Bound.OVER, Bound.SINCE)


_TURNED = {Bound.UNDER: Bound.MIN, Bound.OVER: Bound.MAX}
Reach = tuple[Bound, int, bool]
"""A bound, how many words may stand between it and its number, and whether it may stand behind it as well."""
_NEAR, _FAR = 3, 10


class BoundReader:
    """Finds the bounds of numbers in one language."""

    def __init__(self, pack: Pack) -> None:
        words = pack.bounds
        phrases: dict[Reach, tuple[str, ...]] = {
            (Bound.MIN, _FAR, True): words.lowest,
            (Bound.MAX, _FAR, True): words.highest,
            (Bound.MIN, _NEAR, True): words.min,
            (Bound.SINCE, _NEAR, False): words.since,
            (Bound.MAX, _NEAR, True): words.max,
            (Bound.OVER, _NEAR, True): words.over,
            (Bound.UNDER, _NEAR, True): words.under,
        }
        self._book: Phrasebook[Reach] = Phrasebook(phrases, digits=False)
        self._around: Phrasebook[Reach] = Phrasebook(
            {reach: [p for p in texts if ".." in p] for reach, texts in phrases.items()}
        )
        self._never: Phrasebook[bool] = Phrasebook(
            {True: [p for p in words.never if p not in words.refused], False: words.refused}
        )
        self._and = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, pack.joins.list))})(?!\w)")

    def find(self, small: str) -> list[Found[Reach]]:
        """All bounds of a text of small letters; one around a number (`from .. upwards`) hides none inside it."""
        around = [found for found in self._around.find(small) if _DIGIT.search(small, found.start, found.end)]
        plain = [found for found in self._book.find(small) if "," not in small[found.start : found.end]]
        return [*plain, *around]

    def near(self, mention: Mention, others: Sequence[Mention], found: list[Found[Reach]], small: str) -> Bound | None:
        """The bound of a mention: the nearest before it, else one right behind it; `none below 500` is at least 500."""
        bound, place = self._nearest(mention, others, found, small)
        if bound in _TURNED and self._denied(mention, place, small):
            return _TURNED[bound]
        return bound

    def is_ceiling(self, mention: Mention, found: list[Found[Reach]], small: str) -> bool:
        """Whether a word such as `maximum` alone stands before a range: both ends are ceilings then."""
        before = [f for f in found if f.end <= mention.start]
        if not before or any(f.label[0].is_low for f in before):
            return False
        last = before[-1]
        return last.label[:2] == (Bound.MAX, _FAR) and self._reaches(last.label, small[last.end : mention.start])

    def _denied(self, mention: Mention, place: tuple[int, int], small: str) -> bool:
        """Whether a clause says that a number is not passed: `nobody .. less than`, `below .. is refused`."""
        start = max((m.end() for m in _CLAUSE.finditer(small, 0, mention.start)), default=0)
        after = _CLAUSE.search(small, mention.end)
        clause = small[start : after.start() if after else len(small)]
        first = min(place[0], mention.start) - start
        last = mention.end - start
        return any(
            f.end <= first or not f.label or (f.start >= last and self._right_behind(clause[last : f.start]))
            for f in self._never.find(clause)
        )

    def _right_behind(self, between: str) -> bool:
        """`more than 4 million gets no region`: few words and no `and` before the denial."""
        return len(_WORD.findall(between)) <= _RIGHT_BEFORE and self._and.search(between) is None

    def _nearest(
        self, mention: Mention, others: Sequence[Mention], found: list[Found[Reach]], small: str
    ) -> tuple[Bound | None, tuple[int, int]]:
        for bound in reversed(
            [f for f in found if f.end <= mention.start or f.start < mention.start < f.end < mention.end]
        ):
            between = small[bound.end : mention.start]
            free = not any(bound.end <= m.start and m.end <= mention.start for m in others)
            own = (
                self._and.match(bound.phrase) is not None
                or not any(
                    _BESIDE.fullmatch(small[m.end : bound.start])  # `24 months (minimum) to 36`
                    or (
                        "," in between and _IS.fullmatch(small[m.end : bound.start])
                    )  # `6 months is the shortest, 18 ..`
                    for m in others
                    if m.end <= bound.start
                )
            )
            if free and own and self._reaches(bound.label, between):
                return bound.label[0], (bound.start, bound.end)
        for bound in found:
            if bound.start < mention.start and mention.end < bound.end:
                return bound.label[0], (bound.start, bound.end)
        for bound in (f for f in found if f.start >= mention.end and f.label[2]):
            between = small[mention.end : bound.start]
            if between.strip() and any(0 <= m.start - bound.end <= _RIGHT_BEFORE for m in others):
                continue  # `a year and at most three years`
            last = _LAST.match(small, bound.end) and _APPENDED.fullmatch(between)  # `a year, minimum.`
            if len(_WORD.findall(between)) <= _AFTER and (last or not re.search(r"[;.:,]\s", between)):
                return bound.label[0], (bound.start, bound.end)
        return None, (0, 0)

    def _reaches(self, reach: Reach, between: str) -> bool:
        _, words, _ = reach
        if len(_WORD.findall(between)) > words:
            return False
        rest = between.removeprefix(".")  # `min. 24 months`
        return words == _FAR or not (_BREAK.search(rest) or self._and.search(rest))
