"""Reads the list of projects and the page of each."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.uia.parse import parse_detail, parse_list


class UiaSpider(ListSpider):
    """One list, then one page a project."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of the projects of a page, and of the next page."""
        found, following = parse_list(body, url, self.config)
        return Listing(tuple(found), more=(following,) if following else ())

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one project."""
        return parse_detail(body, url, self.config, self.recorder.clock())
