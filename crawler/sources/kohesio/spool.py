"""Kept rows of a file on disk, so that rows of one project are found again wherever they stand.

A project has a row for each of its beneficiaries, and nobody promises that these stand together. Rows of our
subjects go into a SQLite file and come back ordered by project: memory stays the same however long the file is.
"""

import json
import sqlite3
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.sources.kohesio.table import Row

_TABLE = "CREATE TABLE kept (project INTEGER, place INTEGER, twin INTEGER, cells TEXT)"
_INDEXES = (
    "CREATE INDEX by_project ON kept (project, place)",
    "CREATE INDEX by_twin ON kept (twin, project)",
)
# A project comes when one of its rows is the first of its twins. The order does not depend on that of the file.
_FIRST_OF_TWINS = """
    SELECT project, cells FROM kept
    WHERE project IN (SELECT min(project) FROM kept GROUP BY twin)
    ORDER BY project, place
"""
_MEMORY = -32_000  # kilobytes of pages that SQLite may hold
_AT_ONCE = 500


class Spool:
    """A file of kept rows, `rows` of them. Use it as a context: it is removed at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[tuple[int, int, int, str]] = []
        self.rows = 0
        self._db = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> Self:
        # Nothing here outlives the run, so nothing needs to survive a crash.
        for line in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {_MEMORY}"):
            self._db.execute(f"PRAGMA {line}")
        self._db.execute(_TABLE)
        self._db.execute("BEGIN")
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._db.close()
        self._path.unlink(missing_ok=True)

    def add(self, project: int, twin: str, row: Row) -> None:
        """Keep a row of a project; rows with an equal `twin` tell the same story of the same place."""
        digest = int.from_bytes(blake2b(twin.encode(), digest_size=8).digest(), "big", signed=True)
        self.rows += 1
        self._waiting.append((project, self.rows, digest, json.dumps(row, ensure_ascii=False)))
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._db.executemany("INSERT INTO kept VALUES (?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def close_writing(self) -> None:
        """Call it when all rows are in."""
        self._write()
        self._db.execute("COMMIT")
        for line in _INDEXES:
            self._db.execute(line)

    def projects(self) -> Iterator[tuple[int, list[Row]]]:
        """Number and rows of each project, by number, without those that only repeat another one."""
        rows = self._db.execute(_FIRST_OF_TWINS)
        for project, found in groupby(rows, key=lambda row: int(row[0])):
            yield project, [json.loads(cells) for _, cells in found]
