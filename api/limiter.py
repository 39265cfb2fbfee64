"""How often one client may ask for what is costly, or for what could be guessed.

Counted by `limits` over a sliding window, in the memory of this process or in what several processes share
(`ISOPOLIS_API_LIMIT_STORAGE`). A client is the address from which the request came; behind a proxy that is named in
`ISOPOLIS_API_PROXIES` it is the one that this proxy saw (see `api.app`), and never one that a client merely claims.
"""

import math
import re
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import RateLimiter, SlidingWindowCounterRateLimiter
from starlette.requests import Request

from api.errors import TooManyError
from api.settings import ApiSettings

_LANGUAGE = r"/[a-z]{2}"
_PASSWORDS = r"sign-in|invitation/.+|reset/.+|account/(password|erase)"
_NETWORK = 64
"""Bits of an IPv6 address that one household or office has: the rest it chooses freely."""
_READS = frozenset({"GET", "HEAD"})
_POSTS = frozenset({"POST"})


@dataclass(frozen=True, slots=True)
class Kind:
    """Requests that are counted together."""

    name: str
    methods: frozenset[str]
    path: re.Pattern[str]
    limits: tuple[RateLimitItem, ...]
    guarded: bool = False  # counted for the machine itself as well: a secret could be guessed


class Limiter:
    """Counts, and refuses what is too much."""

    def __init__(self, settings: ApiSettings) -> None:
        """Without a storage nothing is counted."""
        self._counter = None
        if settings.limit_storage:
            self._counter = SlidingWindowCounterRateLimiter(storage_from_string(settings.limit_storage))
        self._kinds = _kinds(settings)

    @property
    def on(self) -> bool:
        """Whether anything is counted."""
        return self._counter is not None

    def check(self, request: Request) -> None:
        """Count a request.

        Raises:
            TooManyError: it is one too many; says after how many seconds the next one is answered.
        """
        if self._counter is None:
            return
        client = client_of(request)
        for kind in self._kinds:
            if request.method in kind.methods and kind.path.fullmatch(request.url.path):
                for limit in kind.limits if kind.guarded or not _is_own(client) else ():
                    _count(self._counter, limit, kind.name, client)


def _is_own(client: str) -> bool:
    """Whether the machine asks itself: its owner's scripts, or a proxy that nobody named, behind which all are one."""
    try:
        return ip_address(client).is_loopback
    except ValueError:
        return False


def _count(counter: RateLimiter, limit: RateLimitItem, name: str, client: str) -> None:
    if not counter.hit(limit, name, client):
        free = counter.get_window_stats(limit, name, client).reset_time
        raise TooManyError(max(1, math.ceil(free - time.time())))


def _kinds(settings: ApiSettings) -> tuple[Kind, ...]:
    """What is counted; the first part of each is what a request must look like."""
    ideas, files, letters, secrets = (
        tuple(parse_many(text)) if text else ()
        for text in (settings.limit_ideas, settings.limit_files, settings.limit_letters, settings.limit_secrets)
    )
    found = (
        Kind("ideas", _POSTS, re.compile(rf"/v1/match|{_LANGUAGE}/|{_LANGUAGE}/answer\.\w+"), ideas),
        Kind("files", _READS, re.compile(rf"{_LANGUAGE}/(calls|practices)\.\w+|{_LANGUAGE}/calls/.+\.ics"), files),
        Kind("letters", _POSTS, re.compile(rf"{_LANGUAGE}/(alerts(/idea)?|desk/forgotten)"), letters, guarded=True),
        Kind(
            "secrets",
            _READS | _POSTS,
            re.compile(rf"{_LANGUAGE}/alerts/(confirm|stop|dismiss)/.+"),
            secrets,
            guarded=True,
        ),
        Kind("passwords", _POSTS, re.compile(rf"{_LANGUAGE}/desk/({_PASSWORDS})"), secrets, guarded=True),
    )
    return tuple(kind for kind in found if kind.limits)


def client_of(request: Request) -> str:
    """Who asks: an address, and of an IPv6 address its network."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None and not address.is_loopback:
        return str(IPv6Address(int(address) >> (128 - _NETWORK) << (128 - _NETWORK)))
    return str(address)
