"""Answers of the interface of Aides-territoires: the token, and the pages of the list."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.errors import RefusedError, ShapeError

HOST = "aides-territoires.beta.gouv.fr"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: how many aids there are in all, those that it carries, whether another page follows."""

    total: int
    rows: tuple[dict[str, Any], ...]
    follows: bool


def read_token(body: bytes) -> str:
    """The token that a key was exchanged for. What the answer holds never goes into a message.

    Raises:
        RefusedError: a web page came instead.
        ShapeError: the answer has no token.
    """
    data = _decode(body)
    token = data.get("token") if isinstance(data, dict) else None
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or " " in token or not token:
        raise ShapeError(f"{HOST} took the key and gave no token: did the way to log in change?")
    return token


def read_page(body: bytes) -> Page:
    """Read a page of the list.

    Raises:
        RefusedError: a web page came instead.
        ShapeError: it is no page of the list, or no aid says whether the EU pays it.
    """
    data = _decode(body)
    if not isinstance(data, dict) or not isinstance(data.get("results"), list):
        raise ShapeError(f"{HOST} answered without a list of results: {_said(data)}")
    total, rows = data.get("count"), data["results"]
    if not isinstance(total, int) or isinstance(total, bool):
        raise ShapeError(f"{HOST} does not say how many aids there are (count)")
    if total == 0 or not rows:
        raise ShapeError(f"{HOST} answered with an empty page of {total} aids: does it still know our filter?")
    if not all(isinstance(row, dict) for row in rows):
        raise ShapeError(f"{HOST} answered with results that are no aids")
    if not any("european_aid" in row for row in rows):
        raise ShapeError(f"{HOST}: no aid has the field european_aid, by which EU money is known")
    return Page(total, tuple(rows), bool(data.get("next")))


def _decode(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        if body.lstrip()[:1] == b"<":
            raise RefusedError(f"{HOST} answered with a web page instead of data: maintenance or a firewall") from error
        raise ShapeError(f"{HOST} answered with something that is no JSON, or with half of it") from error


def _said(data: Any) -> str:
    """What an error answer says of itself."""
    names = ("message", "detail", "title")
    said = next((str(data[name]) for name in names if data.get(name)), "") if isinstance(data, dict) else ""
    return repr(said[:120]) if said else "it says nothing of itself"


def following(url: str) -> str:
    """Address of the next page. Ours is counted on: the one that an answer names may lead elsewhere, with our token."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    query["page"] = str(int(query.get("page", "1")) + 1)
    return urlunsplit(parts._replace(query=urlencode(query)))
