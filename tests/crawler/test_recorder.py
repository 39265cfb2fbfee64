"""A run begins late and ends once, whatever happens."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.issues import Issue
from corpus.raw import RawRecord
from corpus.store import Store
from crawler.metadata import SourceConfig
from crawler.recorder import Recorder
from crawler.sources.ft_portal.parse import parse_calls
from tests.crawler.reading import config
from tests.crawler.site import topic_row

NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


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
    assert (summary.status, summary.message) == ("failed", "interrupted; kept the last good data")


def test_nothing_can_be_added_before_the_run_began(store: Store) -> None:
    with pytest.raises(RuntimeError, match="before its run began"):
        recorder(store).add(records()[0])
