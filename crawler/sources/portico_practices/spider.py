"""Reads the sitemap, then the pages of those parts of the site that tell of practices."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.portico_practices.parse import parse_detail, parse_list


class PorticoPracticesSpider(ListSpider):
    """One sitemap or several, then one page a practice."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of practices, and of further sitemaps."""
        found = parse_list(body, url, self.config)
        return Listing(found.pages, lists=found.sitemaps, parsed=Parsed(ignored=found.left_out))

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one practice."""
        return parse_detail(body, url, self.config, self.recorder.clock())
