"""Lists of calls: pages that have the address of a call, and further pages of the list."""

import re
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from crawler.errors import ShapeError
from crawler.html import links
from crawler.sources.pl_fundusze.model import PortalConfig
from crawler.webpage import open_page

_PAGE = re.compile(r"(?:^|_)(?:page|paged|strona|str|p|cur)$", re.IGNORECASE)
_IN_PATH = re.compile(r"/(?:page|strona)/(\d+)/?$")


def read_list(body: bytes, url: str, config: PortalConfig) -> tuple[list[str], list[str]]:
    """Addresses of the calls that a page names, and of pages of the list that come after it.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page names no call.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    found = [urldefrag(urljoin(url, address.replace(" ", "%20"))).url for address, _ in _links(root)]
    here = [address for address in dict.fromkeys(found) if urlsplit(address).hostname in config.hosts]
    calls = [address for address in here if re.fullmatch(config.portal.link, unquote(urlsplit(address).path))]
    if not calls:
        raise ShapeError(f"{url} links to no page of a call ({config.portal.link})")
    further = [address for address in here if address not in calls and number_of(address) > number_of(url)]
    return calls, [address for address in further if _of_list(address, config)]


def _links(root: object) -> list[tuple[str, str]]:
    """Links, those to pages of the list included, which may be nothing but a query."""
    found = links(root)  # type: ignore[arg-type]
    return [*found, *((href, "") for href in root.css("a::attr(href)").getall() if href.startswith("?"))]  # type: ignore[attr-defined]


def number_of(url: str) -> int:
    """The number of a page of a list, in its path or its query; the first page may have none."""
    parts = urlsplit(url)
    in_path = _IN_PATH.search(parts.path)
    said = [value for name, value in parse_qsl(parts.query) if _PAGE.search(name) and value.isdecimal()]
    return int(in_path[1]) if in_path else int(said[-1]) if said else 1


def _of_list(address: str, config: PortalConfig) -> bool:
    path = _IN_PATH.sub("", urlsplit(address).path).rstrip("/")
    return path in {urlsplit(url).path.rstrip("/") for url in config.portal.lists}
