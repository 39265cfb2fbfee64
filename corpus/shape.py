"""How often each field is told by the records of a run: a field that a site renames vanishes from all at once.

A parser that reads by labels cannot know that a label was renamed; the values are simply unknown from that day
on. One record without a closing date says nothing. All of them without one, a day after nearly all had one,
says that the good data must not be replaced.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

_INSIDE = frozenset(("timeline", "money", "geography", "eligibility"))
_ALWAYS = frozenset(("id", "kind", "original_language", "sources", "evidence"))

MOST = 0.5
"""A field is expected when at least this share of the records of a kind told it in the last good run."""
FEW = 0.1
"""It is lost when less than this share tells it now."""
ENOUGH = 10
"""Fewer records of a kind than this say nothing about a share."""


def told(payload: Mapping[str, Any]) -> Iterator[str]:
    """Paths of the fields that a record tells (its payload holds no defaults)."""
    for name, value in payload.items():
        if name in _INSIDE and isinstance(value, dict):
            yield from (f"{name}.{part}" for part in value)
        elif name not in _ALWAYS:
            yield name


class Shape:
    """Counts the fields of the records of a run, each kind of record by itself."""

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self._counts = Counter(counts or {})

    def add(self, payload: Mapping[str, Any]) -> None:
        """Count one record."""
        kind = payload["kind"]
        self._counts[kind] += 1
        self._counts.update(f"{kind}.{path}" for path in told(payload))

    def data(self) -> dict[str, int]:
        """As plain data: records by kind, and by kind and path those that tell it."""
        return dict(sorted(self._counts.items()))

    def lost(self, now: "Shape") -> list[str]:
        """Fields that nearly no record of `now` tells although most told them before, in words."""
        return [
            f"{path} was told by {before:.0%} of the {kind}s of the last good run, now by {after:.0%}"
            for kind, path, before, after in self._compare(now)
            if before >= MOST and after < FEW
        ]

    def fewer(self, now: "Shape") -> list[str]:
        """Fields told by less than half as many records as before, in words; those that are lost left out."""
        return [
            f"{path} was told by {before:.0%} of the {kind}s of the last good run, now by {after:.0%}"
            for kind, path, before, after in self._compare(now)
            if before >= MOST and FEW <= after < before / 2
        ]

    def _compare(self, now: "Shape") -> Iterator[tuple[str, str, float, float]]:
        for name, count in sorted(self._counts.items()):
            kind, _, path = name.partition(".")
            before, after = self._counts[kind], now._counts[kind]
            if path and before >= ENOUGH and after >= ENOUGH:
                yield kind, path, count / before, now._counts[name] / after
