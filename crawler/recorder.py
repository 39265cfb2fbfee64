"""The run of one source while it is crawled: opened late, ended once, whatever happens."""

import datetime as dt
from collections.abc import Callable

from corpus.issues import Issue
from corpus.raw import RawRecord
from corpus.runs import Run, RunSummary
from corpus.store import Store
from crawler.metadata import SourceConfig

Clock = Callable[[], dt.datetime]
_SHOWN = 3


class Recorder:
    """Takes the records and issues of one crawl and decides how its run ends."""

    def __init__(self, config: SourceConfig, store: Store, clock: Clock, tick: Callable[[], None]) -> None:
        self.config = config
        self.clock = clock
        self.summary: RunSummary | None = None
        self._store = store
        self._tick = tick
        self._run: Run | None = None
        self._reasons: list[str] = []

    def begin(self) -> None:
        """Open the run in the store."""
        if self._run is None:
            self._run = self._store.begin_run(self.config.meta(), self.clock())

    def add(self, item: RawRecord | Issue) -> None:
        """Keep a record or an issue."""
        if self._run is None:
            raise RuntimeError(f"{self.config.id}: something was crawled before its run began")
        if isinstance(item, Issue):
            self._run.report(item)
        else:
            self._run.add(item)
            self._tick()

    def reject(self, reason: str) -> None:
        """The run cannot be trusted any more: it will end as failed, with this reason."""
        if reason not in self._reasons:
            self._reasons.append(reason)

    @property
    def rejected(self) -> bool:
        """Whether the run will fail."""
        return bool(self._reasons)

    def end(self, finished: bool) -> RunSummary:
        """End the run, once. Without `finished` it was interrupted."""
        if self.summary is not None:
            return self.summary
        self.begin()
        if self._run is None:
            raise RuntimeError(f"{self.config.id}: the run did not begin")
        if not finished:
            self.reject("interrupted")
        if self._reasons:
            more = len(self._reasons) - _SHOWN
            said = "; ".join(self._reasons[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
            self.summary = self._run.fail(self.clock(), f"{said}; kept the last good data")
        else:
            self.summary = self._run.finish(self.clock())
        return self.summary
