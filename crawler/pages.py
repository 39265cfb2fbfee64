"""Pages of a source on disk: to ask a site whether they changed, and to go on with a run that was interrupted.

One SQLite file a source, beside the store and not in it: it can be deleted at any time and costs no more than
asking again. A page is written in one transaction, so a process that is killed leaves whole pages only.
"""

import datetime as dt
import sqlite3
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# The first is heeded only before there is a table: what is deleted makes the file smaller.
_PRAGMAS = ("PRAGMA auto_vacuum=FULL", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL")
_TABLE = """
CREATE TABLE IF NOT EXISTS page (
    key BLOB PRIMARY KEY, url TEXT NOT NULL, headers BLOB NOT NULL, body BLOB NOT NULL,
    fetched REAL NOT NULL, checked REAL NOT NULL, lasting INTEGER NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer with status 200, as it came over the wire.

    Attributes:
        lasting: worth keeping after the run: the site gave a sign by which it can say that nothing changed.
        checked: when the site last said that this is the page.
    """

    key: bytes
    url: str
    headers: bytes
    body: bytes
    lasting: bool
    checked: dt.datetime


class Pages:
    """The pages of one source, open for the time of a run."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._since: dt.datetime | None = None
        self._began = dt.datetime.min.replace(tzinfo=dt.UTC)

    def open(self, began: dt.datetime, since: dt.datetime | None) -> None:
        """Begin a run, which goes on with what was fetched `since` then and before it `began`."""
        self._began, self._since = began, since
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _connect(self._path)
        except sqlite3.DatabaseError as error:  # half a file or another format: all in it can be asked again
            if "locked" in str(error):  # by a crawl beside this one, which still needs it
                raise
            self._remove()
            self._connection = _connect(self._path)

    def clear(self) -> None:
        """Forget everything."""
        self._run("DELETE FROM page")

    def get(self, key: bytes) -> Page | None:
        """The page that an earlier request with this key was answered with."""
        query = "SELECT key, url, headers, body, lasting, checked FROM page WHERE key = ?"
        row = self._run(query, key).fetchone()
        if row is None:
            return None
        key, url, headers, body, lasting, checked = row
        return Page(key, url, headers, zlib.decompress(body), bool(lasting), _moment(checked))

    def is_of_resumed_run(self, page: Page) -> bool:
        """Whether the page came in the interrupted run, so that it need not be asked again."""
        return self._since is not None and self._since <= page.checked < self._began

    def put(self, page: Page) -> None:
        """Keep a page as it came. Where that fails, as on a full disk, it will be asked for again."""
        at = page.checked.timestamp()
        row = (page.key, page.url, page.headers, zlib.compress(page.body, 6), at, at, page.lasting)
        with suppress(sqlite3.Error):
            self._run("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", *row)

    def confirm(self, key: bytes, headers: bytes, now: dt.datetime) -> None:
        """The site says that the page is still the same."""
        self._run("UPDATE page SET headers = ?, checked = ? WHERE key = ?", headers, now.timestamp(), key)

    def forget(self, url: str) -> None:
        """Drop a page that was of no use: next time it is asked for without a condition."""
        self._run("DELETE FROM page WHERE url = ?", url)

    def close(self, good: bool, interrupted: bool, keep: dt.timedelta, now: dt.datetime) -> None:
        """End the run.

        A good one leaves the pages by which the site can be asked for changes, none older than `keep`. One that
        was interrupted leaves all, to go on with. One that failed takes along what it brought: whatever made it
        fail must not be believed to be unchanged next time.
        """
        if self._connection is None:
            return
        try:
            if good:
                self._run("DELETE FROM page WHERE NOT lasting OR checked < ?", (now - keep).timestamp())
            elif not interrupted:
                self._run("DELETE FROM page WHERE fetched >= ?", (self._since or self._began).timestamp())
        except sqlite3.Error:  # a full disk, say: what cannot be sorted out must not be believed
            self._connection.close()
            self._remove()
        else:
            self._connection.close()
        self._connection = None

    def _remove(self) -> None:
        for file in self._path.parent.glob(f"{self._path.name}*"):
            file.unlink()

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        if self._connection is None:
            raise RuntimeError(f"{self._path} is not open")
        return self._connection.execute(statement, values)


def _moment(timestamp: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(timestamp, dt.UTC)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.execute(_TABLE)
        connection.execute("SELECT key, url, headers, body, fetched, checked, lasting FROM page LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
