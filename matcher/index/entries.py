"""The list of what an index holds: each record with its digest and the keys of its passages."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.vocab import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """One indexed record. `digest` is that of the snapshot's line it was made from."""

    record_id: str
    kind: str
    digest: str
    keys: tuple[str, ...]
    languages: tuple[Language, ...]
    """Language of each passage, in the order of the keys."""


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Write the list."""
    with path.open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(
                f"{entry.record_id}\t{entry.kind}\t{entry.digest}\t{','.join(entry.keys)}\t{','.join(entry.languages)}\n"
            )


def read_entries(path: Path) -> dict[str, Entry]:
    """Read the list by record id."""
    entries = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            record_id, kind, digest, keys, languages = line.rstrip("\n").split("\t")
            spoken = tuple(Language(code) for code in languages.split(","))
            entries[record_id] = Entry(record_id, kind, digest, tuple(keys.split(",")), spoken)
    return entries
