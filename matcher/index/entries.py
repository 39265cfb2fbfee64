"""The list of what an index holds: each record with its digest and the keys of its passages."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.vocab import Language
from matcher.errors import IndexMismatchError


@dataclass(frozen=True, slots=True)
class Entry:
    """One indexed record. `digest` is that of the snapshot's line it was made from."""

    record_id: str
    kind: str
    digest: str
    keys: tuple[str, ...]
    languages: tuple[Language, ...]
    """Language of each passage, in the order of the keys."""
    wholes: int = 1
    """How many of the first keys stand for the whole record, each in one language."""


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Write the list."""
    with path.open("w", encoding="utf-8") as file:
        for entry in entries:
            keys, languages = ",".join(entry.keys), ",".join(entry.languages)
            file.write(f"{entry.record_id}\t{entry.kind}\t{entry.digest}\t{keys}\t{languages}\t{entry.wholes}\n")


def read_entries(path: Path) -> dict[str, Entry]:
    """Read the list by record id.

    Raises:
        IndexMismatchError: the list is missing or broken.
    """
    try:
        with path.open(encoding="utf-8") as file:
            entries = [_entry(line) for line in file]
    except (OSError, ValueError) as error:
        raise IndexMismatchError(f"{path}: the list is broken; run `isopolis index`: {error}") from error
    return {entry.record_id: entry for entry in entries}


def _entry(line: str) -> Entry:
    record_id, kind, digest, keys, languages, wholes = line.rstrip("\n").split("\t")
    names, spoken = tuple(keys.split(",")), tuple(Language(code) for code in languages.split(","))
    if len(names) != len(spoken):
        raise ValueError(f"{record_id} has {len(names)} passages and {len(spoken)} languages")
    return Entry(record_id, kind, digest, names, spoken, int(wholes))
