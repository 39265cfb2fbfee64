"""What the pages of many sites have in common: walls in front of them, navigation around them, pages after them."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from parsel import Selector

from crawler.errors import RefusedError, ShapeError
from crawler.html import drop, page, text_of

_WALLS = re.compile(
    r"request rejected|support id is|access denied|just a moment|attention required|checking your browser"
    r"|enable javascript and cookies|verify (?:that )?you are (?:a )?human|captcha",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"log ?in|sign ?in|user login|authentication required", re.IGNORECASE)
_CONSENT = re.compile(r"\bcookies?\b", re.IGNORECASE)
_BROKEN = re.compile(
    r"(?:the website encountered an unexpected error|site under maintenance|(?:page|file) not found|service unavailable"
    r"|temporarily unavailable|internal server error|(?:error )?(?:403|404|500|502|503)\b.*)",
    re.IGNORECASE,
)
_SHORT = 600  # letters: a page with less text than this may be nothing but a wall
_AROUND = (
    "nav, footer, form, dialog, [role=navigation], [role=contentinfo], [role=banner], [role=dialog], [role=alert],"
    " [data-drupal-messages], .messages, .breadcrumb, .visually-hidden"
)
_MAIN = ("main", "[role=main]", "#main-content", "article", "#content", "body")


def open_page(body: bytes, host: str) -> Selector:
    """Parse a page, or say what came in its place: sites answer with status 200 whatever happened.

    Raises:
        RefusedError: a firewall, a login or a question about cookies stands before the page.
        ShapeError: the site says that it is broken or that the page does not exist.
    """
    root = page(body.decode("utf-8", "replace"))
    names = [text_of(node) for node in root.css("title, h1")]
    bodies = root.css("body")
    text = text_of(bodies[0]) if bodies else ""
    if not text:
        raise ShapeError(f"{host} answered with an empty page")
    first = next((name for name in names if name), text.split("\n", 1)[0])
    _refuse(root, host, names, text)
    if any(_BROKEN.match(name) for name in (*names, first)) or (len(text) < _SHORT and _BROKEN.match(text)):
        raise ShapeError(f"{host} answered with status 200 and an error page: {first[:80]!r}")
    return root


def _refuse(root: Selector, host: str, names: list[str], text: str) -> None:
    wall = next((found for part in names if (found := _WALLS.search(part))), None)
    wall = wall or (_WALLS.search(text) if len(text) < _SHORT else None)
    if wall:
        raise RefusedError(f"{host} answered {wall.group()!r} with status 200: a firewall or a check for robots")
    if root.css("input[type=password]") and any(_LOGIN.match(name) for name in names):
        raise RefusedError(f"{host} asks for a login")
    if len(text) < _SHORT and not root.css("h1") and _CONSENT.search(text):
        raise RefusedError(f"{host} answered with nothing but a question about cookies")


def content(root: Selector) -> Selector:
    """The part of a page that is about its subject, without navigation, forms and messages of the site.

    Changes the page: read links of its navigation before.
    """
    drop(root, _AROUND)
    for css in _MAIN:
        found = [node for node in root.css(css) if text_of(node)]
        if found:
            return max(found, key=lambda node: len(text_of(node)))
    return root


def next_page(root: Selector, url: str) -> str | None:
    """Address of the next page of a list numbered `?page=0`, `?page=1`, ...: None where no link leads further."""
    here = _number(url) or 0
    links = (urljoin(url, link.root.get("href") or "") for link in root.css("a[href*='page=']"))
    same = [link for link in links if urlsplit(link).path.rstrip("/") == urlsplit(url).path.rstrip("/")]
    if not any((_number(link) or 0) > here for link in same):
        return None
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "page"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("page", str(here + 1))])))


def _number(url: str) -> int | None:
    """The number of a page in its address; of `page=,,3` (several lists on one page) the last."""
    said = dict(parse_qsl(urlsplit(url).query)).get("page", "").split(",")[-1]
    return int(said) if said.isdecimal() else None
