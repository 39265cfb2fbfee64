"""What a page is, by its address: one page under several addresses, and things that another register has named.

A thing is never known by its title.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urljoin, urlsplit

from parsel import Selector

from corpus.parts import Identifier
from crawler.html import links
from crawler.metadata import Mapping

_LANGUAGE = re.compile(r"/[a-z]{2}(?=/)")


def path_of(url: str) -> str:
    """The path of an address, without the prefix of a language and without the last slash."""
    path = unquote(urlsplit(url).path).rstrip("/") or "/"
    return _LANGUAGE.sub("", path, count=1) if _LANGUAGE.match(path) else path


def pages_of(root: Selector, url: str, hosts: Sequence[str], path: re.Pattern[str], prefix: str = "") -> list[str]:
    """Addresses of a site's pages that a page links to, by their path, each once and in order.

    The same page is linked with and without `www.`, with a language before its path, with a query and with an
    anchor: it is asked once, on the host of `url`, with `prefix` before its path.
    """
    addresses = (urljoin(url, address) for address, _ in links(root))
    paths = (path_of(address) for address in addresses if urlsplit(address).hostname in hosts)
    return list(dict.fromkeys(urljoin(url, f"{prefix}{found}") for found in paths if path.fullmatch(found)))


def identifiers_of(url: str, pages: Mapping) -> tuple[Identifier, ...]:
    """Identifiers of what a page is about: `pages` maps paths to `scheme:value`."""
    named = (code.split(":", 1) for code in pages.codes(path_of(url)) or ())
    return tuple(Identifier(scheme=scheme, value=value) for scheme, value in named)
