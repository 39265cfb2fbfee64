"""How long a project may last."""

from collections.abc import Iterator

from crawler.prose.assign import Assigner
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Sort
from crawler.prose.pack import Pack
from crawler.prose.scene import Reading, Scene


class DurationRule:
    """Months and years near words about the time of a project."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.MONTHS, pack.months)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Shortest and longest duration that a sentence says."""
        for mention, choice in scene.supposed(Sort.MONTHS, self._assigner, "duration"):
            bound = scene.bound(mention)
            if scene.is_ceiling(mention):
                yield scene.fact(Kind.DURATION_MAX, mention.high, choice, mention)
            elif mention.is_range:
                yield scene.fact(Kind.DURATION_MIN, mention.low, choice, mention)
                yield scene.fact(Kind.DURATION_MAX, mention.high, choice, mention)
            elif bound is not None and bound.is_low:
                yield scene.fact(Kind.DURATION_MIN, mention.low, choice, mention)
            else:
                yield scene.fact(Kind.DURATION_MAX, mention.low, choice, mention)
