"""Pop and audit: every field of a source record is mapped, ignored by name, or raises an issue.

A record is consumed destructively. What is left at the end and not named under `ignored` in the source's
`source.yml` becomes an issue, so a new field of a source is noticed on the day it appears.
"""

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any, TypeVar

from corpus.errors import ValueReadError
from corpus.issues import Issue, Level
from crawler.metadata import Mapping as Words

T = TypeVar("T")
_RAW_LIMIT = 500


class IssueLog:
    """Collects the issues of one source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.items: list[Issue] = []

    def add(self, key: str, field: str, code: str, message: str, raw: object = "") -> None:
        """Something that somebody should look at."""
        self._append(Level.WARNING, key, field, code, message, raw)

    def lost(self, key: str, field: str, code: str, message: str, raw: object = "") -> None:
        """Something that could not be kept."""
        self._append(Level.ERROR, key, field, code, message, raw)

    def _append(self, level: Level, key: str, field: str, code: str, message: str, raw: object) -> None:
        shown = str(raw).replace("\0", "")[:_RAW_LIMIT].encode(errors="replace").decode()  # JSON can hold half a letter
        self.items.append(
            Issue(source=self.source, key=key, level=level, code=code, field=field, message=message, raw=shown)
        )


class Fields:
    """The fields of one source record, taken out one by one."""

    def __init__(self, values: Mapping[str, Any], key: str, log: IssueLog, ignored: Mapping[str, str]) -> None:
        self._left = dict(values)
        self._ignored = ignored
        self.key = key
        self.log = log

    def names(self) -> tuple[str, ...]:
        """Names of the fields that were not taken out yet."""
        return tuple(self._left)

    def pop(self, name: str) -> Any:
        """Take a field out as it is; None when the record does not have it."""
        return self._left.pop(name, None)

    def texts(self, name: str) -> tuple[str, ...]:
        """Take out a text or a list of texts; empty texts are absent ones."""
        value = self.pop(name)
        values = value if isinstance(value, list) else [value]
        found = []
        for item in values:
            if isinstance(item, str):
                found.append(item.replace("\0", "").strip())  # PostgreSQL keeps no NUL
            elif item is not None:
                self.odd(name, "shape", f"expected text, found {type(item).__name__}", item)
        return tuple(text for text in found if text)

    def text(self, name: str) -> str | None:
        """Take out one text. Several different ones are an issue; the first is kept."""
        values = self.texts(name)
        if len(set(values)) > 1:
            self.odd(name, "several", f"expected one value, found {len(values)}; kept the first", list(values))
        return values[0] if values else None

    def code(self, name: str, words: Words) -> str | None:
        """Take out one value and give its word; an unknown value is an issue, never something else."""
        value = self.text(name)
        codes = self._codes(name, value, words) if value else ()
        return codes[0] if codes else None

    def codes(self, name: str, words: Words) -> tuple[str, ...]:
        """Take out all values and give their words, each once, in order."""
        return self.words(name, self.texts(name), words)

    def words(self, name: str, values: Iterable[str], words: Words) -> tuple[str, ...]:
        """Words for values that were already taken out of a field, each once, in order."""
        found = [code for value in values for code in self._codes(name, value, words)]
        return tuple(dict.fromkeys(found))

    def _codes(self, name: str, value: str, words: Words) -> tuple[str, ...]:
        found = words.codes(value)
        if found is None:
            self.odd(name, "unmapped_value", f"the value is not among those of source.yml ({words.to})", value)
            return ()
        return found

    def odd(self, name: str, code: str, message: str, raw: object = "") -> None:
        """Report a field that somebody should look at."""
        self.log.add(self.key, name, code, message, raw)

    def audit(self) -> None:
        """Report every field that is left and not ignored by name."""
        for name, value in self._left.items():
            if value in (None, "", [], {}) or self._is_ignored(name):
                continue
            self.odd(name, "unknown_field", "a field that is neither mapped nor ignored in source.yml", value)
        self._left = {}

    def _is_ignored(self, name: str) -> bool:
        return name in self._ignored or any(fnmatchcase(name, known) for known in self._ignored if "*" in known)


def read(fields: Fields, name: str, value: str | None, reader: Callable[[str], T]) -> T | None:
    """Read a value strictly; what cannot be read is an issue with the raw value, and unknown."""
    if value is None:
        return None
    try:
        return reader(value)
    except ValueReadError as error:
        fields.odd(name, "unreadable", str(error), value)
        return None
