"""A source is asked again when its cadence has passed since its last good run."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.raw import RawRecord
from corpus.store import Store
from crawler.command import crawl_command
from crawler.due import due
from crawler.metadata import SourceConfig
from tests.crawler.process import store_url
from tests.crawler.reading import config
from tests.factories import call

NOW = dt.datetime(2026, 11, 2, 3, 15, tzinfo=dt.UTC)
DAILY, WEEKLY, MONTHLY = config("ft_portal"), config("urbact"), config("kohesio")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(store_url(tmp_path))
    yield opened
    opened.close()


def ran(store: Store, source: SourceConfig, days: float, good: bool = True) -> None:
    """A run that began so many days ago."""
    run = store.begin_run(source.meta().model_copy(update={"expect_min": 1}), NOW - dt.timedelta(days=days))
    if good:
        run.add(RawRecord(source=source.id, key="1", record=call()))
        assert run.finish(NOW).status == "ok"
    else:
        run.fail(NOW, "no answer")


def test_a_source_that_never_had_a_good_run_is_due(store: Store) -> None:
    ran(store, DAILY, days=0.1, good=False)
    assert due([DAILY, MONTHLY], store, NOW) == [DAILY, MONTHLY]


@pytest.mark.parametrize(
    ("source", "days", "is_due"),
    [(DAILY, 0.5, False), (DAILY, 0.9, True), (WEEKLY, 6.5, False), (WEEKLY, 7, True), (MONTHLY, 8, False),
     (MONTHLY, 31, True)],
)  # fmt: skip
def test_the_cadence(store: Store, source: SourceConfig, days: float, is_due: bool) -> None:
    ran(store, source, days)
    assert bool(due([source], store, NOW)) is is_due


def test_a_failed_run_does_not_count(store: Store) -> None:
    ran(store, MONTHLY, days=40)
    ran(store, MONTHLY, days=1, good=False)
    assert due([MONTHLY], store, NOW) == [MONTHLY]


def test_nothing_is_due(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ISOPOLIS_HOME", str(tmp_path))
    monkeypatch.setenv("ISOPOLIS_DATABASE_URL", store_url(tmp_path))
    monkeypatch.setenv("ISOPOLIS_CRAWL_CONTACT", "crawler@example.org")
    run = store.begin_run(MONTHLY.meta().model_copy(update={"expect_min": 1}), dt.datetime.now(dt.UTC))
    run.add(RawRecord(source=MONTHLY.id, key="1", record=call()))
    run.finish(dt.datetime.now(dt.UTC))
    assert crawl_command([MONTHLY.id], only_due=True) == 0
    assert "no source is due" in capsys.readouterr().out
