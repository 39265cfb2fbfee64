"""Owns corpus/checks.py: rules beyond the shape, and figures of what is covered."""

import datetime as dt
from typing import Any

import pytest

from corpus.checks import broken_rules, counts, place_size, tables
from corpus.model import RecordBase
from corpus.parts import Evidence
from tests.factories import call, closing, page, practice, programme, proof

TODAY = dt.date(2026, 11, 22)
SOUND: dict[str, Any] = {"summary": {"en": "x"}, "themes": ["data_bias"], "subjects": ["safety"]}
PROOF = Evidence.model_validate(proof())
NOWHERE = [{"name": "A", "country": "BG"}]


def broken(record: RecordBase) -> list[str]:
    return list(broken_rules([record], TODAY))


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (call(**SOUND, timeline=closing("2026-06-15")), "timeline.cutoffs"),
        (call(**SOUND, money={"budget": {"amount": 5}}), "money.budget"),
        (call(**SOUND, money={"rate_min": 50}), "money.rate_min"),
        (call(**SOUND, money={"rate_min": 50, "rate_max": 80}), "money.rate_max"),
        (practice(**SOUND, places=NOWHERE, cost={"amount": 5}), "cost"),
        (practice(**SOUND, places=NOWHERE, results=[{"statement": {"en": "x"}, "level": "anecdote"}]), "results"),
        (practice(**SOUND, places=[{"name": "A", "country": "BG", "population": 5}]), "places"),
    ],
)
def test_a_fact_that_decides_needs_evidence(record: RecordBase, path: str) -> None:
    assert broken(record) == [f"{record.id}: {path}: a fact that decides needs an entry in `evidence`"]
    root = path.split(".", maxsplit=1)[0]
    assert broken(record.model_copy(update={"evidence": {path: (PROOF,)}})) == []
    assert broken(record.model_copy(update={"evidence": {root: (PROOF,)}})) == []


def test_a_source_cannot_have_been_read_tomorrow() -> None:
    record = call(**SOUND, sources=[page(read_on="2026-11-23")])
    assert broken(record) == [f"{record.id}: sources.page.read_on: 2026-11-23 lies in the future"]


def test_subjects_and_summary_are_asked_for() -> None:
    assert [line.split(": ")[1] for line in broken(call())] == ["themes, subjects", "summary"]


@pytest.mark.parametrize(
    ("people", "name"),
    [
        (4_999, "under 5,000"),
        (5_000, "under 20,000"),
        (49_999, "under 50,000"),
        (50_000, "under 250,000"),
        (250_000, "250,000 and more"),
        (None, "size not known"),
    ],
)
def test_sizes_of_places(people: int | None, name: str) -> None:
    assert place_size(practice(places=[{"name": "A", "country": "BG", "population": people}])) == name


def test_the_smallest_place_of_a_practice_counts() -> None:
    places = [{"name": "A", "country": "BG", "population": 900_000}, {"name": "B", "country": "BG", "population": 900}]
    assert place_size(practice(places=places)) == "under 5,000"


def test_tables_count_calls_once_a_fund_and_country_and_practices_once_a_country() -> None:
    two = [{"name": "A", "country": "BG"}, {"name": "B", "country": "BG"}]
    records = [
        call("isopolis.a", funds=["ERDF", "ESF+"], geography={"countries": ["BG"]}),
        call("isopolis.b", funds=["ERDF"], geography={"countries": ["AT", "HU", "SI"]}),
        call("isopolis.c", funds=["ERDF"]),
        practice("isopolis.d", places=two, themes=["data_bias"], target_groups=["roma", "women"]),
    ]
    found = tables(records)
    assert found["calls by fund and country"] == [
        ["", "BG", "not known", "several"],
        ["ERDF", "1", "1", "1"],
        ["ESF+", "1", ".", "."],
    ]
    assert ["BG", "1"] in found["practices by country"]
    assert found["practices by theme and target group"] == [["", "women", "roma"], ["data_bias", "1", "1"]]
    assert counts(records)["country BG"] == 1
    assert counts(records)["call"] == 3


CITED = {"key": "list", "url": "https://a.eu/", "method": "cited"}


def test_an_address_that_nobody_opened_proves_nothing_but_itself() -> None:
    sources = [page(), CITED]
    facts = {"evidence": {"summary": (proof("list"),), "website": (proof("list"),)}}
    record = programme(summary={"en": "x"}, website="https://a.eu/", sources=sources, **facts)
    assert broken(record) == [f"{record.id}: summary: its source is only cited; read it, or leave the fact out"]


def test_a_record_cannot_rest_on_an_address_alone() -> None:
    record = programme(summary={"en": "x"}, sources=[CITED, page()])
    assert [line.split(": ")[1] for line in broken(record)] == ["sources"]
