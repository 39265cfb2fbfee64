"""The real thing: shipped records, the packaged model, and the program as people start it.

All shipped records are built into a snapshot. Embedding all of them takes minutes and grows with the collection,
so a part of them is indexed: the calls of some sources and a share of the practices.
"""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.curated import curated_files
from corpus.snapshot import Snapshot, write_snapshot
from tests.models import models_home, settings_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

IDEA = "Искаме дневен център за ромски деца и техните семейства в нашия квартал"
WHO = ("--country", "BG", "--place", "Gabrovo", "--applicant", "municipality")
BEST = "bg.BG05SFPR002-2.014"


CALLS = ("bg.", "eui.", "euroaccess.", "isopolis.")
"""How ids of calls begin that are indexed."""


def keep_a_part(snapshots: Path) -> None:
    """Put a smaller snapshot in use."""
    whole = Snapshot.current(snapshots)
    calls = [name for name in whole.ids("call") if name.startswith(CALLS)]
    chosen = {*calls, *whole.ids("practice")[::4], *whole.ids("programme")}
    records = (record for record in whole.records() if record.id in chosen)
    write_snapshot(snapshots, records, dt.datetime.now(dt.UTC))


def isopolis(home: Path, *args: str) -> str:
    """What a command prints; it must succeed and must not complain."""
    program = Path(sys.executable).with_name("isopolis")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISOPOLIS_")}
    done = subprocess.run(
        [str(program), *args],
        env=environment | {"ISOPOLIS_HOME": str(home)},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder built from nothing but what is shipped, and indexed."""
    folder = tmp_path_factory.mktemp("real")
    settings_of(folder, models_home(tmp_path_factory))
    assert "snapshot " in isopolis(folder, "build")
    snapshot = Snapshot.current(folder / "snapshots")
    assert len(snapshot) == len(list(curated_files()))
    keep_a_part(folder / "snapshots")
    assert " passages embedded" in isopolis(folder, "index")
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(isopolis(home, "match", IDEA, *WHO, "--json"))
    return found


def test_the_place_fills_in_the_applicant(answer: dict[str, Any]) -> None:
    assert answer["understood"]["language"] == "bg"
    assert answer["understood"]["place"] == "Gabrovo"
    who = answer["understood"]["applicant"]
    assert (who["country"], who["type"]) == ("BG", "municipality")
    assert 40_000 < who["population"] < 70_000


def test_the_idea_is_understood(answer: dict[str, Any]) -> None:
    assert {"roma", "children"} <= set(answer["understood"]["target_groups"])


def test_the_right_calls_and_practices_come_first(answer: dict[str, Any]) -> None:
    calls = [call["id"] for call in answer["calls"]]
    assert len(calls) >= 5
    assert calls[0] == BEST
    assert answer["calls"][0]["relevance"] == "strong"
    assert sum(name.startswith("bg.") for name in calls[:5]) >= 3
    assert len(answer["practices"]) >= 5
    assert not [
        rule
        for call in answer["calls"]
        for rule in call["eligibility"]["rules"]
        if rule["family"] == "country" and rule["verdict"] == "fails" and not rule["doors"]
    ]


def test_every_call_says_what_is_promised(answer: dict[str, Any]) -> None:
    for call in answer["calls"]:
        assert call["title"]
        assert call["url"].startswith("http")
        assert call["fund"] == call["funds"][0]
        assert call["status"] in ("open", "planned", "forthcoming", "closed", "unknown")
        assert call["relevance"] in ("strong", "good", "possible")
        assert {"cutoffs", "next_cutoff", "money", "apply_url"} <= set(call)
        assert call["excerpts"]
        assert all(item["text"] and item["source_url"].startswith("http") for item in call["excerpts"])
        assert call["similar_practices"]
        assert all(practice["why"] for practice in call["similar_practices"])


def test_every_verdict_has_its_evidence(answer: dict[str, Any]) -> None:
    for call in answer["calls"]:
        assert call["eligibility"]["rules"]
        for rule in call["eligibility"]["rules"]:
            assert rule["verdict"] in ("meets", "fails", "unknown")
            assert rule["reason"]
            # A rule that is known to exist and was not read has no sentence to show, and says why.
            assert rule["evidence"] or rule["unknown_kind"] in ("not_in_record", "rule_text")


def test_a_small_town_is_shown_the_way_into_a_call_for_cities(home: Path) -> None:
    told = isopolis(home, "match", IDEA, *WHO, "--population", "10000", "--call", "eui.IA-4", "--json")
    (call,) = json.loads(told)["calls"]
    (rule,) = [rule for rule in call["eligibility"]["rules"] if rule["family"] == "population"]
    assert rule["verdict"] == "fails"
    assert "25,000" in rule["reason"]
    (door,) = [door for door in rule["doors"] if door["kind"] == "grouping"]
    assert "15,000" in door["sentence"]
    assert door["gap"]["inhabitants"] == 15_000


def test_indexing_again_embeds_nothing(home: Path) -> None:
    assert "0 records new or changed, 0 removed; 0 passages embedded" in isopolis(home, "index")


def test_status_names_snapshot_and_model(home: Path) -> None:
    told = isopolis(home, "status")
    assert "multilingual-e5-small, 384 dimensions" in told
    assert "snapshot" in told


@pytest.mark.parametrize(("name", "country"), [("Габрово", "BG"), ("Łódź", "PL"), ("Θεσσαλονίκη", "GR")])
def test_real_towns_are_found_in_their_own_letters(home: Path, name: str, country: str) -> None:
    from matcher.places import Places  # noqa: PLC0415  reads what the commands above have written

    assert Places(home / "places.db").one(name, country).country == country


def test_each_part_of_the_idea_meets_a_sentence_or_nothing(answer: dict[str, Any]) -> None:
    parts = answer["understood"]["parts"]
    assert parts
    for call in answer["calls"]:
        assert [item["part"] for item in call["parts"]] == parts
        met = [item["sentence"] for item in call["parts"] if item["sentence"]]
        assert all(item["source_url"].startswith("http") and item["language"] for item in met)
        assert met or call["relevance"] == "possible"
    assert answer["calls"][0]["parts"][0]["sentence"]


def test_the_idea_serves_the_roma_framework_in_its_own_words(answer: dict[str, Any]) -> None:
    items = {item["code"]: item for item in answer["policy"]["items"]}
    assert items["roma_framework_2020_2030"]["in_force"]
    assert items["roma"]["excerpt"] in answer["policy"]["paragraph"]
    assert all(item["excerpt"] in answer["understood"]["parts"] for item in items.values())


def test_an_idea_about_something_else_gets_no_confident_answer(home: Path) -> None:
    found = json.loads(isopolis(home, "match", "automation of container shipping terminals", "--json"))
    assert not [call for call in found["calls"] if call["relevance"] != "possible"]
    assert found["no_fit"]


def test_a_group_learns_both_sides_of_its_idea(home: Path) -> None:
    idea = "We renovate the old school as a meeting place, and we train young people without work from our quarter."
    found = json.loads(isopolis(home, "match", idea, "--country", "BG", "--applicant", "association", "--json"))
    assert [item["side"] for item in found["combination"]["sides"]] == ["place", "people"]
    assert all(item["law"]["url"].startswith("https://eur-lex.europa.eu/") for item in found["combination"]["sides"])
    assert found["combination"]["sentence"]
