"""What `isopolis desk links` does: ask for the addresses of records that people wrote, and say which are dead."""

import datetime as dt
import sys
from collections.abc import Iterator

from corpus.database import open_database
from corpus.desk.linkbook import Answer, Checked, LinkBook, addresses, by_people
from corpus.errors import CorpusError
from corpus.settings import CorpusSettings, load
from corpus.snapshot import Snapshot
from crawler.errors import CrawlerError
from crawler.links.spider import check_links
from crawler.settings import CrawlSettings, user_agent


def links_command(every: bool = False) -> int:
    """Check the addresses that are due, or all; 0 when that was done, 1 when nothing answered, 2 on bad input."""
    settings, corpus = load(CrawlSettings), load(CorpusSettings)
    try:
        user_agent(settings)
        wanted = sorted(set(_addresses(Snapshot.current(corpus.snapshots))))
        engine = open_database(corpus.store_url)
    except (CorpusError, CrawlerError) as error:
        print(f"isopolis desk links: {error}", file=sys.stderr)
        return 2
    try:
        return _check(LinkBook(engine), wanted, settings, every)
    finally:
        engine.dispose()


def _addresses(snapshot: Snapshot) -> Iterator[str]:
    for record in snapshot.records():
        if by_people(record):
            yield from (url for _, url in addresses(record))


def _check(book: LinkBook, wanted: list[str], settings: CrawlSettings, every: bool) -> int:
    now, known = dt.datetime.now(dt.UTC), book.known()
    due = [url for url in wanted if every or url not in known or known[url].due(now)]
    if not due:
        print(f"no address is due; {len(wanted)} are known")
        return 0
    seen = check_links(due, known, settings)
    if not _believable(seen):
        print("isopolis desk links: not one address answered: is this machine on the internet? Nothing was noted.",
              file=sys.stderr)  # fmt: skip
        return 1
    book.note(seen, now)
    _print(seen, book)
    return 0


def _believable(seen: list[Checked]) -> bool:
    """Where nothing answers at all, the fault is here."""
    return any(one.answer is Answer.ALIVE for one in seen)


def _print(seen: list[Checked], book: LinkBook) -> None:
    counts = {answer: sum(one.answer is answer for one in seen) for answer in Answer}
    for one in sorted(seen, key=lambda one: one.url):
        if one.answer is Answer.FAILED:
            print(f"failed   {one.url}  {one.status or one.reason}")
    dead = book.dead()
    for link in dead.values():
        print(f"dead     {link.url}  failed on {', '.join(link.failed_days)}")
    print(f"{len(seen)} addresses asked for: {', '.join(f'{number} {answer}' for answer, number in counts.items())}")
    print(f"{len(dead)} are dead; the next build makes issues of them")
