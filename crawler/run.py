"""Crawl sources into the store: all in one Scrapy process, each in a run of its own."""

import datetime as dt
import sys
from asyncio import Task
from collections.abc import Sequence
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from tqdm import tqdm

from corpus.runs import RunSummary
from corpus.store import Store
from crawler.metadata import SourceConfig
from crawler.pages import Pages
from crawler.recorder import Clock, Plan, Recorder
from crawler.registry import load_sources, spider_class
from crawler.settings import CrawlSettings, scrapy_settings, secret_of
from crawler.turns import Turns


def tick(bar: "tqdm[Any]") -> None:
    """One more record."""
    bar.update()


def utc_now() -> dt.datetime:
    """The clock of a real run."""
    return dt.datetime.now(dt.UTC)


def crawl(
    sources: Sequence[str], store: Store, settings: CrawlSettings, plan: Plan, clock: Clock = utc_now
) -> list[RunSummary]:
    """Crawl the sources named, or all of them, and say how each run went.

    Sources run beside each other, since each asks another host and mostly waits. A source that fails, or that
    cannot even start, never stops the others. Scrapy can do this once in a process.

    Raises:
        UnknownSourceError: a source does not exist.
        CrawlSettingsError: the crawler must not start like this.
        StoreError: the store cannot be written.
    """
    configs = load_sources(sources)
    process = AsyncCrawlerProcess(scrapy_settings(settings))
    with tqdm(disable=not sys.stderr.isatty(), unit=" records", desc="crawl", leave=False) as bar:
        recorders = [
            Recorder(config, store, clock, lambda: tick(bar), Pages(settings.pages / f"{config.id}.db"), plan)
            for config in configs
        ]
        try:
            turns = Turns()
            for config, recorder in zip(configs, recorders, strict=True):
                _start(process, config, recorder, turns, settings)
            process.start()
        finally:
            summaries = [recorder.end(finished=False) for recorder in recorders]
    return summaries


def _start(
    process: AsyncCrawlerProcess, config: SourceConfig, recorder: Recorder, turns: Turns, settings: CrawlSettings
) -> None:
    try:
        spider, secret = spider_class(config.id), secret_of(settings, config.needs) if config.needs else None
    except Exception as error:  # whatever a source's own code does when it is loaded
        recorder.reject(f"could not start: {type(error).__name__}: {error}")
        return
    if secret is not None and not secret.get_secret_value():
        recorder.skip(f"not configured: set {config.variable}")
        return
    extra = {} if secret is None else {"secret": secret}  # never into Scrapy's settings, which it logs
    task = process.crawl(spider, config=config, recorder=recorder, turns=turns, **extra)
    task.add_done_callback(lambda done: _note_failure(done, recorder))


def _note_failure(task: "Task[Any]", recorder: Recorder) -> None:
    """A spider that could not even start has no run yet: its reason is kept for the end of it."""
    if not task.cancelled() and (error := task.exception()):
        recorder.reject(f"could not start: {type(error).__name__}: {error}")
