"""Pages of the Dutch portals, which are all prose: bytes in, records and issues out."""

from crawler.portals.page import read_call as parse_page
from crawler.portals.page import read_list as parse_list

__all__ = ["parse_list", "parse_page"]
