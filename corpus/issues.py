"""Issues: what a crawl or a build could not read or could not believe, one line for a person each."""

from enum import StrEnum

from corpus.parts import Frozen, Text

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

    def __str__(self) -> str:
        words = f': "{self.words}"' if self.words else ""
        return f"{self.origin} says {self.value}{words} ({self.url})"


class Issue(Frozen):
    """One problem met in one record of one source. Issues are work for tomorrow, never a permanent state.

    `quotes` are what the sources say, where two disagree: the one that was believed comes first.
    """

    source: Text
    key: str = ""
    level: Level = Level.WARNING
    code: Text
    field: str = ""
    message: Text
    raw: str = ""
    quotes: tuple[Quote, ...] = ()

    def storable(self) -> "Issue":
        """The issue as every database can hold it: without NUL, key and field cut to their columns."""
        texts = {name: getattr(self, name).replace("\0", "") for name in ("key", "field", "message", "raw")}
        return self.model_copy(update=texts | {"key": texts["key"][:KEY_WIDTH], "field": texts["field"][:FIELD_WIDTH]})

    def __str__(self) -> str:
        place = " ".join(part for part in (self.source, self.key, self.field) if part)
        was = f" (was: {self.raw[:120]!r})" if self.raw and not self.quotes else ""
        return "\n    ".join([f"{self.level}: {place}: {self.message}{was}", *map(str, self.quotes)])
