"""The run of one source while it is crawled: opened late, ended once, whatever happens."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from corpus.issues import Issue
from corpus.raw import RawRecord
from corpus.runs import KEPT, Run, RunSummary, Terms
from corpus.store import Store
from crawler.metadata import SourceConfig
from crawler.pages import Pages

Clock = Callable[[], dt.datetime]
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What a crawl was asked for.

    Attributes:
        fresh: begin from the beginning: neither go on with an interrupted run nor use any page that is kept.
        accept: take records that lost a field since the last good run.
        resume_within: an interrupted run that began longer ago is not gone on with.
        keep_pages: pages that no good run has seen for so long are dropped.
    """

    fresh: bool = False
    accept: bool = False
    resume_within: dt.timedelta = dt.timedelta(days=1)
    keep_pages: dt.timedelta = dt.timedelta(days=30)

    def terms(self) -> Terms:
        """What of it concerns the store."""
        return Terms(None if self.fresh else self.resume_within, self.accept)


class Recorder:
    """Takes the records and issues of one crawl and decides how its run ends."""

    def __init__(
        self,
        config: SourceConfig,
        store: Store,
        clock: Clock,
        tick: Callable[[], None],
        pages: Pages | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.config = config
        self.clock = clock
        self.pages = pages
        self.summary: RunSummary | None = None
        self._store = store
        self._tick = tick
        self._plan = plan or Plan()
        self._run: Run | None = None
        self._reasons: list[str] = []

    def begin(self) -> None:
        """Open the run in the store, and the pages of earlier ones."""
        if self._run is not None:
            return
        now = self.clock()
        self._run = self._store.begin_run(self.config.meta(), now, self._plan.terms())
        if self.pages:
            self.pages.open(now, self._run.resumed)
            if self._plan.fresh:
                self.pages.clear()

    def add(self, item: RawRecord | Issue) -> None:
        """Keep a record or an issue."""
        if isinstance(item, Issue):
            self._begun().report(item)
        else:
            self._begun().add(item)
            self._tick()

    def lose(self, asked: str, answered: str | None = None) -> str:
        """A page that is listed could not be read: its records stay as they are, itself is not believed again.

        Args:
            asked: the address of the page.
            answered: the address that answered in its place, after a redirect.

        Returns:
            What became of its records, to be added to a message.
        """
        for url in {asked, answered or asked}:
            if self.pages:
                self.pages.forget(url)
        last = self._begun().keep(asked)
        return f"; kept what it told on {last:%Y-%m-%d}" if last else "; it never told a record"

    def skip(self, why: str) -> None:
        """Do not run at all: the source is not set up here. Nothing is written, its records stay as they are."""
        now = self.clock()
        self.summary = RunSummary(0, self.config.id, now, now, "skipped", 0, 0, 0, 0, 0, 0, why)

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
        if self.summary is None:
            try:
                self.summary = self._end(finished)
            except Exception as error:  # whatever the store does, the runs of the other sources must be ended
                self.summary = self._unwritten(error)
            self._close_pages(self.summary.status)
        return self.summary

    def _end(self, finished: bool) -> RunSummary:
        self.begin()
        run, now = self._begun(), self.clock()
        if self._reasons:
            return run.fail(now, f"{self._said()}; {KEPT}")
        if not finished:
            return run.interrupt(now, f"interrupted; {KEPT}; the same command again goes on")
        return run.finish(now)

    def _said(self) -> str:
        more = len(self._reasons) - _SHOWN
        return "; ".join(self._reasons[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")

    def _unwritten(self, error: Exception) -> RunSummary:
        reasons = [*self._reasons[:_SHOWN], f"the run could not be written: {type(error).__name__}: {error}"]
        now = self.clock()
        return RunSummary(0, self.config.id, now, now, "failed", 0, 0, 0, 0, 0, 0, "; ".join(reasons))

    def _close_pages(self, status: str) -> None:
        if self.pages:
            self.pages.close(status == "ok", status == "interrupted", self._plan.keep_pages, self.clock())

    def _begun(self) -> Run:
        if self._run is None:
            raise RuntimeError(f"{self.config.id}: something was crawled before its run began")
        return self._run
