"""What the service answers from: opened once, and opened again when a newer index is put in use."""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from pathlib import Path

from corpus.errors import CorpusError
from corpus.snapshot import Snapshot
from matcher.assemble import system_clock
from matcher.engine import Matcher
from matcher.errors import MatcherError
from matcher.places import Places

logger = logging.getLogger("isopolis.api")


class Service:
    """Holds the matcher. A newer index is noticed at the next question; until it is open, the old one answers."""

    def __init__(
        self, home: Path, open_matcher: Callable[[], Matcher], clock: Callable[[], dt.datetime] = system_clock
    ) -> None:
        """`open_matcher` builds a matcher from what is in use in the home folder; `clock` says what time it is."""
        self.clock = clock
        self._pointers = (home / "snapshots" / "current", home / "index" / "current")
        self._snapshots = home / "snapshots"
        self._open = open_matcher
        self._lock = threading.Lock()
        self._matcher: Matcher | None = None
        self._retired: Matcher | None = None
        self._seen: tuple[str, ...] = ()
        self._towns: Places | None = None
        self._file_of_towns = home / "places.db"

    def places(self) -> Places:
        """Towns by their names; the file is made at the first start of the service."""
        with self._lock:
            if self._towns is None:
                self._towns = Places(self._file_of_towns)
        return self._towns

    def matcher(self) -> Matcher:
        """The matcher for what is in use.

        Raises:
            CorpusError, MatcherError: something is missing or does not fit; the text says what to run.
        """
        now = self._in_use()
        if self._matcher is None:
            with self._lock:
                if self._matcher is None:
                    self._matcher, self._seen = self._open(), now
        elif now != self._seen and self._lock.acquire(blocking=False):
            try:
                self._renew(now)
            finally:
                self._lock.release()
        return self._matcher

    def _renew(self, now: tuple[str, ...]) -> None:
        """Open what is newly in use; where that fails, the old one goes on until something changes again."""
        try:
            renewed = self._open()
            # The one before may still be answering; the one before that no longer is.
            if self._retired is not None:
                self._retired.close()
            self._retired, self._matcher = self._matcher, renewed
        except (CorpusError, MatcherError) as error:
            # For example a snapshot whose index is still being built.
            logger.warning("what is newly in use cannot be opened, the one before answers: %s", error)
        self._seen = now

    def snapshot(self) -> Snapshot:
        """The snapshot in use: records can be shown even while there is no index.

        Raises:
            SnapshotError: none was built yet.
        """
        if self._matcher is not None and self._in_use() == self._seen:
            return self._matcher.snapshot
        return Snapshot.current(self._snapshots)

    def _in_use(self) -> tuple[str, ...]:
        return tuple(path.read_text(encoding="utf-8") if path.exists() else "" for path in self._pointers)
