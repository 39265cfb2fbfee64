"""What `isopolis crawl` does: crawl, print a table of sources, and say by the exit status how it went."""

import datetime as dt
import sys
from collections.abc import Sequence

from corpus.errors import CorpusError
from corpus.runs import RunSummary
from corpus.settings import CorpusSettings, load
from corpus.store import Store
from crawler.due import due
from crawler.errors import CrawlerError
from crawler.recorder import Plan
from crawler.registry import load_sources
from crawler.run import crawl, utc_now
from crawler.settings import CrawlSettings, user_agent

_COLUMNS = ("source", "status", "fetched", "new", "changed", "unchanged", "vanished", "kept", "issues", "message")
_NUMBERS = frozenset(_COLUMNS[2:9])


def crawl_command(names: Sequence[str], fresh: bool = False, accept: bool = False, only_due: bool = False) -> int:
    """Crawl the sources named, or all; 0 when all runs ended well, 1 when one did not, 2 on bad input."""
    try:
        configs = load_sources(names)
        settings = load(CrawlSettings)
        user_agent(settings)  # refuse before anything is written
        store = Store.open(load(CorpusSettings).store_url)
    except (CorpusError, CrawlerError) as error:
        print(f"isopolis crawl: {error}", file=sys.stderr)
        return 2
    try:
        wanted = [config.id for config in due(configs, store, utc_now())] if only_due else names
        if only_due and not wanted:
            print("no source is due: each had a good run within its cadence (docs/sources.md)")
            return 0
        summaries = crawl(wanted, store, settings, _plan(settings, fresh, accept))
    except (CorpusError, CrawlerError) as error:
        print(f"isopolis crawl: {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    print(table(summaries))
    return int(any(is_bad(summary, names) for summary in summaries))


def is_bad(summary: RunSummary, names: Sequence[str]) -> bool:
    """Whether a run must be seen to; a source that is not set up here is only that, unless it was asked for by name."""
    return summary.status != "ok" and (summary.status != "skipped" or summary.source in names)


def _plan(settings: CrawlSettings, fresh: bool, accept: bool) -> Plan:
    resume, keep = dt.timedelta(hours=settings.crawl_resume_hours), dt.timedelta(days=settings.crawl_cache_days)
    return Plan(fresh, accept, resume, keep)


def table(summaries: Sequence[RunSummary]) -> str:
    """A table of runs for a terminal, numbers to the right."""
    rows = [_COLUMNS, *(_cells(summary) for summary in summaries)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_COLUMNS))]
    return "\n".join(_line(row, widths) for row in rows)


def _cells(summary: RunSummary) -> tuple[str, ...]:
    numbers = [str(getattr(summary, name)) for name in _COLUMNS[:-1]]
    went_on = f"went on with the run of {summary.resumed:%Y-%m-%d %H:%M} UTC" if summary.resumed else ""
    return (*numbers, "; ".join(text for text in (went_on, summary.message) if text))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        text.rjust(width) if name in _NUMBERS else text.ljust(width)
        for name, text, width in zip(_COLUMNS, row, widths, strict=True)
    )
    return "  ".join(cells).rstrip()
