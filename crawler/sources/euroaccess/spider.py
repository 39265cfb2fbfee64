"""Reads the table of calls and the page of each call."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.euroaccess.parse import parse_detail, parse_list


class EuroAccessSpider(ListSpider):
    """One table without pages, then one page a call."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of all calls."""
        return Listing(tuple(entry.url for entry in parse_list(body, url)))

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one call."""
        return parse_detail(body, url, self.config, self.recorder.clock())
