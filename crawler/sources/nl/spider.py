"""Asks a Dutch portal."""

import datetime as dt

from crawler.parsing import Parsed
from crawler.portals.spider import PortalSpider
from crawler.sources.nl.parse import parse_list, parse_page


class NlSpider(PortalSpider):
    """One portal of the family."""

    def parse_list(self, body: bytes, url: str, now: dt.datetime) -> tuple[list[str], list[str], Parsed]:
        """Pages that a list names."""
        return parse_list(body, url, self.config, now)

    def parse_page(self, body: bytes, url: str, now: dt.datetime) -> Parsed:
        """A page that may tell of a call."""
        return parse_page(body, url, self.config, now)
