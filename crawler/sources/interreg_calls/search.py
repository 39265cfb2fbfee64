"""Finds the search key that a site shows to its own page: in the page, or in one of its scripts."""

from abc import abstractmethod
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.base import Output, SourceSpider
from crawler.sources.interreg_calls.query import application, find_key, no_key, scripts


def unkept(url: str, callback: Any, errback: Any, **told: Any) -> Request:
    """A request whose answer is not kept on disk: it holds a key, and a key that was kept would be of no use."""
    return Request(url, callback=callback, errback=errback, cb_kwargs=told, meta={"dont_cache": True})


class KeySpider(SourceSpider):
    """A spider that may ask only when it has found the key of a search."""

    @abstractmethod
    def ask(self, key: str, number: int) -> Request:
        """Ask for one page of the answer."""

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the page of calls."""
        self.application = application(self.config)
        yield unkept(self.config.urls["page"], self.on_page, self.on_lost)

    def on_page(self, response: Response) -> Output:
        """Look for the key in the page itself, then in one script after the other."""
        yield from self.trusting(self._look(response, scripts(response.body, response.url, self.config)))

    def on_script(self, response: Response, left: list[str]) -> Output:
        """Look for the key in a script."""
        yield from self.trusting(self._look(response, left))

    def _look(self, response: Response, left: list[str]) -> Output:
        key = find_key(response.body, self.application)
        yield from [self.ask(key, 0)] if key else self._next(left)

    def _next(self, left: list[str]) -> Output:
        if not left:
            raise no_key(self.application)
        yield unkept(left[0], self.on_script, self.on_script_lost, left=left[1:])

    def on_script_lost(self, failure: Any) -> Output:
        """A script did not come: the key may stand in the next one."""
        yield from self.trusting(self._next(failure.request.cb_kwargs["left"]))
