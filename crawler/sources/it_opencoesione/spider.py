"""Reads the index of OpenCoesione; the pages that it links to are not asked."""

from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.it_opencoesione.parse import parse_index


class ItOpencoesioneSpider(ListSpider):
    """One page that tells all."""

    def read_list(self, body: bytes, url: str) -> Listing:
        """Records of the index."""
        return Listing(parsed=parse_index(body, url, self.config, self.recorder.clock()))

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """A further page of the index, should it ever be split: today it links to none."""
        return self.read_list(body, url).parsed
