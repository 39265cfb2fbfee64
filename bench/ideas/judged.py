"""Grades of the records for each idea: two passes and what they agree on.

`judgements.tsv` holds idea, record, grade of the first pass, grade of the second, agreed grade. 3: the record would
clearly serve the idea (same problem, same group); 2: good; 1: partly; 0: no. Grades speak of the subject alone, not
of country, dates or who may apply. Where the passes differ the agreed grade is their mean, rounded down. The second
pass saw the records of each idea in another order and without the grades of the first.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).with_name("judgements.tsv")


class Judgement(NamedTuple):
    """What was said of one record for one idea."""

    idea: str
    record: str
    first: int
    second: int
    agreed: int


def judgements(path: Path = PATH) -> list[Judgement]:
    """All judgements of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        return [Judgement(idea, record, *map(int, grades)) for idea, record, *grades in rows]


def grades(rows: Iterable[Judgement]) -> dict[str, dict[str, int]]:
    """Agreed grades above 0, by idea and record."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        of_idea = found.setdefault(row.idea, {})
        if row.agreed > 0:
            of_idea[row.record] = row.agreed
    return found


def weighted_kappa(rows: Iterable[Judgement]) -> float:
    """Agreement of the two passes beyond chance, with squared weights (Cohen 1968); 1 is full agreement."""
    pairs = Counter((row.first, row.second) for row in rows)
    total = sum(pairs.values())
    ours: Counter[int] = Counter()
    theirs: Counter[int] = Counter()
    for (first, second), number in pairs.items():
        ours[first] += number
        theirs[second] += number
    seen = sum((a - b) ** 2 * number for (a, b), number in pairs.items()) / total
    chance = sum((a - b) ** 2 * ours[a] * theirs[b] for a in ours for b in theirs) / total**2
    return 1 - seen / chance
