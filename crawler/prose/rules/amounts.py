"""Money: of the whole call, of one project, of one third party."""

from collections.abc import Iterator

from crawler.prose.assign import Assigner, Choice
from crawler.prose.bounds import Bound
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.scene import Reading, Scene


class AmountRule:
    """Amounts near words about the budget, a grant or a sub-grant."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.MONEY, pack.money)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Amounts of a sentence."""
        for mention, choice in scene.supposed(Sort.MONEY, self._assigner, "grant"):
            if choice.topic == "sub_grant":
                yield scene.fact(Kind.SUB_GRANT_MAX, mention.high, choice, mention)
                yield scene.fact(Kind.REGRANTING, True, choice, mention)
            elif choice.topic == "budget":
                bound = scene.bound(mention)
                if bound is not None and bound.is_low and bound is not Bound.SINCE:
                    continue  # a least budget is that of a project
                yield scene.fact(Kind.BUDGET, mention.high, choice, mention)
            else:
                yield from _grant(scene, mention, choice)


def _grant(scene: Scene, mention: Mention, choice: Choice) -> Iterator[Reading]:
    if mention.is_range:
        yield scene.fact(Kind.GRANT_MIN, mention.low, choice, mention)
        yield scene.fact(Kind.GRANT_MAX, mention.high, choice, mention)
        return
    bound = scene.bound(mention)
    kind = Kind.GRANT_MIN if bound and bound.is_low else Kind.GRANT_MAX
    yield scene.fact(kind, mention.low, choice, mention)
