"""Who may apply, and who must lead."""

import re
from collections.abc import Iterator

from crawler.prose.assign import APPLICANT, LEAD, Assigner
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.rules.chains import chains
from crawler.prose.scene import Reading, Scene

_LIST = re.compile(r"\s*(?:[:(\u2013]|,\s(?:that is|i\.e\.|namely))")
_NEAR = 25
_SURELY, _SEVERAL = 10.0, 2
_KINDS = {APPLICANT: (Kind.APPLICANTS,), LEAD: (Kind.APPLICANTS, Kind.LEAD)}


class BodyRule:
    """Kinds of body near words about applying or leading; target groups and those who are excluded are not read."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.BODY, pack.bodies.cues, yields={APPLICANT: (LEAD, _SURELY)})

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Kinds of body of a sentence, one reading each."""
        for row, choice in chains(scene, scene.mentions[Sort.BODY], self._assigner):
            if choice.points < _SURELY and len({code for mention in row for code in mention.low}) < _SEVERAL:
                continue  # one name near a small word: a text speaks of bodies in many ways
            for kind in _KINDS.get(choice.topic, ()):
                for mention in _named(row, scene.small):
                    yield from (scene.fact(kind, code, choice, mention) for code in mention.low)


def _named(row: list[Mention], small: str) -> list[Mention]:
    """Names of a row without the class that they are listed for: `public bodies: municipalities, provinces`."""
    followers = [*row[1:], None]
    return [m for m, after in zip(row, followers, strict=True) if not (after and _opens_list(small, m, after))]


def _opens_list(small: str, mention: Mention, after: Mention) -> bool:
    between = small[mention.end : after.start]
    return _LIST.match(between) is not None and len(between) <= _NEAR
