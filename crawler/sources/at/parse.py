"""Pages of the Austrian portals: prose, and on one site properties with classes; bytes in, records and issues out."""

import datetime as dt

from crawler.parsing import Parsed
from crawler.portals import page
from crawler.portals.model import PortalConfig
from crawler.sources.at.properties import read_properties


def parse_list(
    body: bytes, url: str, config: PortalConfig, fetched_at: dt.datetime
) -> tuple[list[str], list[str], Parsed]:
    """Read a page that lists calls.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page neither links to a page of a call nor tells of one.
    """
    return page.read_list(body, url, config, fetched_at, read_properties)


def parse_page(body: bytes, url: str, config: PortalConfig, fetched_at: dt.datetime) -> Parsed:
    """Read a page that may tell of a call.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page has no heading.
    """
    return page.read_call(body, url, config, fetched_at, read_properties)
