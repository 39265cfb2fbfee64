"""What a person sees: a table and an exit status, or one sentence that says what to do."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.runs import RunSummary
from crawler.command import crawl_command, is_bad, table

NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
GOOD = RunSummary(1, "ft_portal", NOW, NOW, "ok", 1234, 5, 6, 1223, 0, 2, "")


def test_table() -> None:
    bad = replace(GOOD, source="bg_eumis", status="failed", fetched=0, message="no answer")
    assert table([replace(GOOD, kept=3), bad]).splitlines() == [
        "source     status  fetched  new  changed  unchanged  vanished  kept  issues  message",
        "ft_portal  ok         1234    5        6       1223         0     3       2",
        "bg_eumis   failed        0    5        6       1223         0     0       2  no answer",
    ]


def test_a_run_that_went_on_with_another_says_so() -> None:
    assert table([replace(GOOD, resumed=NOW)]).endswith("  went on with the run of 2026-07-01 00:00 UTC")
    failed = replace(GOOD, resumed=NOW, status="failed", message="no answer")
    assert table([failed]).endswith("  went on with the run of 2026-07-01 00:00 UTC; no answer")


def test_a_skipped_source_is_no_failure_unless_it_was_asked_for() -> None:
    skipped = replace(GOOD, status="skipped")
    assert not is_bad(GOOD, ["ft_portal"])
    assert not is_bad(skipped, [])
    assert is_bad(skipped, ["ft_portal"])
    assert is_bad(replace(GOOD, status="failed"), [])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DATABASE_URL", "CRAWL_REPLICA", "CRAWL_CONTACT"):
        monkeypatch.delenv(f"ISOPOLIS_{name}", raising=False)
    monkeypatch.setenv("ISOPOLIS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_an_unknown_source(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crawl_command(["moon"]) == 2
    assert "bg_eumis, " in capsys.readouterr().err.split("there are: ")[1]
    assert not home.exists()


def test_no_contact(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crawl_command([]) == 2
    assert "ISOPOLIS_CRAWL_CONTACT is empty" in capsys.readouterr().err
    assert not home.exists()


@pytest.mark.usefixtures("home")
def test_a_replica_elsewhere(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ISOPOLIS_CRAWL_REPLICA", "http://example.org")
    assert crawl_command([]) == 2
    assert "not on this machine" in capsys.readouterr().err


@pytest.mark.usefixtures("home")
def test_a_store_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ISOPOLIS_CRAWL_CONTACT", "me@example.org")
    monkeypatch.setenv("ISOPOLIS_DATABASE_URL", "nonsense://x")
    assert crawl_command([]) == 2
    assert "ISOPOLIS_DATABASE_URL" in capsys.readouterr().err
