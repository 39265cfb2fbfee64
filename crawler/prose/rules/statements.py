"""What a text says or denies in so many words: passing money on, grouping of authorities."""

import re
from collections.abc import Iterator

from crawler.prose.assign import STRONG, Choice
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack, Paired
from crawler.prose.phrases import Found, Phrasebook
from crawler.prose.scene import Reading, Scene

_BESIDE, _REACH = 12, 60
_PARTED = re.compile(r",\s(?!by|aby|żeby|że|that|dass|que|qu'|che|dat|om|да|kad)")
"""A comma that parts what is denied from what is not: `who does not reach it, may join others`."""
_CLAUSE = re.compile(r"[;:,.]\s")


class StatementRule:
    """One statement: phrases that affirm it, phrases that deny it, words that say it together."""

    def __init__(self, kind: Kind, words: Paired, negation: tuple[str, ...] = ()) -> None:
        self._kind = kind
        self._said: Phrasebook[bool] = Phrasebook({True: words.said})
        self._denied: Phrasebook[bool] = Phrasebook({False: words.denied})
        self._neither: Phrasebook[bool] = Phrasebook({False: words.neither})
        self._doing: Phrasebook[bool] = Phrasebook({True: words.doing})
        self._about: Phrasebook[bool] = Phrasebook({True: words.about})
        never = "|".join(negation) or "(?!)"
        self._negated = re.compile(rf"(?<!\w)(?:{never})(?!\w)(?:\W+[^\W\d]+){{0,5}}\W+$")
        self._refused: Phrasebook[bool] = Phrasebook({True: words.refused})

    def read(self, scene: Scene) -> Iterator[Reading]:
        """What a sentence says; a denial anywhere in it counts for all of it."""
        denied = [f for f in self._denied.find(scene.small) if not _PARTED.search(scene.small, f.start, f.end)]
        found = denied or self._said.find(scene.small)
        if not found or self._neither.find(scene.small):
            return
        refused = any(refusal.start >= found[0].end for refusal in self._refused.find(scene.small))
        refused = refused or self._is_negated(scene.small, found[0])
        yield self._reading(scene, found[0], said=found[0].label and not refused)

    def _is_negated(self, small: str, found: Found[bool]) -> bool:
        """`nothing may be handed on`: a negation a few words before, in the same clause."""
        before = small[max(0, found.start - _REACH) : found.start]
        return self._negated.search(_CLAUSE.split(before)[-1]) is not None

    def done(self, scene: Scene) -> Iterator[Reading]:
        """A sentence with a word for the deed, perhaps refused."""
        found = self._doing.find(scene.small)
        if found and not self._neither.find(scene.small):
            refused = self._is_refused(scene, found) or self._is_negated(scene.small, found[0])
            yield self._reading(scene, found[0], said=not refused)

    def _is_refused(self, scene: Scene, found: list[Found[bool]]) -> bool:
        """Whether a refusal stands behind the deed or right before it: `who cannot reach it may join others`."""
        return any(
            refusal.start >= deed.start or deed.start - refusal.end <= _BESIDE
            for refusal in self._refused.find(scene.small)
            for deed in found[:1]
        )

    def paired(self, scene: Scene) -> Iterator[Reading]:
        """What a sentence says, also by a word for the deed and one for what it is done to."""
        stated = list(self.read(scene))
        yield from stated or (self.done(scene) if self._about.find(scene.small) else ())

    def _reading(self, scene: Scene, found: Found[bool], *, said: bool) -> Reading:
        place = Mention(Sort.BODY, found.start, found.end, found.phrase, found.phrase)
        return scene.fact(self._kind, said, Choice(self._kind, found.phrase, STRONG), place)


class RegrantingRule:
    """Whether money is passed on to third parties."""

    def __init__(self, pack: Pack) -> None:
        self._stated = StatementRule(Kind.REGRANTING, pack.regranting, pack.negation)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """What a sentence says of it."""
        return self._stated.paired(scene)
