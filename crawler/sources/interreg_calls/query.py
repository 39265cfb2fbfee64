"""Questions to the search of interreg.eu, and the public key that the site's own page asks it with. Pure."""

import json
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from crawler.errors import ShapeError
from crawler.metadata import SourceConfig
from crawler.webpage import open_page

INDEX = "prod_en-us_content"
FILTER = "contentType:callForProjectsPage AND (callStatus:Open OR callStatus:Forthcoming)"
PAGE_SIZE = 100
_TOKEN = re.compile(r"[\"'](?P<token>[0-9a-f]{32}|(?!sha\d{3}-)[A-Za-z0-9+/_-]{60,}={0,2})[\"']")
_NEAR = 600  # letters between the application and its key
_MOST_SCRIPTS = 40


def application(config: SourceConfig) -> str:
    """Name of the search application: the first part of its host, in capital letters."""
    return (urlsplit(config.urls["search"]).hostname or "").split("-")[0].upper()


def find_key(body: bytes, name: str) -> str | None:
    """The search key that stands beside the name of the application, in a page or in a script."""
    text = unescape(body.decode("utf-8", "replace"))
    places = [match.start() for match in re.finditer(re.escape(name), text, re.IGNORECASE)]
    found = []
    for match in _TOKEN.finditer(text):
        distance = min((abs(match.start() - place) for place in places), default=_NEAR + 1)
        if distance <= _NEAR:
            called_key = "key" in text[max(0, match.start() - 40) : match.start()].lower()
            found.append((not called_key, distance, match["token"]))
    return min(found)[2] if found else None


def scripts(body: bytes, url: str, config: SourceConfig) -> list[str]:
    """Scripts of a page on the site's own hosts, in their order.

    Raises:
        RefusedError: a wall stands before the page.
    """
    text = unescape(body.decode("utf-8", "replace"))
    open_page(body, urlsplit(url).hostname or url)
    found = (urljoin(url, src) for src in re.findall(r"<script\b[^>]*?\bsrc=[\"']?([^\"'\s>]+)", text, re.IGNORECASE))
    own = [address for address in found if urlsplit(address).hostname in config.hosts]
    return list(dict.fromkeys(own))[:_MOST_SCRIPTS]


def no_key(name: str) -> ShapeError:
    """The site does not show its key any more: say what a person must look at."""
    return ShapeError(
        f"no search key beside the application {name} in the page of calls and its scripts: has the site changed its "
        "search? Look at the request to *.algolia.net that the page makes in a browser"
    )


def question(number: int) -> bytes:
    """The body that asks for one page of open and coming calls."""
    asked = {"indexName": INDEX, "filters": FILTER, "hitsPerPage": PAGE_SIZE, "page": number, "query": ""}
    return json.dumps({"requests": [asked]}).encode()


def headers(name: str, key: str) -> dict[str, str]:
    """The key goes into the head of the request: addresses are written into logs."""
    shown = {"X-Algolia-Application-Id": name, "X-Algolia-API-Key": key}
    return shown | {"Content-Type": "application/json", "Accept": "application/json"}
