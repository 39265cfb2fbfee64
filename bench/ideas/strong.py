"""STRONG cases: an idea, a record of grade 3 and how near the top it must stand. `strong.tsv` holds them."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bench.ideas.measure import Shown
from corpus.vocab import Language

PATH = Path(__file__).with_name("strong.tsv")


class Strong(NamedTuple):
    """A record that must be among the first `within` of its kind for an idea in a language."""

    idea: str
    language: Language
    kind: str
    record: str
    within: int


def strong_cases(path: Path = PATH) -> list[Strong]:
    """All STRONG cases of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        return [Strong(idea, Language(code), kind, record, int(within)) for idea, code, kind, record, within in rows]


def lost(cases: Iterable[Strong], shown: Iterable[Shown]) -> list[str]:
    """The cases that a run does not keep, each in a line."""
    places = {(item.idea, item.language, item.kind): item.ids for item in shown}
    return [
        f"{case.idea} ({case.language}): {case.record} is not among the first {case.within} {case.kind}s"
        for case in cases
        if case.record not in places.get((case.idea, case.language, case.kind), ())[: case.within]
    ]
