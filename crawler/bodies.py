"""Whether a page arrived as it was meant: in letters that can be read, and to its end.

A parser reads what it can, so a page in the wrong encoding or cut in the middle would give records with
damaged or missing values, and these would replace the good ones.
"""

import re

from scrapy.http import Response, TextResponse
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

from crawler.errors import ShapeError

_REPLACEMENT = "\ufffd"
_TOLERATED = 0.001  # share of letters: a broken byte here and there is the site's own
_HEAD = 2048
_CHARSET = re.compile(rb"""(charset\s*=\s*["']?)[\w.:-]+""", re.IGNORECASE)


def is_markup(body: bytes) -> bool:
    """Whether it looks like HTML or XML, whatever the site calls it."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"\0" not in head


def readable(response: Response) -> bytes:
    """The body of a page in UTF-8, which is what parsers read. Files and data are left as they are.

    Raises:
        ShapeError: the page is in no encoding that it or its site declares.
    """
    body = response.body
    if not isinstance(response, TextResponse) or not is_markup(body):
        return body
    own = body.count(_REPLACEMENT.encode())
    if body.decode("utf-8", "replace").count(_REPLACEMENT) - own <= _TOLERATED * len(body):
        return body
    declared = _declared(response)
    text = body.decode(declared, "replace")
    damaged = text.count(_REPLACEMENT) - own
    if damaged > _TOLERATED * len(body):
        raise ShapeError(f"{response.url} is mis-encoded: {damaged} letters cannot be read as {declared}")
    head, rest = text[:_HEAD].encode(), text[_HEAD:].encode()
    return _CHARSET.sub(rb"\1utf-8", head) + rest


def _declared(response: Response) -> str:
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    found = http_content_type_encoding(header) or html_body_declared_encoding(response.body)
    return (resolve_encoding(found) if found else None) or "utf-8"


def ends(body: bytes) -> bool | None:
    """Whether a page ends with the end of its HTML; None when it is no HTML page."""
    if not is_markup(body) or b"<html" not in body[:_HEAD].lower():
        return None
    return b"</html" in body[-_HEAD:].lower()
