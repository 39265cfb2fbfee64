"""A run begins late and ends once, whatever happens."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.issues import Issue
from corpus.raw import RawRecord
from corpus.store import Store
from crawler.metadata import SourceConfig
from crawler.pages import Page, Pages
from crawler.recorder import Plan, Recorder
from crawler.sources.ft_portal.parse import parse_calls
from tests.crawler.reading import config
from tests.crawler.site import topic_row

NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def few() -> SourceConfig:
    """The portal with a healthy run of two records."""
    return config("ft_portal").model_copy(update={"expect": config("ft_portal").expect.model_copy(update={"min": 2})})


def records() -> list[RawRecord]:
    return parse_calls([topic_row(1), topic_row(2)], config("ft_portal"), NOW).records


def recorder(store: Store) -> Recorder:
    return Recorder(few(), store, lambda: NOW, lambda: None)


def test_a_good_run(store: Store) -> None:
    run = recorder(store)
    assert store.sources() == []
    run.begin()
    run.begin()
    for record in records():
        run.add(record)
    run.add(Issue(source="ft_portal", code="x", message="y"))
    summary = run.end(finished=True)
    assert (summary.status, summary.new, summary.issues) == ("ok", 2, 1)
    assert run.end(finished=False) is summary
    assert len(store.runs("ft_portal")) == 1


def test_a_rejected_run_says_why_and_keeps_what_was_there(store: Store) -> None:
    run = recorder(store)
    run.begin()
    run.add(records()[0])
    for reason in ("a", "b", "a", "c", "d"):
        run.reject(reason)
    assert run.rejected
    summary = run.end(finished=True)
    assert (summary.status, summary.message) == ("failed", "a; b; c; and 1 more; kept the last good data")
    assert list(store.members()) == []


def test_a_run_that_never_began_is_written_as_failed(store: Store) -> None:
    summary = recorder(store).end(finished=False)
    said = "interrupted; kept the last good data; the same command again goes on"
    assert (summary.status, summary.message) == ("interrupted", said)


def test_nothing_can_be_added_before_the_run_began(store: Store) -> None:
    with pytest.raises(RuntimeError, match="before its run began"):
        recorder(store).add(records()[0])


def test_a_store_that_cannot_be_written_is_a_failure_with_its_reason(store: Store, tmp_path: Path) -> None:
    run = recorder(store)
    store.close()
    (tmp_path / "store.db").write_text("no database")
    run.reject("no answer")
    summary = run.end(finished=True)
    assert (summary.id, summary.status) == (0, "failed")
    assert summary.message.startswith("no answer; the run could not be written: DatabaseError: ")


def test_a_page_that_cannot_be_read_says_what_became_of_its_records(store: Store) -> None:
    first = recorder(store)
    first.begin()
    for number, record in enumerate(records()):
        first.add(record.model_copy(update={"page": f"https://a.example/{number}"}))
    first.end(finished=True)
    second = recorder(store)
    second.begin()
    assert second.lose("https://a.example/0") == "; kept what it told on 2026-07-01"
    assert second.lose("https://a.example/7") == "; it never told a record"
    second.add(records()[1])
    summary = second.end(finished=True)
    assert (summary.status, summary.kept, summary.vanished) == ("ok", 1, 0)


def test_an_interrupted_run_is_gone_on_with_unless_a_fresh_one_is_asked_for(store: Store, tmp_path: Path) -> None:
    def interrupted(plan: Plan | None) -> Pages:
        pages = Pages(tmp_path / "pages" / "ft_portal.db")
        run = Recorder(few(), store, lambda: NOW, lambda: None, pages, plan)
        run.begin()
        assert pages.get(b"k") is None if plan else True
        pages.put(Page(b"k", "https://a.example/", b"", b"body", lasting=False, checked=NOW))
        run.end(finished=False)
        return pages

    interrupted(None)
    interrupted(Plan(fresh=True))
    assert store.runs("ft_portal")[0].resumed is None
    third = Recorder(few(), store, lambda: LATER, lambda: None, Pages(tmp_path / "pages" / "ft_portal.db"))
    third.begin()
    assert third.pages is not None
    page = third.pages.get(b"k")
    assert page is not None
    assert third.pages.is_of_resumed_run(page)
    third.end(finished=False)
    assert store.runs("ft_portal")[0].resumed == NOW


def test_a_source_that_is_not_set_up_is_skipped_and_nothing_is_written(store: Store) -> None:
    run = recorder(store)
    run.skip("not configured: set ISOPOLIS_KEY")
    summary = run.end(finished=False)
    assert (summary.status, summary.message) == ("skipped", "not configured: set ISOPOLIS_KEY")
    assert store.sources() == []
