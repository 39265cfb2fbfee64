"""Reads the cards of the catalogue, page by page; nothing behind the cards is asked."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.portico.parse import parse_list


class PorticoSpider(ListSpider):
    """A list that says it all."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Calls of a page of the catalogue."""
        parsed, following = parse_list(body, url, self.config, self.recorder.clock())
        return Listing(parsed=parsed, more=(following,) if following else ())

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """The cards have no details that are asked."""
        raise NotImplementedError(f"{url} was not asked for")
