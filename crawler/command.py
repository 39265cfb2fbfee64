"""What `isopolis crawl` does: crawl, print a table of sources, and say by the exit status how it went."""

import sys
from collections.abc import Sequence

from corpus.errors import CorpusError
from corpus.runs import RunSummary
from corpus.settings import CorpusSettings, load
from corpus.store import Store
from crawler.errors import CrawlerError
from crawler.registry import load_sources
from crawler.run import crawl
from crawler.settings import CrawlSettings, user_agent

_COLUMNS = ("source", "status", "fetched", "new", "changed", "unchanged", "vanished", "issues", "message")
_NUMBERS = frozenset(_COLUMNS[2:8])


def crawl_command(names: Sequence[str]) -> int:
    """Crawl the sources named, or all; 0 when all runs ended well, 1 when one failed, 2 on bad input."""
    try:
        load_sources(names)
        settings = load(CrawlSettings)
        user_agent(settings)  # refuse before anything is written
        store = Store.open(load(CorpusSettings).store_url)
    except (CorpusError, CrawlerError) as error:
        print(f"isopolis crawl: {error}", file=sys.stderr)
        return 2
    try:
        summaries = crawl(names, store, settings)
    except (CorpusError, CrawlerError) as error:
        print(f"isopolis crawl: {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    print(table(summaries))
    return int(any(summary.status != "ok" for summary in summaries))


def table(summaries: Sequence[RunSummary]) -> str:
    """A table of runs for a terminal, numbers to the right."""
    rows = [_COLUMNS, *(tuple(str(getattr(summary, name)) for name in _COLUMNS) for summary in summaries)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_COLUMNS))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        text.rjust(width) if name in _NUMBERS else text.ljust(width)
        for name, text, width in zip(_COLUMNS, row, widths, strict=True)
    )
    return "  ".join(cells).rstrip()
