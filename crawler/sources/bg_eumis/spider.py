"""Reads the tree of open procedures and the page of each procedure."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.bg_eumis.parse import parse_detail, parse_list


class BgEumisSpider(ListSpider):
    """One tree, then one page a procedure."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of all open procedures."""
        entries, parsed = parse_list(body, url, self.config)
        return Listing(tuple(entry.url for entry in entries), tuple(parsed.issues))

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one procedure."""
        return parse_detail(body, url, self.config, self.recorder.clock())
