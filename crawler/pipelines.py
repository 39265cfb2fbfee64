"""From spider to store: every record and issue goes into the run, and the run ends with the spider."""

from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from corpus.issues import KEY_WIDTH, Issue, Level
from corpus.raw import RawRecord
from crawler.base import SourceSpider
from crawler.files import clear
from crawler.parsing import Parsed
from crawler.recorder import Recorder


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
        self._clear_files()  # those of a run that was killed

    def process_item(self, item: Any) -> Any:
        """Keep a record, an issue or what a parser found; anything else is a mistake of the spider."""
        recorder = self._recorder
        for one in (*item.records, *item.issues) if isinstance(item, Parsed) else (item,):
            if isinstance(one, RawRecord | Issue):
                recorder.add(fitting(one, recorder.config.id))
            else:
                recorder.reject(f"the spider yielded a {type(one).__name__}")
        return item

    def on_error(self, failure: Failure) -> None:
        """A bug in a spider or an error of the store: what was crawled is not whole."""
        self._recorder.reject(f"{failure.type.__name__ if failure.type else 'error'}: {failure.getErrorMessage()}")

    def on_closed(self, reason: str) -> None:
        """End the run. A spider that was stopped from outside did not finish."""
        recorder, spider = self._recorder, self._crawler.spider
        if reason == "finished" and isinstance(spider, SourceSpider):
            for issue in spider.settle():
                recorder.add(issue)
        recorder.end(finished=reason in ("finished", "rejected"))
        self._clear_files()

    def _clear_files(self) -> None:
        clear(Path(self._crawler.settings["ISOPOLIS_DOWNLOADS"]), self._recorder.config.id)


def fitting(item: RawRecord | Issue, source: str) -> RawRecord | Issue:
    """The item as the store can hold it: an issue in place of a record whose key no database can keep."""
    if isinstance(item, Issue):
        return item
    if len(item.key) > KEY_WIDTH or len(item.record.id) > KEY_WIDTH:
        message = f"the key is longer than {KEY_WIDTH} letters, so the record is left out"
    elif "\0" in item.key:
        message = "the key holds a NUL, so the record is left out"
    else:
        return item
    return Issue(source=source, key=item.key, level=Level.ERROR, code="key", field="key", message=message)
