"""Reads the paged list of good practices and the page of each."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.urbact.parse import parse_detail, parse_list


class UrbactSpider(ListSpider):
    """A list of many pages, then one page a practice."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of the practices of a page, and of the next page."""
        found, following = parse_list(body, url, self.config)
        return Listing(tuple(found), more=(following,) if following else ())

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one practice."""
        return parse_detail(body, url, self.config, self.recorder.clock())
