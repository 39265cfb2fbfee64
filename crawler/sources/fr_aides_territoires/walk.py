"""What was received of a list that is walked page by page, against what the list says that it holds."""

from collections.abc import Iterable

from corpus.issues import Issue
from crawler.recorder import Recorder
from crawler.sources.fr_aides_territoires.answer import Page, following

_MOST_MISSING = 0.02  # aids come and go while we read; more is not the same list


class Received:
    """Counts the aids of a list as its pages come."""

    def __init__(self) -> None:
        self.total = 0
        self.rows = 0
        self._seen: set[str] = set()

    def take(self, page: Page, url: str) -> tuple[str, ...]:
        """Count a page; the address of the next one, if there is one to be asked for."""
        self.total = page.total
        self.rows += len(page.rows)
        self._seen.update(str(row.get("id")) for row in page.rows)
        return (following(url),) if page.follows and self.rows < page.total else ()

    def settle(self, recorder: Recorder) -> Iterable[Issue]:
        """A list of which much is missing is not the list; of which little is, somebody should know."""
        missing = max(0, self.total - len(self._seen))
        said = f"{len(self._seen)} of {self.total} aids received"
        if missing > _MOST_MISSING * self.total:
            recorder.reject(said)
        elif missing:
            yield Issue(source=recorder.config.id, key="list", code="incomplete", message=said)
