"""From spider to store: every record and issue goes into the run, and the run ends with the spider."""

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from corpus.issues import Issue
from corpus.raw import RawRecord
from crawler.recorder import Recorder

_LONGEST_KEY = 512  # the width of the column in the store


class StorePipeline:
    """Checks what a spider yields and hands it to the spider's recorder."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, and listen for everything that makes a run untrustworthy."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.on_error, signals.spider_error)
        crawler.signals.connect(pipeline.on_error, signals.item_error)
        crawler.signals.connect(pipeline.on_closed, signals.spider_closed)
        return pipeline

    @property
    def _recorder(self) -> Recorder:
        recorder = getattr(self._crawler.spider, "recorder", None)
        if not isinstance(recorder, Recorder):
            raise TypeError(f"{self._crawler.spider} has no recorder: start it with crawler.run")
        return recorder

    def open_spider(self) -> None:
        """Open the run: only now is the store needed."""
        self._recorder.begin()

    def process_item(self, item: Any) -> Any:
        """Keep a record or an issue; anything else is a mistake of the spider."""
        recorder = self._recorder
        if not isinstance(item, RawRecord | Issue):
            recorder.reject(f"the spider yielded a {type(item).__name__}")
            return item
        recorder.add(check(item, recorder.config.id) or item)
        return item

    def on_error(self, failure: Failure) -> None:
        """A bug in a spider or an error of the store: what was crawled is not whole."""
        self._recorder.reject(f"{failure.type.__name__ if failure.type else 'error'}: {failure.getErrorMessage()}")

    def on_closed(self, reason: str) -> None:
        """End the run. A spider that was stopped from outside did not finish."""
        self._recorder.end(finished=reason in ("finished", "rejected"))


def check(item: RawRecord | Issue, source: str) -> Issue | None:
    """What makes a record unfit for the store, as an issue."""
    if isinstance(item, Issue):
        return None
    if len(item.key) > _LONGEST_KEY or len(item.record.id) > _LONGEST_KEY:
        message = f"the key is longer than {_LONGEST_KEY} letters, so the record is left out"
        return Issue(source=source, key=item.key[:_LONGEST_KEY], code="key", field="key", message=message)
    return None
