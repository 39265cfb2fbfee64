"""Things that a page is about and that another register has named: by the page's address, never by its title."""

import re
from urllib.parse import unquote, urlsplit

from corpus.parts import Identifier
from crawler.metadata import Mapping

_LANGUAGE = re.compile(r"/[a-z]{2}(?=/)")


def path_of(url: str) -> str:
    """The path of an address, without the prefix of a language and without the last slash."""
    path = unquote(urlsplit(url).path).rstrip("/") or "/"
    return _LANGUAGE.sub("", path, count=1) if _LANGUAGE.match(path) else path


def identifiers_of(url: str, pages: Mapping) -> tuple[Identifier, ...]:
    """Identifiers of what a page is about: `pages` maps paths to `scheme:value`."""
    named = (code.split(":", 1) for code in pages.codes(path_of(url)) or ())
    return tuple(Identifier(scheme=scheme, value=value) for scheme, value in named)
