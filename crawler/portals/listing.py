"""Which pages of a portal may tell of a call: by their addresses, as nobody has seen the site's markup."""

import re
from fnmatch import fnmatchcase
from urllib.parse import urljoin, urlsplit, urlunsplit

from parsel import Selector

from crawler.portals.model import PortalConfig

FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|ods|zip)$", re.IGNORECASE)
_NUMBERED = frozenset(("page", "pagina", "seite", "p"))


def place_of(url: str) -> str:
    """Path and query of an address, without the last slash."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/") or "/"
    return f"{path}?{parts.query}" if parts.query else path


def name_of(url: str) -> str:
    """Host, path and query of a page: what it is called here, however a link to it is written."""
    return (urlsplit(url).hostname or "").removeprefix("www.") + place_of(url)


def pages_named(root: Selector, url: str, config: PortalConfig) -> list[str]:
    """Addresses on a page that may be pages of calls, each once, without the page itself."""
    chosen = root.css(config.site.links) if config.site.links else []
    if chosen:
        found = [address for node in chosen for address in _addresses(node, url) if _is_here(address, config)]
    else:
        found = [address for address in _addresses(root, url) if is_page(address, config)]
    return [address for address in dict.fromkeys(found) if name_of(address) != name_of(url)]


def is_page(url: str, config: PortalConfig) -> bool:
    """Whether an address is that of a page that may tell of a call."""
    place, site = place_of(url).casefold(), config.site
    if not _is_here(url, config) or _bare(url) in {_bare(address) for address in site.lists}:
        return False
    if FILE.search(urlsplit(url).path):
        return False
    refused = (*site.not_pages, *(f"*{period}*" for period in config.family.signs.past))
    return _fits(place, site.pages) and not _fits(place, refused)


def further_pages(root: Selector, url: str) -> list[str]:
    """Links to the same list with another number of its page, as they are written: some count from 0, some from 1."""
    return [address for address in dict.fromkeys(_addresses(root, url)) if _is_numbered(address, url)]


def _addresses(node: Selector, url: str) -> list[str]:
    joined = (urlsplit(urljoin(url, link.attrib["href"].strip())) for link in node.css("a[href]"))
    return [urlunsplit(parts._replace(fragment="")) for parts in joined if parts.scheme in ("http", "https")]


def _is_here(url: str, config: PortalConfig) -> bool:
    return urlsplit(url).hostname in config.hosts


def _bare(url: str) -> str:
    return name_of(url).partition("?")[0]


def _fits(place: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(place, pattern.casefold()) for pattern in patterns)


def _is_numbered(address: str, url: str) -> bool:
    parts, here = urlsplit(address), urlsplit(url)
    name, _, value = parts.query.partition("=")
    same = parts.netloc == here.netloc and parts.path.rstrip("/") == here.path.rstrip("/")
    return same and name in _NUMBERED and value.isdecimal()
