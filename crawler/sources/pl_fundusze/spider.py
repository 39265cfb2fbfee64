"""Reads the list of calls of a Polish portal, and the page of each call."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.pl_fundusze.listing import read_list
from crawler.sources.pl_fundusze.model import PortalConfig
from crawler.sources.pl_fundusze.parse import parse_detail


class PlFunduszeSpider(ListSpider):
    """One list, then one page a call."""

    config: PortalConfig

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of calls, and of further pages."""
        calls, more = read_list(body, url, self.config)
        return Listing(tuple(calls), more=tuple(more))

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one call."""
        return parse_detail(body, url, self.config, self.recorder.clock())
