"""Reads the list of calls and the page of each call."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.lt_esinvesticijos.parse import parse_detail, parse_list


class LtEsInvesticijosSpider(ListSpider):
    """A list in pages, then one page a call."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of the calls of a page, and of further pages."""
        found, more = parse_list(body, url, self.config)
        return Listing(tuple(found), more=tuple(more))

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one call."""
        return parse_detail(body, url, self.config, self.recorder.clock())
