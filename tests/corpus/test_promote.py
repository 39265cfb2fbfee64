"""Records whose page is listed and cannot be read stand as they are. The rest of a run's end is owned by test_runs."""

import datetime as dt

from corpus import tables
from corpus.raw import RawRecord
from corpus.runs import RunSummary
from corpus.store import Store
from tests.corpus.test_runs import LATER, LATEST, META, counts, crawl, keys, rows, told
from tests.factories import NOW, source_meta


def on_page(key: str, number: int = 1, title: str = "Title") -> RawRecord:
    return told(key, title).model_copy(update={"page": f"https://example.org/{number}"})


def crawl_without(store: Store, lost: str, *records: RawRecord, now: dt.datetime = LATER) -> RunSummary:
    """A run in which one page could not be read."""
    run = store.begin_run(META, now)
    for record in records:
        run.add(record)
    run.keep(lost)
    return run.finish(now)


def test_the_records_of_a_page_that_cannot_be_read_are_kept(store: Store) -> None:
    crawl(store, on_page("A", 1), on_page("B", 1), on_page("C", 2), on_page("D", 3))
    summary = crawl_without(store, "https://example.org/1", on_page("D", 3))
    assert counts(summary) == {"fetched": 1, "unchanged": 1, "vanished": 1}
    assert summary.kept == 2
    assert keys(store) == ["A", "B", "D"]
    assert counts(crawl(store, on_page("A", 1), now=LATEST)) == {"fetched": 1, "unchanged": 1, "vanished": 2}


def test_what_is_kept_says_when_it_was_last_read(store: Store, store_url: str) -> None:
    crawl(store, on_page("A"), on_page("B", 2))
    run = store.begin_run(META, LATER)
    run.add(on_page("B", 2))
    assert run.keep("https://example.org/1") == NOW
    assert run.keep("https://example.org/9") is None
    assert run.finish(LATER).kept == 1
    (kept,) = [row for row in rows(store_url, tables.record) if row["key"] == "A"]
    assert (kept["last_seen"], kept["vanished_at"], kept["version"]) == (NOW, None, 1)


def test_a_record_that_had_vanished_before_is_not_kept(store: Store) -> None:
    crawl(store, on_page("A"), on_page("B", 2))
    crawl(store, on_page("B", 2), now=LATER)
    summary = crawl_without(store, "https://example.org/1", on_page("B", 2), now=LATEST)
    assert (summary.kept, keys(store)) == (0, ["B"])


def test_a_record_that_another_page_told_is_as_that_page_told_it(store: Store) -> None:
    crawl(store, on_page("A", 1))
    summary = crawl_without(store, "https://example.org/1", on_page("A", 2, "Moved"))
    assert (summary.changed, summary.kept, summary.vanished) == (1, 0, 0)
    again = crawl_without(store, "https://example.org/2", on_page("B", 3), now=LATEST)
    assert (again.new, again.kept) == (1, 1)


def test_a_page_that_moved_without_a_change_is_known_by_its_new_address(store: Store) -> None:
    crawl(store, on_page("A", 1))
    crawl(store, on_page("A", 2), now=LATER)
    assert crawl_without(store, "https://example.org/2", on_page("B", 3), now=LATEST).kept == 1


def test_kept_records_count_for_a_healthy_run(store: Store) -> None:
    crawl(store, on_page("A", 1), on_page("B", 2))
    run = store.begin_run(source_meta(expect_min=2), LATER)
    run.add(on_page("B", 2))
    run.keep("https://example.org/1")
    assert run.finish(LATER).status == "ok"


def test_more_pages_than_a_database_takes_at_once(store: Store) -> None:
    crawl(store, *(on_page(f"K{n}", n) for n in range(1200)))
    run = store.begin_run(META, LATER)
    run.add(on_page("K0", 0))
    for number in range(1, 1200):
        run.keep(f"https://example.org/{number}")
    summary = run.finish(LATER)
    assert (summary.kept, summary.vanished, len(keys(store))) == (1199, 0, 1200)
