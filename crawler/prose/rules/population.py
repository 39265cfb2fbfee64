"""How many inhabitants the place of an applicant must or may have."""

from collections.abc import Iterator

from crawler.prose.assign import Assigner, Choice
from crawler.prose.bounds import Bound
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.scene import Reading, Scene


class PopulationRule:
    """Numbers of inhabitants that are bounds of a condition; a number without a bound only describes a place."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.PEOPLE, pack.people)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Bounds of the population that a sentence says."""
        for mention, choice in scene.chosen(Sort.PEOPLE, self._assigner):
            bound = scene.bound(mention)
            if mention.is_range:
                yield scene.fact(Kind.POPULATION_MIN, mention.low, choice, mention, strict=bound is Bound.OVER)
                yield scene.fact(Kind.POPULATION_MAX, mention.high, choice, mention)
            elif bound is not None:
                yield _bounded(scene, mention, choice, bound)
            elif choice.topic != "condition":
                yield scene.fact(Kind(choice.topic), mention.low, choice, mention)


def _bounded(scene: Scene, mention: Mention, choice: Choice, bound: Bound) -> Reading:
    kind = Kind.POPULATION_MIN if bound.is_low else Kind.POPULATION_MAX
    return scene.fact(kind, mention.low, choice, mention, strict=bound in (Bound.OVER, Bound.UNDER))
