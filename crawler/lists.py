"""A spider for lists of links, each link a page of its own.

A page that is lost keeps its records; a list that is lost, or too many pages, end the run.
"""

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from corpus.issues import Issue, Level
from crawler.base import Output, SourceSpider, explain, items, of_page
from crawler.bodies import ends, readable
from crawler.errors import ShapeError, SourceError
from crawler.parsing import Parsed


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
