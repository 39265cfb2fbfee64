"""Issues of a file with a hundred thousand rows: the first of each kind, and how many more there were."""

from collections import Counter

from corpus.issues import Issue, Level
from crawler.fields import IssueLog

_SHOWN = 20


class CappedLog(IssueLog):
    """A log that keeps the first issues of a kind and counts the others."""

    def __init__(self, source: str, place: str) -> None:
        super().__init__(source)
        self._place = place
        self._seen: Counter[tuple[Level, str, str]] = Counter()

    def _append(self, level: Level, key: str, field: str, code: str, message: str, raw: object) -> None:
        kind = (level, code, field)
        self._seen[kind] += 1
        if self._seen[kind] <= _SHOWN:
            super()._append(level, key, field, code, message, raw)

    def take(self) -> list[Issue]:
        """Issues since the last time."""
        taken, self.items = self.items, []
        return taken

    def rest(self) -> list[Issue]:
        """One line for each kind of which not all were kept."""
        for (level, code, field), number in sorted(self._seen.items()):
            if number > _SHOWN:
                text = f"{number - _SHOWN:,} more issues of this kind ({code})"
                super()._append(level, self._place, field, "more", text, "")
        self._seen.clear()
        return self.take()
