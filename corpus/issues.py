"""Issues: what a crawl or a build could not read or could not believe, one line for a person each."""

from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.parts import Frozen, Text

ISSUES = "issues.jsonl"
"""The file of a snapshot in which its issues lie, one line of JSON each."""

KEY_WIDTH = 512
FIELD_WIDTH = 128
"""Widths of columns in the store."""


class Level(StrEnum):
    """How bad it is: an `error` means that something was lost, a `warning` that somebody should look."""

    WARNING = "warning"
    ERROR = "error"


class Quote(Frozen):
    """What one source says of a value that another tells differently."""

    origin: Text
    value: Text
    words: str = ""
    url: str = ""
    data: Any = None
    """The value as records keep it, so that somebody can decide for it; None where it cannot be taken over."""

    def __str__(self) -> str:
        words = f': "{self.words}"' if self.words else ""
        return f"{self.origin} says {self.value}{words} ({self.url})"


class Issue(Frozen):
    """One problem met in one record of one source. Issues are work for tomorrow, never a permanent state.

    `quotes` are what the sources say, where two disagree: the one that was believed comes first. `record` is the
    record of the snapshot that it is about, `countries` are those of the record, or of the source without one.
    """

    source: Text
    key: str = ""
    level: Level = Level.WARNING
    code: Text
    field: str = ""
    message: Text
    raw: str = ""
    quotes: tuple[Quote, ...] = ()
    record: str = ""
    countries: tuple[str, ...] = ()

    def storable(self) -> "Issue":
        """The issue as every database can hold it: without NUL, key and field cut to their columns."""
        texts = {name: getattr(self, name).replace("\0", "") for name in ("key", "field", "message", "raw")}
        return self.model_copy(update=texts | {"key": texts["key"][:KEY_WIDTH], "field": texts["field"][:FIELD_WIDTH]})

    def __str__(self) -> str:
        place = " ".join(part for part in (self.source, self.key, self.field) if part)
        was = f" (was: {self.raw[:120]!r})" if self.raw and not self.quotes else ""
        return "\n    ".join([f"{self.level}: {place}: {self.message}{was}", *map(str, self.quotes)])


def read_issues(folder: Path) -> list[Issue]:
    """Issues of a snapshot's folder; none where the file is not there (yet)."""
    try:
        lines = (folder / ISSUES).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [Issue.model_validate_json(line) for line in lines]
