"""A spider for a search that answers in pages of rows: several questions, each walked to its end.

A question whose rows are missing is walked twice. What its parser cannot trust ends the run.
"""

from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.http import Response

from corpus.issues import Issue
from corpus.raw import RawRecord
from crawler.base import Output, SourceSpider, items
from crawler.errors import ShapeError
from crawler.multipart import CONTENT_TYPE, multipart
from crawler.parsing import Parsed


@dataclass(slots=True)
class Walk:
    """One question to a search, walked page by page. `read` gets all rows, or each page when `by_page` is set."""

    name: str
    url: str
    parts: dict[str, Any]
    read: Callable[[list[dict[str, Any]]], Parsed]
    by_page: bool = False
    passes: int = 1
    received: int = 0  # in this pass, rows that were seen before included
    found: int = 0  # in this pass, rows that were not seen before
    seen: set[str] = field(default_factory=set)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def take(self, page: "Page") -> list[dict[str, Any]]:
        """Count the rows of a page and give those that were not seen before."""
        fresh = {key: row for key, row in page.rows if key not in self.seen}
        self.received += len(page.rows)
        self.found += len(fresh)
        self.seen.update(fresh)
        return list(fresh.values())

    def again(self) -> None:
        """Begin the second pass."""
        self.passes, self.received, self.found = 2, 0, 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an answer: how many rows there are in all, and the rows that it carries, each with its key."""

    total: int
    rows: tuple[tuple[str, dict[str, Any]], ...]


class SearchSpider(SourceSpider):
    """Walks the pages of questions to a search until all rows were received."""

    page_size = 100
    most_rows = 10_000  # no search gives more rows of one question
    most_missing = 0.02  # replicas of an index disagree a little; more is not the same answer

    @abstractmethod
    def walks(self) -> Iterable[Walk]:
        """The questions."""

    @abstractmethod
    def read_page(self, body: bytes) -> Page:
        """Read the envelope of a page."""

    async def start(self) -> AsyncIterator[Any]:
        """Ask the first page of every question."""
        self._unfinished = {walk.name: walk for walk in self.walks()}
        for walk in list(self._unfinished.values()):
            yield self._ask(walk, 1)

    def settle(self) -> Iterable[Issue]:
        """A question that was not walked to its end fails the run."""
        for name in self._unfinished:
            self.recorder.reject(f"{name}: no answer came: is the address redirected in a circle or to another site?")
        return ()

    def leftovers(self) -> Iterable[RawRecord | Issue]:
        """Rows of questions that were not walked to their end."""
        for walk in self._unfinished.values():
            if walk.rows:
                parsed = walk.read(walk.rows)
                yield from parsed.records
                yield from parsed.issues

    def _ask(self, walk: Walk, number: int) -> Request:
        return Request(
            f"{walk.url}&pageSize={self.page_size}&pageNumber={number}",
            method="POST",
            headers={"Content-Type": CONTENT_TYPE, "Accept": "application/json"},
            body=multipart(walk.parts),
            callback=self.on_page,
            errback=self.on_lost,
            cb_kwargs={"walk": walk, "number": number},
            dont_filter=True,  # the second pass asks the same again
            meta={"dont_cache": walk.passes > 1},  # and wants another answer
        )

    def on_page(self, response: Response, walk: Walk, number: int) -> Output:
        """Take the rows of a page; go on, ask again, or give what was found to the parser."""
        yield from self.trusting(self._on_page(response, walk, number))

    def _on_page(self, response: Response, walk: Walk, number: int) -> Output:
        page = self.read_page(response.body)
        if page.total > self.most_rows:
            raise ShapeError(f"{walk.name}: {page.total} rows, but only {self.most_rows} can be reached: split it")
        fresh = walk.take(page)
        if walk.by_page:
            yield from items(walk.read(fresh))
        else:
            walk.rows += fresh
        if page.rows and walk.received < page.total:  # not by page size: the search may give smaller pages
            yield self._ask(walk, number + 1)
        elif len(walk.seen) < page.total and walk.passes == 1:
            walk.again()  # pages shift between replicas of an index: a second walk finds what the first lost
            yield self._ask(walk, 1)
        else:
            yield from self._complete(walk, page.total)

    def _complete(self, walk: Walk, total: int) -> Output:
        del self._unfinished[walk.name]
        missing = total - len(walk.seen)
        # A second pass that gave every row and none that was new: the index itself holds some rows twice.
        repeated = walk.passes == 2 and walk.received >= total and walk.found == 0
        if missing > self.most_missing * total and not repeated:
            raise ShapeError(f"{walk.name}: {len(walk.seen)} of {total} rows received")
        if missing > 0:
            message = f"{len(walk.seen)} different rows of {total} received in two passes"
            code = "repeated_rows" if repeated else "incomplete"
            yield Issue(source=self.config.id, key=walk.name, code=code, message=message)
        if not walk.by_page:
            yield from items(walk.read(walk.rows))
