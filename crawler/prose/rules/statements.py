"""What a text says or denies in so many words: passing money on, grouping of authorities."""

from collections.abc import Iterator

from crawler.prose.assign import STRONG, Choice
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import YesNo
from crawler.prose.phrases import Phrasebook
from crawler.prose.scene import Reading, Scene


class StatementRule:
    """One statement: phrases that affirm it and phrases that deny it."""

    def __init__(self, kind: Kind, words: YesNo) -> None:
        self._kind = kind
        self._said: Phrasebook[bool] = Phrasebook({True: words.said})
        self._denied: Phrasebook[bool] = Phrasebook({False: words.denied})
        self._neither: Phrasebook[bool] = Phrasebook({False: words.neither})

    def read(self, scene: Scene) -> Iterator[Reading]:
        """What a sentence says; a denial anywhere in it counts for all of it."""
        found = self._denied.find(scene.small) or self._said.find(scene.small)
        if not found or self._neither.find(scene.small):
            return
        said = found[0]
        place = Mention(Sort.BODY, said.start, said.end, said.phrase, said.phrase)
        yield scene.fact(self._kind, said.label, Choice(self._kind, said.phrase, STRONG), place)
