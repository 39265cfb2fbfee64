"""Enumerations: names that stand in one row and so belong to one matter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.prose.assign import APPLICANT, LEAD, Assigner, Choice, Topic
from crawler.prose.mentions import Mention, Sort
from crawler.prose.phrases import Found
from crawler.prose.scene import Scene

_FAR = 70
_SENTENCE = re.compile(r"(?<!\b\w)\. ")
"""An end of a sentence, not that of a letter which stands for a word: `d. h.`, `t. y.`"""
_NOWHERE = (0, 0)
Chosen = tuple[list[Mention], Choice]
_UNION = ("EU27",)
_MOST, _MEMBER_STATES, _BESIDE, _FEW = 1_000_000, 27, 12, 5


def not_counted(scene: Scene, mentions: Sequence[Mention]) -> list[Mention]:
    """Names without those behind a number: `two Member States` says how many, not where."""
    dates = scene.mentions[Sort.DATE]
    counts = (n for n in scene.numbers if not any(d.start <= n.start < d.end for d in dates))
    ends = [n.end for n in counts if 1 < n.value <= _MOST and n.value != _MEMBER_STATES]
    counted = [m for m in mentions if m.sort is not Sort.PLACE or m.low == _UNION]
    return [m for m in mentions if m not in counted or not any(0 <= m.start - end <= _BESIDE for end in ends)]


def chains(
    scene: Scene,
    mentions: Sequence[Mention],
    assigner: Assigner,
    unsaid: Choice | None = None,
    breaks: Sequence[Found[str]] = (),
    cues: list[Found[Topic]] | None = None,
) -> Iterator[tuple[list[Mention], Choice]]:
    """Rows of names, each with the matter that fits its best placed entry.

    `unsaid` is for rows that no phrase is near; a phrase of `breaks` between two names parts their rows. `cues` are
    those of the assigner where the caller has left out some.
    """
    cues = assigner.cues(scene.small) if cues is None else cues
    found: list[Chosen] = []
    for row in _rows(scene, mentions, cues, breaks):
        found += _chosen(row, mentions, assigner, scene, cues, unsaid)
    for row, choice in found:
        own = any(cue.label[0] == APPLICANT and _in_one_clause(cue, row, scene.small) for cue in cues)
        shared = choice.topic == LEAD and (
            _belongs_to_another(row, choice, found, scene.small)
            or (choice.place == _NOWHERE and own)  # a heading about leading, and a sentence about others
            or any(_between(b, row, choice) for b in breaks)
        )
        yield row, replace(choice, topic=APPLICANT) if shared else choice


def _rows(
    scene: Scene, mentions: Sequence[Mention], cues: list[Found[Topic]], breaks: Sequence[Found[str]]
) -> Iterator[list[Mention]]:
    row: list[Mention] = []
    for mention in not_counted(scene, mentions):
        parted = any(row and row[-1].end <= b.start and b.end <= mention.start for b in breaks)
        if row and (parted or not _goes_on(row[-1], mention, cues, scene.small)):
            yield row
            row = []
        row.append(mention)
    if row:
        yield row


def _belongs_to_another(row: list[Mention], choice: Choice, found: "list[Chosen]", small: str) -> bool:
    """Whether a phrase about leading stands nearer to a row on its other side."""
    if choice.place == _NOWHERE:
        return False
    before = row[-1].end <= choice.place[0]
    others = [r for r, c in found if c.place == choice.place and c.topic == LEAD and r is not row]
    across = [r for r in others if (r[-1].end <= choice.place[0]) != before]
    mine = _words_between(row, choice, small)
    return any(_words_between(r, choice, small) < mine + before for r in across)


def _in_one_clause(cue: Found[Topic], row: list[Mention], small: str) -> bool:
    start, end = (cue.end, row[0].start) if cue.end <= row[0].start else (row[-1].end, cue.start)
    return ";" not in small[start:end]


def _words_between(row: list[Mention], choice: Choice, small: str) -> int:
    start, end = choice.place
    between = small[row[-1].end : start] if row[-1].end <= start else small[end : row[0].start]
    return len(between.split())


def _between(found: Found[str], row: list[Mention], choice: Choice) -> bool:
    """Whether something stands between a row and the phrase behind it."""
    return choice.place != _NOWHERE and row[-1].end <= found.start and found.end <= choice.place[0]


def _goes_on(last: Mention, mention: Mention, cues: list[Found[Topic]], small: str) -> bool:
    between = small[last.end : mention.start]
    broken = any(last.end <= cue.start and cue.end <= mention.start for cue in cues)
    return not broken and len(between) <= _FAR and not _SENTENCE.search(between)


def _chosen(
    row: list[Mention],
    mentions: Sequence[Mention],
    assigner: Assigner,
    scene: Scene,
    cues: list[Found[Topic]],
    unsaid: Choice | None,
) -> Iterator[tuple[list[Mention], Choice]]:
    rated = [(m, assigner.choose(m, mentions, scene.unit, cues)) for m in row]
    best, choice = max(rated, key=lambda pair: pair[1].points if pair[1] else 0.0)
    choice = choice or unsaid
    if choice is None:
        return
    if choice.topic == LEAD and _over_others(choice, row, mentions):
        choice = replace(choice, topic=APPLICANT)
    close = _beside(row, best, scene.small) if choice.topic == LEAD else row
    yield close, choice
    for part in (row[: row.index(close[0])], row[row.index(close[-1]) + 1 :]):
        if part:  # who stands farther off is named with the lead, not as one
            yield part, replace(choice, topic=APPLICANT)


def _over_others(choice: Choice, row: list[Mention], mentions: Sequence[Mention]) -> bool:
    """Whether other names stand between the phrase and the row: then the phrase is about those."""
    start, end = choice.place
    if not end:
        return False
    low, high = (end, row[0].start) if end <= row[0].start else (row[-1].end, start)
    return any(low <= m.start and m.end <= high for m in mentions)


def _beside(row: list[Mention], best: Mention, small: str) -> list[Mention]:
    """The entries of a row that only commas and small words divide from the best placed one."""
    first = last = row.index(best)
    while first > 0 and _divides(small[row[first - 1].end : row[first].start]):
        first -= 1
    while last + 1 < len(row) and _divides(small[row[last].end : row[last + 1].start]):
        last += 1
    return row[first : last + 1]


def _divides(between: str) -> bool:
    return len(between.split()) <= _FEW and ";" not in between
