from typing import Any

import pytest

from matcher.console import render
from matcher.engine import Matcher
from matcher.query import IdeaQuery
from tests.matcher.factory import FAR_IDEA, IDEA


def shown(matcher: Matcher, text: str = IDEA, explain: bool = False, **given: Any) -> str:
    return render(matcher.match(IdeaQuery.model_validate({"text": text, **given})), explain)


def test_an_answer_names_calls_reasons_and_examples(small_matcher: Matcher) -> None:
    who = {"type": "municipality", "country": "BG", "population": 10_000}
    text = shown(small_matcher, applicant=who)
    assert "CALLS as of 2026-11-02" in text
    assert "1. Day centres for Roma children  [bg.day-centres]" in text
    assert "closes 2027-05-31 17:00 Europe/Brussels, 210 days left" in text
    assert "at most 400,000 EUR a project; EU pays up to 80 %; 3,000,000 EUR in all" in text
    assert "NO  " in text
    assert "open door: Form a grouping with other authorities that brings 15,000 more inhabitants" in text
    assert "like: A house for Roma children (Tsvetovo, BG)" in text
    assert "WHAT OTHERS DID" in text
    assert "\n1 more for applicants of other countries\n" in text
    assert "https://calls.example.eu/bg.day-centres" in text


def test_the_last_line_promises_nothing(small_matcher: Matcher) -> None:
    assert shown(small_matcher).splitlines()[-1].startswith("Relevance is no chance of success.")


def test_rules_that_are_met_are_shown_when_asked_for(small_matcher: Matcher) -> None:
    who = {"type": "municipality", "country": "BG", "population": 30_000}
    short, whole = (shown(small_matcher, explain=explain, applicant=who) for explain in (False, True))
    assert "     yes " not in short
    assert "     yes " in whole
    assert "The page says so. [section 2]" in whole
    assert "meaning: How near the best passage is to the idea" in whole
    assert "1 more for applicants of other countries: pl.day-centres" in whole


def test_words_of_the_source_stand_in_quotation_marks_and_ours_do_not(small_matcher: Matcher) -> None:
    text = shown(small_matcher, "Jobs for migrant women")
    assert "why: “Training, a language course and work for migrant women and refugees.” (field summary)" in text
    assert "“A kitchen" not in text


@pytest.mark.parametrize(
    ("call_id", "told"),
    [
        ("eu.day-centres-2024", "closed 2024-03-01"),
        ("eu.homeless", "open all the time"),
        ("eu.older", "no date known"),
        ("amif.migrant-women", ", AMIF; opens 2027-01-15, closes 2027-05-31"),
    ],
)
def test_dates_in_words(small_matcher: Matcher, call_id: str, told: str) -> None:
    assert told in shown(small_matcher, only=[call_id])


def test_an_empty_answer_says_so(small_matcher: Matcher) -> None:
    lines = shown(small_matcher, FAR_IDEA).splitlines()
    assert lines[0].startswith("No call of the collection is about this idea.")
    assert "CALLS" not in "".join(lines)
