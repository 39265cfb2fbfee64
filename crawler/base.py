"""Base spiders, one by each way of access: pages of a search, and a list with its details.

A spider asks and hands bytes to its parser; it reads nothing itself. What a parser cannot trust ends the run.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy import Request
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from corpus.issues import Issue, Level
from corpus.raw import RawRecord
from crawler.bodies import ends, readable
from crawler.downloads import retry_after
from crawler.errors import ShapeError, SourceError, said
from crawler.files import SAVE, SAVED
from crawler.metadata import SourceConfig
from crawler.multipart import CONTENT_TYPE, multipart
from crawler.parsing import Parsed
from crawler.recorder import Recorder
from crawler.turns import Turns

Output = Iterator[Request | RawRecord | Issue | Parsed]


class SourceSpider(scrapy.Spider, ABC):
    """What all spiders share: their source, their run, and what to do when an answer does not come."""

    def __init__(self, config: SourceConfig, recorder: Recorder, turns: Turns | None = None, **kwargs: Any) -> None:
        super().__init__(name=config.id, **kwargs)
        self.config = config
        self.recorder = recorder
        self.turns = turns or Turns()
        self.unread_robots: dict[str, str] = {}  # by host: why its robots.txt could not be read
        self.allowed_domains = list(config.hosts)

    def reject(self, reason: str) -> CloseSpider:
        """Fail the run; raise what comes back to stop asking."""
        self.recorder.reject(reason)
        return CloseSpider("rejected")

    def trusting(self, output: Iterable[Request | RawRecord | Issue | Parsed]) -> Output:
        """Pass a parser's output on; an answer that cannot be trusted ends the run."""
        try:
            yield from output
        except SourceError as error:
            raise self.reject(str(error)) from error

    def download(self, url: str, callback: Callable[..., Output], **cb_kwargs: Any) -> Request:
        """Ask for a big file. The callback finds it with `saved`; it is removed when the run ends.

        An answer that does not come ends the run, as the file is all there is. A callback that yields very many
        records should yield them as `Parsed`, some hundreds at a time: each thing yielded costs Scrapy a moment.
        """
        meta = {SAVE: True, "dont_cache": True}
        return Request(url, callback=callback, errback=self.on_lost, cb_kwargs=cb_kwargs, meta=meta)

    def settle(self) -> Iterable[Issue]:
        """Called before the run ends: whatever was asked and never answered, such as a redirect to another site."""
        return ()

    def leftovers(self) -> Iterable[RawRecord | Issue]:
        """What was read and would have been handed on only with more answers: a probe asks for few."""
        return ()

    def on_lost(self, failure: Failure) -> None:
        """An answer without which the run is not whole did not come."""
        raise self.reject(explain(failure, self.unread_robots))


def saved(response: Response) -> Path:
    """The file that a download left."""
    return Path(response.meta[SAVED])


def explain(failure: Failure, unread_robots: Mapping[str, str] = MappingProxyType({})) -> str:
    """Why an answer did not come, in one sentence."""
    request = getattr(failure, "request", None)
    parts = urlsplit(request.url) if request is not None else None
    place = f"{parts.hostname}{parts.path}" if parts else "the source"
    error = failure.value
    if isinstance(error, HttpError):
        wait = retry_after(error.response, dt.datetime.now(dt.UTC))
        later = f" and asks to be left alone for {wait:.0f} seconds" if wait else ""
        return f"{place} answered with status {error.response.status}{later}"
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if parts and parts.netloc in unread_robots:
            return f"{place} was not asked: robots.txt {unread_robots[parts.netloc]}"
        if "robots" in text.lower():
            return f"robots.txt of {parts.hostname if parts else 'the source'} forbids {parts.path if parts else ''}"
        return f"{place} was not asked: {text}"
    return f"{place} did not answer: {type(error).__name__}: {said(error)}".rstrip(": ")


def items(parsed: Parsed) -> Output:
    """Records and issues of a parser."""
    yield from parsed.records
    yield from parsed.issues


def of_page(parsed: Parsed, url: str) -> Output:
    """Records and issues of a page; the records remember which page was asked for them."""
    for record in parsed.records:
        yield record if record.page else record.model_copy(update={"page": url})
    yield from parsed.issues


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


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list: addresses of details, further pages of the list, and what was odd about it.

    `parsed` holds records that the list itself tells, for sources whose list says it all. `lists` are other lists
    that the page leads to (an index of lists, a page before the list): they are asked whatever the page names
    itself, while `more` is asked only if it named something new.
    """

    urls: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    more: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    parsed: Parsed = field(default_factory=Parsed)


class ListSpider(SourceSpider):
    """Reads one list or several, each in one page or many, and then every page that they link to.

    A list starts at every address of `urls` whose name is `list` or begins with `list_`. The same detail is
    asked once, however many lists name it. A list without end, or one that gives the same page for ever
    because it ignores the number of the page, ends when a page names nothing new.
    """

    most_pages = 500  # of one list: more is a list that does not end

    most_lost = 0.1  # records of a page that does not come are kept; more than a tenth is not the same list

    @abstractmethod
    def read_list(self, body: bytes, url: str) -> Listing:
        """Read the list."""

    @abstractmethod
    def read_detail(self, body: bytes, url: str) -> Parsed:
        """Read one page."""

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the first page of every list."""
        self._lost = 0
        self._ends = False
        self._details: set[str] = set()
        self._waiting: set[str] = set()
        self._lists: set[str] = set()
        self._unread: set[str] = set()
        for name, url in self.config.urls.items():
            if name == "list" or name.startswith("list_"):
                yield self._ask_list(url)

    def _ask_list(self, url: str) -> Request:
        self._lists.add(url)
        self._unread.add(url)
        return Request(url, callback=self.on_list, errback=self.on_lost, cb_kwargs={"url": url})

    def settle(self) -> Iterable[Issue]:
        """A page that never came is lost; without a whole list there is no run."""
        for url in sorted(self._unread):
            self.recorder.reject(f"{url} did not come: is it redirected in a circle or to another site?")
        if self._unread:
            return []
        self._check_lost("see the issues")
        return [
            self._count_lost(url, f"{url} did not come: is it redirected in a circle or elsewhere?")
            for url in sorted(self._waiting)
        ]

    def on_list(self, response: Response, url: str) -> Output:
        """Ask for every page that the list names, and for its next pages."""
        yield from self.trusting(self._on_list(response, url))

    def _on_list(self, response: Response, url: str) -> Output:
        body = readable(response)
        listing = self.read_list(body, response.url)
        self._ends = self._ends or bool(ends(body))
        self._unread.discard(url)
        fresh = [detail for detail in dict.fromkeys(listing.urls) if detail not in self._details]
        self._details.update(fresh)
        self._waiting.update(fresh)
        yield from listing.issues
        yield from items(listing.parsed)
        for detail in fresh:
            yield Request(detail, callback=self.on_detail, errback=self.on_detail_lost, cb_kwargs={"url": detail})
        yield from self._next_pages(listing.lists)
        if fresh or listing.parsed.records:
            yield from self._next_pages(listing.more)

    def _next_pages(self, more: Iterable[str]) -> Output:
        for url in more:
            if url not in self._lists:
                if len(self._lists) >= self.most_pages:
                    raise ShapeError(f"{url}: more than {self.most_pages} pages of lists: does the list end?")
                yield self._ask_list(url)

    def on_detail(self, response: Response, url: str) -> Output:
        """Read a page; one of another shape is lost, one that refuses us ends the run."""
        yield from self.trusting(self._on_detail(response, url))

    def _on_detail(self, response: Response, url: str) -> Output:
        self._waiting.discard(url)
        try:
            yield from of_page(self.read_detail(self._whole(response), url), url)
        except ShapeError as error:
            yield from self._lose(url, str(error), response.url)
        except SourceError:
            raise
        except Exception as error:  # whatever one page holds, the other pages must survive it
            yield from self._lose(url, f"{url} could not be read: {type(error).__name__}: {error}", response.url)

    def _whole(self, response: Response) -> bytes:
        body = readable(response)
        if self._ends and ends(body) is False:  # not every site closes its pages, but this one does
            raise ShapeError(f"{response.url} is cut off: it does not end as the list does")
        return body

    def on_detail_lost(self, failure: Failure) -> Output:
        """One page did not come."""
        request = getattr(failure, "request", None)
        url = request.cb_kwargs["url"] if request is not None else ""
        self._waiting.discard(url)
        yield from self._lose(url, explain(failure, self.unread_robots))

    def _lose(self, url: str, reason: str, answered: str | None = None) -> Output:
        yield self._count_lost(url, reason, answered)
        if self.recorder.rejected:
            raise CloseSpider("rejected")

    def _count_lost(self, url: str, reason: str, answered: str | None = None) -> Issue:
        self._lost += 1
        if not self._unread:  # until then nobody knows how many pages there are
            self._check_lost(reason)
        message = reason + self.recorder.lose(url, answered)
        return Issue(source=self.config.id, key=url, level=Level.ERROR, code="lost_page", message=message)

    def _check_lost(self, reason: str) -> None:
        if self._lost > self.most_lost * len(self._details):
            self.recorder.reject(f"{self._lost} of {len(self._details)} pages could not be read: {reason}")
