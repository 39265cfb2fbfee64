"""robots.txt, obeyed where Scrapy's own middleware does not.

One that cannot be read forbids everything (RFC 9309, section 2.3.1.4); Scrapy takes it for a permission. A site that
has none (404 and the like) may be asked.
"""

import asyncio
from collections import defaultdict
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.robotstxt import RobotParser

from crawler.errors import said

_FORBIDDEN = b"User-agent: *\nDisallow: /\n"
_TOO_MANY = 429


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, one request after the other until the rules of a host are known.

    In Scrapy 2.19 of several requests that wait for the same robots.txt only the first is told what it says; the
    others are let through.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the host of a request."""
        async with self._locks[urlsplit(request.url).netloc]:
            return await super().robot_parser(request)


class UnreadRobots:
    """Puts a robots.txt that forbids everything in place of one that did not come. Sits above the retries."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy builds it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Errors of the server, and 'too many requests'."""
        if not _asks_for_robots(request) or (response.status < 500 and response.status != _TOO_MANY):
            return response
        return self._forbid(request, f"answered with status {response.status}")

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """No answer at all."""
        if not _asks_for_robots(request) or isinstance(exception, IgnoreRequest):
            return None
        return self._forbid(request, f"did not answer: {type(exception).__name__}: {said(exception)}")

    def _forbid(self, request: Request, reason: str) -> Response:
        spider: Any = self._crawler.spider
        spider.unread_robots[urlsplit(request.url).netloc] = reason
        return TextResponse(request.url, body=_FORBIDDEN)


def _asks_for_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt")) and urlsplit(request.url).path == "/robots.txt"
