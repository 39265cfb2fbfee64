"""What changed, in lines that a person can read."""

from typing import Any

import pytest
from hypothesis import given, settings

from corpus.difference import differences, show
from corpus.model import Call
from corpus.parts import Timeline
from corpus.raw import content_hash
from tests.factories import call, closing, cutoff, page, proof, rule
from tests.strategies import calls


def payload(record: Call) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_defaults=True)


def changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return differences(payload(call(**old)), payload(call(**new)))


@settings(max_examples=30)
@given(calls(), calls())
def test_there_is_a_difference_exactly_where_there_is_another_version(one: Call, other: Call) -> None:
    old, new = payload(one), payload(other)
    assert differences(old, old) == []
    assert bool(differences(old, new)) == (content_hash(old) != content_hash(new))


def at(day: str, time: str | None = None, **fields: Any) -> Timeline:
    return Timeline(cutoffs=(cutoff(day, time, **fields),))


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            {"timeline": at("2026-09-14", "16:30")},
            {"timeline": at("2026-09-21", "16:30")},
            ["timeline.cutoffs: 2026-09-14 16:30 -> 2026-09-21 16:30"],
        ),
        ({}, {"money": {"budget": {"amount": 1000000}}}, ["money.budget: unknown -> 1,000,000 EUR"]),
        ({"money": {"rate_max": 85}}, {"money": {}}, ["money.rate_max: 85 -> unknown"]),
        ({"title": {"en": "Safe streets"}}, {"title": {"en": "Safe roads"}}, ["title.en: Safe streets -> Safe roads"]),
        ({"funds": ["ERDF"]}, {"funds": ["ERDF", "ESF+"]}, ["funds: ERDF -> ERDF, ESF+"]),
        (
            {"keywords": ["a", "b", "c"]},
            {"keywords": ["b", "c", "d", "e"]},
            ["keywords: added d, e; removed a"],
        ),
        ({"keywords": ["a", "b", "c"]}, {"keywords": ["c", "b", "a"]}, ["keywords: the same in another order"]),
        ({"timeline": closing("2026-09-14")}, {}, ["timeline.cutoffs: 2026-09-14 -> unknown"]),
        (
            {"eligibility": {"rules": [rule("population", {"min": 25000}), rule("country", {"in": ["BG"]})]}},
            {"eligibility": {"rules": [rule("population", {"min": 20000}), rule("country", {"in": ["BG"]})]}},
            ["eligibility.rules.population.value.min: 25000 -> 20000"],
        ),
    ],
)
def test_a_line_says_what_it_was_and_what_it_is(old: dict[str, Any], new: dict[str, Any], lines: list[str]) -> None:
    assert changed(old, new) == lines


def test_what_the_short_form_hides_is_shown_whole() -> None:
    (line,) = changed({"timeline": at("2026-09-14", "16:30")}, {"timeline": at("2026-09-14", "16:30", indicative=True)})
    assert line.startswith("timeline.cutoffs: [")
    assert '"indicative":true' in line


def test_a_long_text_is_shown_by_the_words_that_changed() -> None:
    words = [f"word{n}" for n in range(60)]
    new = [*words[:30], "quite", "another", *words[31:]]
    (line,) = changed({"summary": {"en": " ".join(words)}}, {"summary": {"en": " ".join(new)}})
    assert line == ("summary.en: ... word27 word28 word29 [-word30-] [+quite another+] word31 word32 word33 ...")


def test_a_text_that_is_another_one_is_cut() -> None:
    old, new = (" ".join(f"{letter}{n}" for n in range(500)) for letter in "ab")
    (line,) = changed({"summary": {"en": old}}, {"summary": {"en": new}})
    assert len(line) < 700
    assert line.endswith(f"(much of {len(old)} letters changed)")


def test_when_it_was_read_is_no_change() -> None:
    def fetched(when: str, digest: str) -> dict[str, Any]:
        return {"sources": [page(method="parsed", read_on=None, fetched_at=when, content_hash=digest)]}

    assert changed(fetched("2026-11-01T10:00:00Z", "aa"), fetched("2026-11-22T10:00:00Z", "bb")) == []


def test_evidence_is_shown_where_nothing_else_changed() -> None:
    def told(amount: int, statement: str) -> dict[str, Any]:
        return {
            "money": {"budget": {"amount": amount}},
            "evidence": {"money.budget": [proof(statement=statement)]},
        }

    assert changed(told(5, "Five."), told(6, "Six.")) == ["money.budget: 5 EUR -> 6 EUR"]
    (line,) = changed(told(5, "Five."), told(5, "It is five."))
    assert line.startswith("evidence of money.budget: ")
    assert "It is five." in line


def test_values_in_few_words() -> None:
    assert show(None) == show([]) == "unknown"
    assert show({"amount": "12.5", "currency": "BGN"}) == "12.50 BGN"
    assert show("x" * 500) == f"{'x' * 80} ... (500 letters)"
