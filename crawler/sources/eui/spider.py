"""Reads the list of calls, their pages, and the pages of standing calls that the list does not name."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.eui.parse import parse_detail, parse_list


class EuiSpider(ListSpider):
    """One list, then one page a call."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Addresses of all calls, the standing ones of `source.yml` included."""
        found, following = parse_list(body, url, self.config)
        standing = (address for name, address in self.config.urls.items() if name.startswith("page_"))
        return Listing((*found, *standing), more=(following,) if following else ())

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The page of one call."""
        return parse_detail(body, url, self.config, self.recorder.clock())
