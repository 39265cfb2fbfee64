"""Enumerations: names that stand in one row and so belong to one matter."""

from collections.abc import Iterator, Sequence

from crawler.prose.assign import Assigner, Choice, Topic
from crawler.prose.mentions import Mention
from crawler.prose.phrases import Found
from crawler.prose.scene import Scene

_FAR = 70


def chains(scene: Scene, mentions: Sequence[Mention], assigner: Assigner) -> Iterator[tuple[list[Mention], Choice]]:
    """Rows of names, each with the matter that fits its best placed entry."""
    cues = assigner.cues(scene.small)
    row: list[Mention] = []
    for mention in mentions:
        if row and not _goes_on(row[-1], mention, cues, scene.small):
            yield from _chosen(row, mentions, assigner, scene, cues)
            row = []
        row.append(mention)
    if row:
        yield from _chosen(row, mentions, assigner, scene, cues)


def _goes_on(last: Mention, mention: Mention, cues: list[Found[Topic]], small: str) -> bool:
    between = small[last.end : mention.start]
    broken = any(last.end <= cue.start and cue.end <= mention.start for cue in cues)
    return not broken and len(between) <= _FAR and ". " not in between


def _chosen(
    row: list[Mention], mentions: Sequence[Mention], assigner: Assigner, scene: Scene, cues: list[Found[Topic]]
) -> Iterator[tuple[list[Mention], Choice]]:
    choices = [assigner.choose(mention, mentions, scene.unit, cues) for mention in row]
    best = max((c for c in choices if c), key=lambda choice: choice.points, default=None)
    if best:
        yield row, best
