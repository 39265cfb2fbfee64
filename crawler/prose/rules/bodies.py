"""Who may apply, and who must lead."""

from collections.abc import Iterator

from crawler.prose.assign import Assigner
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Sort
from crawler.prose.pack import Pack
from crawler.prose.rules.chains import chains
from crawler.prose.scene import Reading, Scene

_KINDS = {"applicant": (Kind.APPLICANTS,), "lead": (Kind.APPLICANTS, Kind.LEAD)}


class BodyRule:
    """Kinds of body near words about applying or leading; target groups and those who are excluded are not read."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.BODY, pack.bodies.cues)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Kinds of body of a sentence, one reading each."""
        for row, choice in chains(scene, scene.mentions[Sort.BODY], self._assigner):
            for kind in _KINDS.get(choice.topic, ()):
                for mention in row:
                    yield from (scene.fact(kind, code, choice, mention) for code in mention.low)
