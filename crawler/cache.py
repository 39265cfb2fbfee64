"""Scrapy's HTTP cache with our storage: ask whether a page changed, never guess.

Scrapy's own policies answer from the cache while a page is "fresh" by its age, and in place of an error. A
deadline may move on any day, and a site that is down must not look well, so here a page from the cache is
used in two cases only: the site answers that it is unchanged, or it came in the interrupted run that this run
goes on with.
"""

import datetime as dt
from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings
from w3lib.http import headers_dict_to_raw, headers_raw_to_dict

from crawler.pages import Page, Pages

_RESUMED = "of_resumed_run"
_LARGEST = 20_000_000  # bytes: bigger ones cost more to keep than to ask
_SIGNS = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))


class Cache(HttpCacheMiddleware):
    """Scrapy's cache without its answers in place of an error."""

    def process_exception(self, request: Request, exception: Exception, spider: Spider | None = None) -> None:  # noqa: ARG002  Scrapy names them
        """A page that did not come did not come."""
        request.meta.pop("cached_response", None)


class Policy:
    """What may be kept, and when it may be used."""

    def __init__(self, settings: BaseSettings) -> None:
        """Scrapy builds it."""

    def should_cache_request(self, request: Request) -> bool:
        """Every question can be asked again; files and repeated questions say `dont_cache` themselves."""
        return request.url.startswith(("http://", "https://"))

    def should_cache_response(self, response: Response, request: Request) -> bool:  # noqa: ARG002  Scrapy names them
        """Whole answers only: no error, no redirect, no 'come back later'."""
        return response.status == 200 and "partial" not in response.flags and len(response.body) <= _LARGEST

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        """Use it without asking if it is of the interrupted run; else ask on condition that it changed."""
        if request.meta.get(_RESUMED):
            return True
        if request.method == "GET":
            for sign, condition in _SIGNS:
                if value := cachedresponse.headers.get(sign):
                    request.headers[condition] = value
        return False

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:  # noqa: ARG002  Scrapy names them
        """Only if the site says so."""
        return response.status == 304


class Storage:
    """Puts pages of a spider into its recorder's `Pages`. A spider without them is not cached."""

    def __init__(self, settings: BaseSettings) -> None:  # noqa: ARG002  Scrapy gives them
        """Scrapy builds it."""
        self._pages: Pages | None = None

    def open_spider(self, spider: Any) -> None:
        """Called when the run has begun."""
        self._pages = spider.recorder.pages
        self._now = spider.recorder.clock
        self._fingerprint = spider.crawler.request_fingerprinter.fingerprint

    def close_spider(self, spider: Any) -> None:
        """The recorder closes the pages, since it knows how the run ended."""

    def retrieve_response(self, spider: Any, request: Request) -> Response | None:  # noqa: ARG002  Scrapy names them
        """The page that this request was answered with before."""
        page = self._pages.get(self._fingerprint(request)) if self._pages else None
        if page is None or self._pages is None:
            return None
        request.meta[_RESUMED] = self._pages.is_of_resumed_run(page)
        headers = Headers(headers_raw_to_dict(page.headers))
        kind = responsetypes.from_args(headers=headers, url=page.url, body=page.body)
        return kind(page.url, status=200, headers=headers, body=page.body)

    def store_response(self, spider: Any, request: Request, response: Response) -> None:  # noqa: ARG002  Scrapy names them
        """Keep an answer; one that came from here was just confirmed by the site."""
        if self._pages is None:
            return
        key, headers, now = self._fingerprint(request), headers_dict_to_raw(response.headers), self._now()
        if "cached" in response.flags:
            self._pages.confirm(key, headers, now)
        else:
            self._pages.put(_page(key, request, response, headers, now))


def _page(key: bytes, request: Request, response: Response, headers: bytes, now: dt.datetime) -> Page:
    control = (response.headers.get("Cache-Control") or b"").lower()
    signs = any(sign in response.headers for sign, _ in _SIGNS)
    lasting = request.method == "GET" and signs and b"no-store" not in control
    return Page(key, request.url, headers, response.body, lasting, now)
