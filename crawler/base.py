"""What all spiders share: how they ask, how they give what a parser read, and how they say why an answer did not come.

A spider asks and hands bytes to its parser; it reads nothing itself. What a parser cannot trust ends the run.
"""

import datetime as dt
from abc import ABC
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy import Request
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from corpus.issues import Issue
from corpus.raw import RawRecord
from crawler.downloads import retry_after
from crawler.errors import SourceError, said
from crawler.files import SAVE, SAVED
from crawler.metadata import SourceConfig
from crawler.parsing import Parsed
from crawler.recorder import Recorder
from crawler.turns import Turns

Output = Iterator[Request | RawRecord | Issue | Parsed]


class SourceSpider(scrapy.Spider, ABC):
    """What all spiders share: their source, their run, and what to do when an answer does not come."""

    def __init__(self, config: SourceConfig, recorder: Recorder, turns: Turns | None = None, **kwargs: Any) -> None:
        super().__init__(name=config.id, **kwargs)
        self.config = config
        self.recorder = recorder
        self.turns = turns or Turns()
        self.unread_robots: dict[str, str] = {}  # by host: why its robots.txt could not be read
        self.allowed_domains = list(config.hosts)

    def reject(self, reason: str) -> CloseSpider:
        """Fail the run; raise what comes back to stop asking."""
        self.recorder.reject(reason)
        return CloseSpider("rejected")

    def trusting(self, output: Iterable[Request | RawRecord | Issue | Parsed]) -> Output:
        """Pass a parser's output on; an answer that cannot be trusted ends the run."""
        try:
            yield from output
        except SourceError as error:
            raise self.reject(str(error)) from error

    def download(self, url: str, callback: Callable[..., Output], **cb_kwargs: Any) -> Request:
        """Ask for a big file. The callback finds it with `saved`; it is removed when the run ends.

        An answer that does not come ends the run, as the file is all there is. A callback that yields very many
        records should yield them as `Parsed`, some hundreds at a time: each thing yielded costs Scrapy a moment.
        """
        meta = {SAVE: True, "dont_cache": True}
        return Request(url, callback=callback, errback=self.on_lost, cb_kwargs=cb_kwargs, meta=meta)

    def settle(self) -> Iterable[Issue]:
        """Called before the run ends: whatever was asked and never answered, such as a redirect to another site."""
        return ()

    def leftovers(self) -> Iterable[RawRecord | Issue]:
        """What was read and would have been handed on only with more answers: a probe asks for few."""
        return ()

    def on_lost(self, failure: Failure) -> None:
        """An answer without which the run is not whole did not come."""
        raise self.reject(explain(failure, self.unread_robots))


def saved(response: Response) -> Path:
    """The file that a download left."""
    return Path(response.meta[SAVED])


def explain(failure: Failure, unread_robots: Mapping[str, str] = MappingProxyType({})) -> str:
    """Why an answer did not come, in one sentence."""
    request = getattr(failure, "request", None)
    parts = urlsplit(request.url) if request is not None else None
    place = f"{parts.hostname}{parts.path}" if parts else "the source"
    error = failure.value
    if isinstance(error, HttpError):
        wait = retry_after(error.response, dt.datetime.now(dt.UTC))
        later = f" and asks to be left alone for {wait:.0f} seconds" if wait else ""
        return f"{place} answered with status {error.response.status}{later}"
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if parts and parts.netloc in unread_robots:
            return f"{place} was not asked: robots.txt {unread_robots[parts.netloc]}"
        if "robots" in text.lower():
            return f"robots.txt of {parts.hostname if parts else 'the source'} forbids {parts.path if parts else ''}"
        return f"{place} was not asked: {text}"
    return f"{place} did not answer: {type(error).__name__}: {said(error)}".rstrip(": ")


def items(parsed: Parsed) -> Output:
    """Records and issues of a parser."""
    yield from parsed.records
    yield from parsed.issues


def of_page(parsed: Parsed, url: str) -> Output:
    """Records and issues of a page; the records remember which page was asked for them."""
    for record in parsed.records:
        yield record if record.page else record.model_copy(update={"page": url})
    yield from parsed.issues
