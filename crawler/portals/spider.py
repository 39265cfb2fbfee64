"""Asks a portal: its lists, the pages that they name, and the pages that those lead to."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.base import Output
from crawler.errors import ShapeError
from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.portals.listing import name_of
from crawler.portals.model import PortalConfig
from crawler.portals.page import read_links
from crawler.recorder import Recorder


class PortalSpider(ListSpider):
    """A list, and pages that hold together by links: the list names a call, its page names its tabs."""

    config: PortalConfig

    def __init__(self, config: PortalConfig, recorder: Recorder, **kwargs: Any) -> None:
        super().__init__(config, recorder, **kwargs)
        self._written: dict[str, str] = {}

    @abstractmethod
    def parse_list(self, body: bytes, url: str, now: dt.datetime) -> tuple[list[str], list[str], Parsed]:
        """Read a list with the parser of the family."""

    @abstractmethod
    def parse_page(self, body: bytes, url: str, now: dt.datetime) -> Parsed:
        """Read a page with the parser of the family."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Pages that a list names, and its further pages."""
        found, more, told = self.parse_list(body, url, self.recorder.clock())
        return Listing(self._once(found), more=tuple(more), parsed=told)

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """A page that may tell of a call."""
        return self.parse_page(body, url, self.recorder.clock())

    def _on_detail(self, response: Response, url: str) -> Output:
        yield from super()._on_detail(response, url)
        try:
            found = read_links(response.body, response.url, self.config)
        except ShapeError:  # the page is lost already
            return
        yield from self._follow(self._once(found))

    def _once(self, addresses: Iterable[str]) -> tuple[str, ...]:
        """Each page by the address by which it was first named: links differ in `www.` and in the last slash."""
        return tuple(dict.fromkeys(self._written.setdefault(name_of(address), address) for address in addresses))

    def _follow(self, addresses: Iterable[str]) -> Output:
        """Ask for pages that no list named; bounded, as a site may link without end."""
        fresh = [address for address in addresses if address not in self._details]
        for address in fresh[: max(0, self.most_pages - len(self._details))]:
            self._details.add(address)
            self._waiting.add(address)
            yield Request(address, self.on_detail, errback=self.on_detail_lost, cb_kwargs={"url": address})
