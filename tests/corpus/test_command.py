"""Owns corpus/command.py: what the commands print."""

import datetime as dt
from pathlib import Path

import pytest

from corpus.command import build_command, check_command, status_lines
from corpus.settings import CorpusSettings
from corpus.snapshot import write_snapshot
from tests.factories import call, closing, practice, programme

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
SOUND = """title: {en: Safe streets}
summary: {en: Money for safe streets.}
original_language: en
url: https://a.eu/
funds: [ERDF]
themes: [data_bias]
subjects: [safety]
sources: [{key: s1, url: "https://a.eu/", read_on: 2026-11-22}]
"""


@pytest.fixture
def settings(tmp_path: Path) -> CorpusSettings:
    (tmp_path / "curated" / "calls").mkdir(parents=True)
    (tmp_path / "curated" / "calls" / "streets.yml").write_text(SOUND, encoding="utf-8")
    return CorpusSettings(home=tmp_path, database_url="", curated=tmp_path / "curated")


def test_build_says_what_the_snapshot_holds(settings: CorpusSettings, capsys: pytest.CaptureFixture[str]) -> None:
    build_command(settings)
    assert capsys.readouterr().out.endswith(": 1 calls (1 curated)\n")


def test_check_prints_tables_and_ends_well(settings: CorpusSettings, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_command(settings) == 0
    out = capsys.readouterr().out
    assert "calls by fund and country" in out
    assert out.endswith("\nall rules hold\n")


def test_check_fails_on_a_broken_rule(settings: CorpusSettings, capsys: pytest.CaptureFixture[str]) -> None:
    assert settings.curated is not None
    path = settings.curated / "calls" / "streets.yml"
    path.write_text(SOUND + "money: {budget: {amount: 5}}\n", encoding="utf-8")
    assert check_command(settings) == 1
    assert "isopolis.streets: money.budget: a fact that decides needs an entry" in capsys.readouterr().out


def test_status_says_what_is_there_and_what_is_not(tmp_path: Path) -> None:
    records = [
        call("isopolis.a", geography={"countries": ["BG"]}, timeline=closing("2027-01-01")),
        practice("isopolis.b", places=[{"name": "Gabrovo", "country": "BG"}]),
        programme("isopolis.c", coverage="partial"),
    ]
    write_snapshot(tmp_path, records, NOW)
    lines = {line.split()[0]: line for line in status_lines(tmp_path, NOW)}
    assert lines["records"].endswith("1 calls, 1 practices, 1 programmes; 0 curated, 0 disagreements of sources")
    assert lines["programmes"].endswith("partial 1")
    assert "AT, BE, CY" in lines["gaps"]
    assert "BG" not in lines["gaps"]
    assert "none crawled yet" in lines["sources"]
