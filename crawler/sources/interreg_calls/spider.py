"""Asks the search of interreg.eu for open and coming calls, page by page, with the key that the site shows."""

from collections.abc import Iterable

from scrapy import Request
from scrapy.http import Response

from corpus.issues import Issue
from crawler.base import Output, items
from crawler.sources.interreg_calls.parse import check_total, parse_hits, read_answer
from crawler.sources.interreg_calls.query import headers, question
from crawler.sources.interreg_calls.search import KeySpider, unkept


class InterregCallsSpider(KeySpider):
    """The page of calls, its scripts until the key is found, then the pages of one question."""

    _received, _whole = 0, False

    def settle(self) -> Iterable[Issue]:
        """Without the last page of the answer there is no run."""
        if not self._whole:
            self.recorder.reject("the search was not asked to its end: is an address redirected to another site?")
        return ()

    def ask(self, key: str, number: int) -> Request:
        """Ask for one page of the answer."""
        asked = unkept(self.config.urls["search"], self.on_answer, self.on_lost, key=key, number=number)
        head = headers(self.application, key)
        return asked.replace(method="POST", headers=head, body=question(number), dont_filter=True)

    def on_answer(self, response: Response, key: str, number: int) -> Output:
        """Give the rows to the parser, and ask for the next page."""
        yield from self.trusting(self._on_answer(response, key, number))

    def _on_answer(self, response: Response, key: str, number: int) -> Output:
        answer = read_answer(response.body)
        self._received += len(answer.hits)
        yield from items(parse_hits(answer.hits, self.config, self.recorder.clock()))
        if number + 1 < answer.pages and answer.hits:
            yield self.ask(key, number + 1)
            return
        check_total(self._received, answer.total)
        self._whole = True
