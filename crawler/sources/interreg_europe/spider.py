"""Finds the database of good practices from the page about them, and reads the page of each."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.interreg_europe.parse import parse_detail, parse_list


class InterregEuropeSpider(ListSpider):
    """A page about practices, the pages of their database, then one page a practice."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of practices, of the database, and of its next page."""
        found = parse_list(body, url, self.config)
        following = (found.following,) if found.following else ()
        return Listing(found.practices, more=following, lists=found.lists)

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one practice."""
        return parse_detail(body, url, self.config, self.recorder.clock())
