"""Counts of right, wrong and missed facts, and their table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

PRECISION, RECALL = 0.97, 0.90


@dataclass(slots=True)
class Tally:
    """Facts of one kind: read rightly, read wrongly, not read."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def said(self) -> int:
        """How many facts the texts say."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Share of what is read that is right; 1 where nothing is read."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is said that is read; 1 where nothing is said."""
        return self.right / self.said if self.said else 1.0

    @property
    def reaches(self) -> bool:
        """Whether both bars are reached."""
        return self.precision >= PRECISION and self.recall >= RECALL

    def add(self, read: set[str], said: set[str]) -> None:
        """Count the values that were read in one text against those that it says."""
        self.right += len(read & said)
        self.wrong += len(read - said)
        self.missed += len(said - read)


Tallies = dict[str, Tally]


def tallies() -> Tallies:
    """An empty tally for every name that is asked for."""
    return defaultdict(Tally)


def total(parts: Iterable[Tally]) -> Tally:
    """All parts as one."""
    whole = Tally()
    for part in parts:
        whole.right, whole.wrong, whole.missed = (
            whole.right + part.right,
            whole.wrong + part.wrong,
            whole.missed + part.missed,
        )
    return whole


def canonical(value: object) -> str:
    """A value in one notation: `44613828.40 EUR` is `44613828.4 EUR`, `True` is `true`."""
    if isinstance(value, bool):
        return str(value).lower()
    number, _, unit = str(value).partition(" ")
    try:
        plain = format(Decimal(number).normalize(), "f")
    except InvalidOperation:
        return str(value)
    return f"{plain} {unit}".strip()


def row(name: str, groups: Iterable[Tally]) -> str:
    """One line of a table: name, then number of facts, precision and recall of each group."""
    return f"{name:<20}" + "  ".join(_cells(tally) for tally in groups)


def _cells(tally: Tally) -> str:
    mark = " " if tally.reaches else "<"
    return f"{tally.said:5d} {tally.precision:6.3f} {tally.recall:6.3f}{mark}"
