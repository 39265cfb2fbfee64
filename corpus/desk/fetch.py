"""One page of the open web, fetched so that nobody can make the service look at what is inside.

The name is resolved once, every address that it has must be public, and the connection goes to that very address, so
that a name which resolves differently a moment later changes nothing. Redirects are followed by hand and checked in
the same way. Size and time are bounded.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from corpus.desk.deadline import transport_until
from corpus.desk.errors import ContentError

MOST_BYTES = 3_000_000
MOST_SECONDS = 15.0
_MOST_REDIRECTS = 4
_SILENCE = 5.0
"""Seconds without a byte."""
_PORTS = {"http": 80, "https": 443}
_TYPES = ("text/html", "application/xhtml+xml")

Resolve = Callable[[str, int], list[str]]
Allowed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came."""

    url: str
    """Where it stands, after redirects."""
    body: bytes


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an address is on the open internet; loopback, private, link-local and reserved ones are not."""
    found = ipaddress.ip_address(address)
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (inner or found).is_global and not found.is_multicast


def fetch_page(
    url: str, *, agent: str = "Isopolis", resolver: Resolve = resolve, allowed: Allowed = is_public
) -> FetchedPage:
    """Fetch a page.

    Args:
        url: its address, http or https.
        agent: how the service names itself.
        resolver: gives the addresses of a name.
        allowed: says which addresses may be asked; tests allow loopback.

    Raises:
        ContentError: the address is refused or does not answer with a page; the text says why.
    """
    until = time.monotonic() + MOST_SECONDS
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _ask(url, agent, resolver, allowed, until)
        if isinstance(answer, FetchedPage):
            return answer
        url = answer
    raise _refused("it is redirected again and again")


def _ask(url: str, agent: str, resolver: Resolve, allowed: Allowed, until: float) -> FetchedPage | str:
    """The page, or the address that it is redirected to."""
    parts = urlsplit(url)
    address = _checked(url, resolver, allowed)
    host = f"[{address}]" if ":" in address else address
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    headers = {"Host": parts.netloc, "User-Agent": agent, "Accept": ", ".join(_TYPES), "Accept-Encoding": "identity"}
    target = f"{parts.scheme}://{host}{port}{parts.path or '/'}{query}"
    try:
        with (
            httpx.Client(timeout=_SILENCE, follow_redirects=False, transport=transport_until(until)) as client,
            client.stream("GET", target, headers=headers, extensions={"sni_hostname": parts.hostname or ""}) as answer,
        ):
            if answer.is_redirect:
                return urljoin(url, answer.headers["location"])
            _check(answer)
            return FetchedPage(url, b"".join(_bounded(answer, until)))
    except httpx.TimeoutException as error:
        raise _refused("it takes too long") from error
    except httpx.HTTPError as error:
        raise _refused(f"it does not answer: {type(error).__name__}") from error


def _checked(url: str, resolver: Resolve, allowed: Allowed) -> str:
    """An address that may be asked."""
    parts = urlsplit(url)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError) as error:
        raise _refused("write an address that begins with https://") from error
    if not parts.hostname or parts.username or parts.password:
        raise _refused("write an address such as https://town.example.org/page")
    try:
        addresses = resolver(parts.hostname, port)
    except (OSError, UnicodeError) as error:
        raise _refused(f"there is no {parts.hostname}") from error
    # All of them: with a public and an inner address the second could be taken.
    if not addresses or not all(map(allowed, addresses)):
        raise _refused(f"{parts.hostname} is not on the open internet")
    return addresses[0]


def _check(answer: httpx.Response) -> None:
    if answer.status_code != httpx.codes.OK:
        raise _refused(f"it answers with status {answer.status_code}")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise _refused(f"it is no page but {kind or 'of unknown kind'}")
    if int(answer.headers.get("content-length") or 0) > MOST_BYTES:
        raise _refused("it is too large")


def _bounded(answer: httpx.Response, until: float) -> Iterator[bytes]:
    size = 0
    for piece in answer.iter_raw():
        size += len(piece)
        if size > MOST_BYTES:
            raise _refused("it is too large")
        if time.monotonic() > until:
            raise _refused("it takes too long")
        yield piece


def _refused(text: str) -> ContentError:
    return ContentError({"url": text})
