"""The last step before the wire: waits that a host asks for, big files, and rehearsals on a replica.

This is a download handler and no middleware on purpose. It sits below robots.txt, retries, redirects and the
limit of one request per host, so all of them see the address of the real site, the replica included.
"""

import asyncio
import datetime as dt
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.url import url_is_from_any_domain

from crawler.files import SAVE, Limits, download, folder_of
from crawler.turns import Turns

_COME_BACK_LATER = (429, 503)


class PoliteDownloads(HTTP11DownloadHandler):
    """Downloads over HTTP as Scrapy does, with Retry-After, files and the replica."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._replica = crawler.settings.get("ISOPOLIS_REPLICA") or ""
        self._longest = crawler.settings.getfloat("ISOPOLIS_RETRY_AFTER_MAX")
        self._hosts = list(getattr(crawler.spider, "allowed_domains", ()))
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._turns: Turns = getattr(crawler.spider, "turns", None) or Turns()
        self._limits = Limits(
            crawler.settings.getint("ISOPOLIS_FILE_MAX"),
            crawler.settings.getfloat("DOWNLOAD_TIMEOUT"),
            crawler.settings.getfloat("ISOPOLIS_FILE_TIMEOUT"),
            crawler.settings.getint("ISOPOLIS_FILE_HEAD"),
        )
        self._files = folder_of(Path(crawler.settings["ISOPOLIS_DOWNLOADS"]), source_of(crawler))
        self._verify = crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")

    async def download_request(self, request: Request) -> Response:
        """Send a request when it is our turn; let nobody else ask the host for as long as it asks us to wait."""
        self._refuse_strangers(request)
        url = replica_url(self._replica, request.url) if self._replica else request.url
        host = urlsplit(request.url).netloc
        async with self._turns.take(host, self._delay):
            if left := self._turns.closed_for(host):
                raise IgnoreRequest(f"{host} asks to be left alone for another {left:.0f} seconds")
            response = await self._send(request, url)
            await self._wait(request, host, retry_after(response, dt.datetime.now(dt.UTC)))
        return response.replace(url=request.url)

    async def _wait(self, request: Request, host: str, seconds: float) -> None:
        """Come back no earlier than the host asks; if that is later than we can wait, not at all in this run."""
        if seconds <= self._longest:
            await asyncio.sleep(seconds)
        else:
            self._turns.close(host, seconds)
            request.meta["dont_retry"] = True

    def _refuse_strangers(self, request: Request) -> None:
        """Scrapy lets a redirected request that may be repeated go anywhere; `hosts` is a promise."""
        if not url_is_from_any_domain(request.url, self._hosts):
            raise IgnoreRequest(f"{urlsplit(request.url).hostname} is no host of this source")

    async def _send(self, request: Request, url: str) -> Response:
        if request.meta.get(SAVE):
            return await download(request, url, self._files, self._limits, self._verify)
        return await super().download_request(request.replace(url=url) if url != request.url else request)


def source_of(crawler: Crawler) -> str:
    """The source that a crawler reads; handlers are made when it is known."""
    if crawler.spider is None:
        raise RuntimeError("nothing is downloaded before a spider is there")
    return str(crawler.spider.name)


def replica_url(replica: str, url: str) -> str:
    """Where a replica keeps the answer for an address: `{replica}/{host}{path}`."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{replica}/{parts.netloc}{parts.path or '/'}{query}"


def retry_after(response: Response, now: dt.datetime) -> float:
    """Seconds for which an answer asks to be left alone: a number, or a date; 0 when it does not say."""
    if response.status not in _COME_BACK_LATER:
        return 0.0
    header = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if header.isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
