"""The list of what an index holds: each record with its digest and the keys of its passages.

A build compares digests and carries unchanged lines over as they are; only what changed is taken apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.vocab import Language
from matcher.errors import IndexMismatchError

_LANGUAGES = {language.value: language for language in Language}


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

    @property
    def line(self) -> str:
        """The entry as a line of the list."""
        keys, languages = ",".join(self.keys), ",".join(self.languages)
        return f"{self.record_id}\t{self.kind}\t{self.digest}\t{keys}\t{languages}\t{self.wholes}"


def kind_of(line: str) -> str:
    """Kind of the record of a line."""
    return line.split("\t", 2)[1]


def is_of(line: str, record_id: str, kind: str, digest: str) -> bool:
    """Whether a line was made from this very record: compared as it stands, without taking it apart."""
    return line.startswith(f"{record_id}\t{kind}\t{digest}\t")


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write the list."""
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def read_lines(path: Path) -> dict[str, str]:
    """Lines of the list by record id.

    Raises:
        IndexMismatchError: the list is missing or no text.
    """
    try:
        # Ids and the rest are plain text, so that the line feed is the only end of a line.
        lines = path.read_text(encoding="utf-8").split("\n")
        return {line[: line.index("\t")]: line for line in lines if line}
    except (OSError, ValueError) as error:
        raise _broken(path, error) from error


def read_entries(path: Path) -> dict[str, Entry]:
    """Read the list by record id.

    Raises:
        IndexMismatchError: the list is missing or broken.
    """
    try:
        return {record_id: parse(line) for record_id, line in read_lines(path).items()}
    except ValueError as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> IndexMismatchError:
    return IndexMismatchError(f"{path}: the list is broken; run `isopolis index`: {error}")


def parse(line: str) -> Entry:
    """The entry of a line.

    Raises:
        ValueError: it is no line of the list.
    """
    record_id, kind, digest, keys, languages, wholes = line.split("\t")
    try:
        names, spoken = tuple(keys.split(",")), tuple([_LANGUAGES[code] for code in languages.split(",")])
    except KeyError as error:
        raise ValueError(f"{record_id} is in no language that is known: {error}") from error
    if len(names) != len(spoken):
        raise ValueError(f"{record_id} has {len(names)} passages and {len(spoken)} languages")
    return Entry(record_id, kind, digest, names, spoken, int(wholes))
