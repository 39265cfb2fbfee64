"""Issues: what a crawl or a build could not read or could not believe, one line for a person each."""

from enum import StrEnum

from corpus.parts import Frozen, Text


class Level(StrEnum):
    """How bad it is: an `error` means that something was lost, a `warning` that somebody should look."""

    WARNING = "warning"
    ERROR = "error"


class Issue(Frozen):
    """One problem met in one record of one source. Issues are work for tomorrow, never a permanent state."""

    source: Text
    key: str = ""
    level: Level = Level.WARNING
    code: Text
    field: str = ""
    message: Text
    raw: str = ""

    def __str__(self) -> str:
        place = " ".join(part for part in (self.source, self.key, self.field) if part)
        return f"{self.level}: {place}: {self.message}" + (f" (was: {self.raw[:120]!r})" if self.raw else "")
