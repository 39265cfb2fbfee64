"""Runs a real spider for a few answers and notes what comes: same robots, same pauses, same parser, no store."""

import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from corpus.issues import Issue
from corpus.raw import RawRecord
from corpus.runs import RunSummary
from crawler.base import SourceSpider
from crawler.errors import CrawlSettingsError
from crawler.files import SAVE, SAVED
from crawler.metadata import SourceConfig
from crawler.parsing import Parsed
from crawler.probing.seen import Answer, Kind, Seen
from crawler.recorder import Clock, Recorder
from crawler.registry import spider_class
from crawler.settings import CrawlSettings, scrapy_settings, secret_of

_MOST: dict[Kind, int] = {"list": 3, "detail": 2, "file": 1, "other": 6}
"""How many answers of a kind are asked for: lists may lead to lists, and some sites want a log-in first."""

FILE_HEAD = 2_000_000
"""Bytes that are read of a big file."""

_NO_STORE: Any = None


class ProbeRecorder(Recorder):
    """Takes what a spider finds, and writes nothing."""

    def __init__(self, config: SourceConfig, clock: Clock) -> None:
        super().__init__(config, _NO_STORE, clock, lambda: None)
        self.seen = Seen(clock())
        self.offered: Counter[Kind] = Counter()

    def begin(self) -> None:
        """There is no run."""

    def add(self, item: RawRecord | Issue) -> None:
        """Note a record or an issue."""
        if isinstance(item, Issue):
            self.seen.issues.append(item)
        else:
            self.seen.records.append(item)

    def lose(self, asked: str, answered: str | None = None) -> str:  # noqa: ARG002  the interface of a recorder
        """Nothing was ever kept."""
        return ""

    def reject(self, reason: str) -> None:
        """Note why a run would have failed."""
        if reason not in self.seen.reasons:
            self.seen.reasons.append(reason)

    def end(self, finished: bool) -> RunSummary:  # noqa: ARG002  the interface of a recorder
        """There is no run to end."""
        now = self.clock()
        return RunSummary(0, self.config.id, now, now, "probed", 0, 0, 0, 0, 0, 0, "")

    @property
    def rejected(self) -> bool:
        """A probe looks at everything that it asked for."""
        return False


def _recorder(crawler: Crawler) -> ProbeRecorder:
    recorder = getattr(crawler.spider, "recorder", None)
    if not isinstance(recorder, ProbeRecorder):
        raise TypeError("a probe needs a probing recorder")
    return recorder


class Notes:
    """An item pipeline of Scrapy that notes what is found."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Note records and issues."""
        parsed = item if isinstance(item, Parsed) else None
        for one in [*parsed.records, *parsed.issues] if parsed else [item]:
            if isinstance(one, RawRecord | Issue):
                _recorder(self._crawler).add(one)
            else:
                _recorder(self._crawler).reject(f"the spider yielded a {type(one).__name__}")
        return item


class Watch:
    """A spider middleware of Scrapy that lets few questions pass and notes every answer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._passed: Counter[Kind] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, and listen."""
        watch = cls(crawler)
        crawler.signals.connect(watch.on_response, signals.response_received)
        crawler.signals.connect(watch.on_error, signals.spider_error)
        return watch

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The first question of a kind only: a source with many lists is one source."""
        async for item in start:
            if not isinstance(item, Request) or (not self._passed[kind_of(item)] and self._passes(item)):
                yield item

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:  # noqa: ARG002  Scrapy names them
        """Records pass, and as many questions as a probe asks."""
        async for item in result:
            if not isinstance(item, Request) or self._passes(item):
                yield item

    def _passes(self, request: Request) -> bool:
        kind = kind_of(request)
        if kind == "detail":
            _recorder(self._crawler).seen.offered += 1
        self._passed[kind] += 1
        return self._passed[kind] <= _MOST[kind]

    def on_response(self, response: Response, request: Request) -> None:
        """Note an answer as it came."""
        kind: Kind = "robots" if request.url.endswith("/robots.txt") else kind_of(request)
        body = _head(response)
        declared = (response.headers.get("Content-Type") or b"").decode("latin-1")
        asked = (request.meta.get("redirect_urls") or [request.url])[0]
        _recorder(self._crawler).seen.answers.append(Answer(kind, response.url, asked, response.status, body, declared))

    def on_error(self, failure: Failure) -> None:
        """A bug in the spider."""
        _recorder(self._crawler).reject(
            f"{failure.type.__name__ if failure.type else 'error'}: {failure.getErrorMessage()}"
        )


def kind_of(request: Request) -> Kind:
    """What a question is about, by who reads its answer."""
    if request.meta.get(SAVE):
        return "file"
    name = getattr(request.callback, "__name__", "")
    if name in ("on_detail", "on_answer"):
        return "detail"
    return "list" if name in ("on_list", "on_page") else "other"


def _head(response: Response) -> bytes:
    path = response.meta.get(SAVED)
    if path is None:
        return response.body
    with open(path, "rb") as file:
        return file.read(FILE_HEAD)


def watch(config: SourceConfig, settings: CrawlSettings, clock: Clock) -> Seen:
    """Ask a source a little and note what comes. Scrapy can do this once in a process.

    Raises:
        CrawlSettingsError: the source needs a key that is not set.
    """
    recorder = ProbeRecorder(config, clock)
    process = AsyncCrawlerProcess(scrapy_settings(settings) | _probing())
    task = process.crawl(spider_class(config.id), config=config, recorder=recorder, **_secret(config, settings))
    task.add_done_callback(lambda done: _note(done, recorder))
    crawlers = list(process.crawlers)
    process.start()
    for crawler in crawlers:
        if isinstance(crawler.spider, SourceSpider):
            for item in crawler.spider.leftovers():
                recorder.add(item)
    return recorder.seen


def _probing() -> dict[str, Any]:
    return {
        "ITEM_PIPELINES": {Notes: 300},
        "SPIDER_MIDDLEWARES": {Watch: 950},
        "HTTPCACHE_ENABLED": False,
        "RETRY_TIMES": 1,
        "ISOPOLIS_FILE_HEAD": FILE_HEAD,
    }


def _secret(config: SourceConfig, settings: CrawlSettings) -> dict[str, Any]:
    if not config.needs:
        return {}
    secret = secret_of(settings, config.needs)
    if not secret.get_secret_value():
        raise CrawlSettingsError(f"{config.id} needs a key: set {config.variable}")
    return {"secret": secret}


def _note(done: Any, recorder: ProbeRecorder) -> None:
    if not done.cancelled() and (error := done.exception()):
        recorder.reject(f"could not start: {type(error).__name__}: {error}")


def utc_now() -> dt.datetime:
    """The clock of a real probe."""
    return dt.datetime.now(dt.UTC)
