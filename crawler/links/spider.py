"""Asks whether addresses still answer: with the manners of the crawler, and never for what lies inside a network.

`HEAD` is asked first, on condition that the page changed; only where a site answers that with an error it is asked for
the page itself. Redirects are followed within the hosts that were checked; one that leads elsewhere means that the
address answers.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from twisted.internet.defer import CancelledError
from twisted.python.failure import Failure

from corpus.desk.fetch import Resolve, is_public, resolve
from corpus.desk.linkbook import Answer, Checked, Link
from crawler.base import explain
from crawler.settings import CrawlSettings, scrapy_settings
from crawler.turns import Turns

_REFUSALS = frozenset({401, 403, 405, 406, 407, 429, 451, 999})
"""Statuses with which a site turns programs away; they say nothing of the page."""
_UNCHANGED = 304
_FIRST_ERROR = 400
_MOST_REDIRECTS = 4
_MOST_BYTES = 2_000_000
"""Of a page that is asked for as a whole; a larger one answers, which is all that is asked."""


class LinkSpider(Spider):
    """Asks for each address once."""

    name = "links"

    def __init__(self, urls: Sequence[str], known: Mapping[str, Link], hosts: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen: dict[str, Checked] = {}
        self.allowed_domains = sorted(hosts)
        self.turns = Turns()
        self.unread_robots: dict[str, str] = {}
        self._urls = urls
        self._known = known

    async def start(self) -> AsyncIterator[Request]:
        """Ask for all of them; the one request at a time of each host is seen to below."""
        for url in self._urls:
            yield self._ask(url, url, "HEAD", 0)

    def _ask(self, url: str, address: str, method: str, hops: int) -> Request:
        """Ask for an address on behalf of the `url` that led to it."""
        known = self._known.get(url) if address == url else None
        signs = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
        return Request(
            address,
            method=method,
            headers={name: sign for name, sign in signs.items() if sign},
            callback=self.on_answer,
            errback=self.on_silence,
            cb_kwargs={"url": url, "hops": hops},
            dont_filter=True,
            meta={"handle_httpstatus_all": True, "dont_redirect": True, "download_maxsize": _MOST_BYTES},
        )

    def on_answer(self, response: Response, url: str, hops: int) -> Iterator[Request]:
        """Note what an answer means, or ask on."""
        status, head = response.status, response.request is not None and response.request.method == "HEAD"
        if head and status >= _FIRST_ERROR:
            yield self._ask(url, response.url, "GET", hops)
        elif (further := self._further(response)) and hops < _MOST_REDIRECTS:
            yield self._ask(url, further, "HEAD", hops + 1)
        else:
            self.seen[url] = self._checked(response, url)

    def _further(self, response: Response) -> str | None:
        """Where a redirect leads, if that is a host that may be asked."""
        location = (response.headers.get("Location") or b"").decode("latin-1")
        if not location or not 300 <= response.status < _FIRST_ERROR or response.status == _UNCHANGED:
            return None
        target = urljoin(response.url, location)
        return target if urlsplit(target).hostname in self.allowed_domains else None

    def _checked(self, response: Response, url: str) -> Checked:
        status, known = response.status, self._known.get(url)
        etag, modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
        if status == _UNCHANGED and known:
            etag, modified = etag or known.etag, modified or known.modified
        return Checked(url, meaning(status), status, "", etag, modified)

    def on_silence(self, failure: Failure) -> None:
        """No answer: the site is not there, or we may not ask."""
        request: Any = getattr(failure, "request", None)
        url = request.cb_kwargs["url"]
        if isinstance(failure.value, CancelledError | DownloadCancelledError):
            self.seen[url] = Checked(url, Answer.ALIVE, None, "it is large")
            return
        answer = Answer.REFUSED if isinstance(failure.value, IgnoreRequest) else Answer.FAILED
        self.seen[url] = Checked(url, answer, None, explain(failure, self.unread_robots))


def meaning(status: int) -> Answer:
    """What a status says of an address."""
    if status in _REFUSALS:
        return Answer.REFUSED
    return Answer.FAILED if status >= _FIRST_ERROR else Answer.ALIVE


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def check_links(
    urls: Sequence[str], known: Mapping[str, Link], settings: CrawlSettings, resolver: Resolve = resolve
) -> list[Checked]:
    """Ask whether addresses answer. Scrapy can do this once in a process.

    Raises:
        CrawlSettingsError: nobody could reach whoever runs this.
    """
    everywhere = bool(settings.crawl_replica)
    hosts, refused = _hosts(urls, (lambda *_: ["127.0.0.1"]) if everywhere else resolver, everywhere)
    wanted = [url for url in urls if urlsplit(url).hostname in hosts]
    off = {"HTTPCACHE_ENABLED": False, "ITEM_PIPELINES": {}, "RETRY_TIMES": 1, "AUTOTHROTTLE_ENABLED": False}
    configured = scrapy_settings(settings)
    middlewares = {**configured["DOWNLOADER_MIDDLEWARES"], "crawler.cache.Cache": None}
    process = AsyncCrawlerProcess({**configured, **off, "DOWNLOADER_MIDDLEWARES": middlewares})
    crawler = process.create_crawler(LinkSpider)
    process.crawl(crawler, urls=wanted, known=known, hosts=hosts)
    process.start()
    seen: dict[str, Checked] = getattr(crawler.spider, "seen", {})
    return [*refused, *seen.values()]


def _hosts(
    urls: Sequence[str], resolver: Callable[[str, int], list[str]], everywhere: bool
) -> tuple[set[str], list[Checked]]:
    """Hosts that may be asked; and the addresses on others, with the reason."""
    found: dict[str, str] = {}
    for url in urls:
        host = urlsplit(url).hostname or ""
        if host not in found:
            found[host] = _obstacle(host, resolver, everywhere)
    hosts = {host for host, obstacle in found.items() if not obstacle}
    refused = [
        Checked(url, Answer.FAILED if obstacle.startswith("there is no") else Answer.REFUSED, None, obstacle)
        for url in urls
        if (obstacle := found[urlsplit(url).hostname or ""])
    ]
    return hosts, refused


def _obstacle(host: str, resolver: Callable[[str, int], list[str]], everywhere: bool) -> str:
    """Why a host is not asked; empty where it may be."""
    try:
        addresses = resolver(host, 443)
    except (OSError, UnicodeError):
        return f"there is no {host}"
    if everywhere or (addresses and all(map(is_public, addresses))):
        return ""
    return f"{host} is not on the open internet"
