"""Filtering and counting in one pass over entries. Pure: entries and choices in, ids and counts out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WORDS = "q"
"""The filter by words: it has no counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as filters see it."""

    id: str
    words: str
    """Folded words of its texts, one space before each."""
    codes: Mapping[str, frozenset[str]]
    """Codes by filter, `unknown` where the record does not tell: never empty."""
    keys: Mapping[str, Any]
    """What it is sorted by; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Found:
    """What filters leave."""

    ids: tuple[str, ...]
    counts: Mapping[str, Counter[str]]
    """By filter and code: how many results there would be with this code alone in this filter, all others kept."""
    kept_away: Mapping[str, int]
    """By active filter: how many results it alone keeps away."""
    failing: Mapping[str, int]
    """By active filter: how many entries do not pass it, alone or with others."""


def search(
    entries: Iterable[Entry], fields: Sequence[str], chosen: Mapping[str, frozenset[str]], needles: Sequence[str]
) -> Found:
    """Filter by codes and by words, which must all begin a word of the entry."""
    ids: list[str] = []
    counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
    alone: Counter[str] = Counter()
    failing: Counter[str] = Counter()
    for entry in entries:
        fails = [field for field, codes in chosen.items() if codes.isdisjoint(entry.codes[field])]
        if not all(f" {needle}" in entry.words for needle in needles):
            fails.append(WORDS)
        failing.update(fails)
        if not fails:
            ids.append(entry.id)
        alone.update(fails if len(fails) == 1 else ())
        _count(entry, counts, fields if not fails else fails if len(fails) == 1 else ())
    return Found(tuple(ids), counts, alone, failing)


def _count(entry: Entry, counts: dict[str, Counter[str]], fields: Sequence[str]) -> None:
    for field in fields:
        if field != WORDS:
            counts[field].update(entry.codes[field])


def in_order(entries: Iterable[Entry], key: str, turned: bool) -> list[Entry]:
    """Entries sorted by a key, the smallest first or turned round; what is not known comes last both ways."""
    entries = sorted(entries, key=lambda entry: entry.id)
    known = [entry for entry in entries if entry.keys[key] is not None]
    known.sort(key=lambda entry: entry.keys[key], reverse=turned)
    return known + [entry for entry in entries if entry.keys[key] is None]
