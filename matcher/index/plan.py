"""What a build has to do: which records are new or changed, and which vectors nobody needs any more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.snapshot import Snapshot
from corpus.vocab import Language
from matcher.index.entries import Entry, is_of, kind_of, parse
from matcher.text import Passage, is_indexed, passages

KINDS = ("call", "practice")
_FEW = 50
"""Keys that are looked for in the list one by one; for more, all keys of the list are gathered first."""
_KEY = re.compile(r"\b[0-9a-f]{32}\b")


@dataclass(slots=True)
class Plan:
    """Old and new list, and the records between them."""

    old: dict[str, str]
    lines: dict[str, str] = field(default_factory=dict)
    """The new list."""
    changed: dict[str, Entry] = field(default_factory=dict)
    """Records that are new or changed."""

    removed: list[str] = field(default_factory=list)
    """Records that are no longer there."""
    carried: dict[str, list[str]] = field(default_factory=dict)
    """Lines of each kind that are as they were."""

    def entries(self, kind: str) -> list[Entry]:
        """Changed records of a kind."""
        return [entry for entry in self.changed.values() if entry.kind == kind]

    def number(self, kind: str) -> int:
        """Records of a kind in the new list."""
        return len(self.carried[kind]) + len(self.entries(kind))

    def keys(self, kind: str) -> list[str]:
        """Keys of all passages of a kind."""
        return [key for line in self.lines.values() if kind_of(line) == kind for key in parse(line).keys]

    def replaced(self, kind: str) -> list[Entry]:
        """What the old list said of records that were changed or removed."""
        names = [*self.removed, *(name for name in self.changed if name in self.old)]
        return [parse(self.old[name]) for name in names if kind_of(self.old[name]) == kind]

    def unneeded(self, kind: str) -> list[str]:
        """Keys that only the old list needs."""
        gone = {key for entry in self.replaced(kind) for key in entry.keys}
        gone -= {key for entry in self.entries(kind) for key in entry.keys}
        if not gone:
            return []
        kept = "\n".join(self.carried[kind])
        if len(gone) <= _FEW:
            return sorted(key for key in gone if key not in kept)
        return sorted(gone.difference(_KEY.findall(kept)))


def make_plan(snapshot: Snapshot, old: dict[str, str]) -> Plan:
    """Compare a snapshot with the list of the index in use."""
    plan = Plan(old)
    for kind in KINDS:
        carried = plan.carried[kind] = []
        for record_id in snapshot.ids(kind):
            known, digest = old.get(record_id), snapshot.digest(record_id)
            if known is not None and is_of(known, record_id, kind, digest):
                plan.lines[record_id] = known
                carried.append(known)
                continue
            entry = _entry(snapshot, record_id, kind)
            plan.changed[record_id] = entry
            plan.lines[record_id] = entry.line
    plan.removed += [record_id for record_id in old if record_id not in plan.lines]
    return plan


def _entry(snapshot: Snapshot, record_id: str, kind: str) -> Entry:
    # Passages of the whole come first; one of equal words further on is the same passage.
    spoken: dict[str, Language] = {}
    for passage in (found := passages_of(snapshot, record_id)):
        spoken.setdefault(passage.key, passage.language)
    wholes = len({passage.key for passage in found if passage.field == "whole"})
    return Entry(record_id, kind, snapshot.digest(record_id), tuple(spoken), tuple(spoken.values()), wholes)


def passages_of(snapshot: Snapshot, record_id: str) -> list[Passage]:
    """Passages of a record of a snapshot."""
    record = snapshot.get(record_id)
    return passages(record) if record is not None and is_indexed(record) else []  # type: ignore[arg-type]


def missing_passages(snapshot: Snapshot, ids: list[str], missing: set[str]) -> Iterator[Passage]:
    """The passages of some records whose keys are missing, each once."""
    for record_id in ids:
        for passage in passages_of(snapshot, record_id):
            if passage.key in missing:
                missing.discard(passage.key)
                yield passage
