"""How many inhabitants the place of an applicant must or may have."""

from collections.abc import Iterator

from crawler.prose.assign import OTHER, Assigner, Choice
from crawler.prose.bounds import Bound
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.phrases import Phrasebook
from crawler.prose.scene import GUESSED, Reading, Scene

_FEWEST, _MOST = 500, 1_000_000
_DWELLING, _ALONE = Choice("condition", "dwelling", 3.0), Choice("condition", "bound alone", -GUESSED)


class PopulationRule:
    """Numbers of inhabitants that are bounds of a condition; a number without a bound only describes a place."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.PEOPLE, pack.people)
        self._past: Phrasebook[str] = Phrasebook({"past": pack.past})
        self._dwelling: Phrasebook[str] = Phrasebook({"dwelling": pack.dwelling})

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Bounds of the population that a sentence says."""
        for mention, choice in self._chosen(scene):
            bound = scene.bound(mention)
            if mention.is_range:
                yield scene.fact(Kind.POPULATION_MIN, mention.low, choice, mention, strict=bound is Bound.OVER)
                yield scene.fact(Kind.POPULATION_MAX, mention.high, choice, mention)
            elif bound is not None:
                yield _bounded(scene, mention, choice, bound)
            elif choice.topic != "condition":
                yield scene.fact(Kind(choice.topic), mention.low, choice, mention)

    def _chosen(self, scene: Scene) -> Iterator[tuple[Mention, Choice]]:
        """Mentions of a condition; `towns where at least 50 000 live` has a word of descriptions and is one."""
        of_bodies = scene.mentions[Sort.BODY] and self._dwelling.find(scene.small)
        past = self._past.find(scene.small)
        for mention, choice in scene.rated(Sort.PEOPLE, self._assigner):
            if scene.mentions[Sort.MONEY] and mention.is_range:
                continue  # a row of a table: `EUR 2 million for towns of 15 000 to 30 000`
            if any(found.end <= mention.start for found in past):
                continue  # bounds of an earlier call
            bounded = mention.is_range or scene.bound(mention)
            described = choice is None or any(f.end == choice.place[1] for f in self._dwelling.find(scene.small))
            if choice and choice.topic != OTHER:
                yield mention, choice
            elif bounded and described and mention.low >= _FEWEST and mention.high <= _MOST:
                yield mention, _DWELLING if of_bodies else _ALONE


def _bounded(scene: Scene, mention: Mention, choice: Choice, bound: Bound) -> Reading:
    kind = Kind.POPULATION_MIN if bound.is_low else Kind.POPULATION_MAX
    return scene.fact(kind, mention.low, choice, mention, strict=bound in (Bound.OVER, Bound.UNDER))
