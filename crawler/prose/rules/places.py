"""In which countries applicants must be, or projects happen."""

from collections.abc import Iterator

from crawler.prose.assign import Assigner
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Sort
from crawler.prose.pack import Pack
from crawler.prose.rules.chains import chains
from crawler.prose.scene import Reading, Scene


class PlaceRule:
    """Countries near words about seats and territories."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.PLACE, pack.places.cues)

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Countries and groups of a sentence, one reading each."""
        for row, choice in chains(scene, scene.mentions[Sort.PLACE], self._assigner):
            if choice.topic != "located":
                continue
            for mention in row:
                yield from (scene.fact(Kind.COUNTRIES, code, choice, mention) for code in mention.low)
