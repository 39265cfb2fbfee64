"""The last step before the wire: waits that a host asks for, and rehearsals on a replica.

This is a download handler and no middleware on purpose. It sits below robots.txt, retries, redirects and the
limit of one request per host, so all of them see the address of the real site, the replica included.
"""

import asyncio
import datetime as dt
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

_COME_BACK_LATER = (429, 503)


class PoliteDownloads(HTTP11DownloadHandler):
    """Downloads over HTTP as Scrapy does, with Retry-After and the replica."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._replica = crawler.settings.get("ISOPOLIS_REPLICA") or ""
        self._longest = crawler.settings.getfloat("ISOPOLIS_RETRY_AFTER_MAX")

    async def download_request(self, request: Request) -> Response:
        """Send a request; hold the host's only slot for as long as the host asks us to wait."""
        target = request.replace(url=replica_url(self._replica, request.url)) if self._replica else request
        response = await super().download_request(target)
        wait = retry_after(response, dt.datetime.now(dt.UTC)) if response.status in _COME_BACK_LATER else 0.0
        if wait:
            await asyncio.sleep(min(wait, self._longest))
        return response.replace(url=request.url)


def replica_url(replica: str, url: str) -> str:
    """Where a replica keeps the answer for an address: `{replica}/{host}{path}`."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{replica}/{parts.netloc}{parts.path or '/'}{query}"


def retry_after(response: Response, now: dt.datetime) -> float:
    """Seconds that a Retry-After header asks for: a number, or a date; 0 when it is absent or unreadable."""
    header = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if header.isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
