"""Exchanges a key for a token, and walks the list with it; a token that expires on the way is renewed."""

from collections.abc import Iterable
from typing import Any

from pydantic import SecretStr
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from corpus.issues import Issue
from crawler.base import Output, explain
from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.fr_aides_territoires.access import NO_KEY, UNAUTHORISED, Access
from crawler.sources.fr_aides_territoires.parse import parse_page
from crawler.sources.fr_aides_territoires.walk import Received


class FrAidesTerritoiresSpider(ListSpider):
    """One token, then page after page."""

    def __init__(self, *args: Any, secret: SecretStr = NO_KEY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._access = Access(self.config.urls["token"], secret, self.on_token, self.on_refused)
        self._received = Received()

    def read_list(self, body: bytes, url: str) -> Listing:
        """The aids of a page."""
        page, parsed = parse_page(body, self.config, self.recorder.clock())
        return Listing(parsed=parsed, lists=self._received.take(page, url))

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """Never asked: the list tells all."""
        raise NotImplementedError(url)

    def _ask_list(self, url: str) -> Request:
        return self._access.ask(super()._ask_list(url))

    def on_token(self, response: Response, page: Request) -> Output:
        """Ask for the page that waits for a token."""
        yield from self.trusting(self._access.take(response.body, page))

    def on_refused(self, failure: Failure) -> None:
        """No token for this key."""
        raise self.reject(f"{explain(failure)}: is {self.config.variable} the key of a user there?")

    def on_list(self, response: Response, url: str) -> Output:
        """Read a page, or renew the token that it does not take."""
        if response.status != UNAUTHORISED:
            yield from super().on_list(response, url)
        elif again := self._access.renew(super()._ask_list(url), response):
            yield again
        else:
            raise self.reject(f"{url} is refused (status 401) even with a new token")

    def settle(self) -> Iterable[Issue]:
        """Compare what came with what the list counts."""
        yield from super().settle()
        yield from self._received.settle(self.recorder)
