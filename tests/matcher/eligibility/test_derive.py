"""Dates and countries of a call of the corpus, answered by the same engine."""

from datetime import date, time
from typing import Any

import pytest

from corpus.model import Call
from corpus.parts import Cutoff, Timeline
from corpus.rules import UnreadRule
from corpus.vocab import CutoffStage
from matcher.eligibility import assess, assess_call
from matcher.eligibility.derive import deadline_rule, rules_of
from tests.matcher.eligibility.builders import EVIDENCE, TODAY, applicant

SOURCE = {"key": "page", "url": "https://example.org/call", "method": "curated", "read_on": "2026-01-10"}


def a_call(**fields: Any) -> Call:
    return Call.model_validate(
        {
            "id": "test.call",
            "title": {"en": "A call of a test"},
            "original_language": "en",
            "url": "https://example.org/call",
            "sources": [SOURCE],
            "funds": ["ESF+"],
            "timeline": {"cutoffs": [{"date": "2026-05-01"}]},
            **fields,
        }
    )


def test_the_hour_and_its_zone_are_kept() -> None:
    winter = Cutoff(date=date(2026, 1, 15), time=time(17), zone="Europe/Vilnius")
    summer = Cutoff(date=date(2026, 7, 15), time=time(17))
    rule = deadline_rule(Timeline(cutoffs=(winter, summer)))
    assert rule.value.closes == ("2026-01-15T17:00+02:00", "2026-07-15T17:00+02:00")


def test_a_date_without_an_hour_stays_a_date() -> None:
    assert deadline_rule(Timeline(cutoffs=(Cutoff(date=date(2026, 1, 15)),))).value.closes == ("2026-01-15",)


def test_a_second_stage_is_for_those_of_the_first() -> None:
    stages = tuple(
        Cutoff(date=date(2026, month, 1), stage=stage)
        for month, stage in ((1, CutoffStage.FIRST), (2, CutoffStage.FIRST), (6, CutoffStage.SECOND))
    )
    rule = deadline_rule(Timeline(cutoffs=stages))
    assert rule.value.second_stage_by_invitation
    answers = [assess([rule], (), applicant(), day).overall for day in (date(2026, 2, 1), date(2026, 2, 2))]
    assert answers == ["can_apply", "cannot"]


def test_nobody_is_late_for_a_date_that_is_only_planned() -> None:
    timeline = Timeline(cutoffs=(Cutoff(date=date(2026, 1, 15), indicative=True),))
    assert assess((), (), applicant(), TODAY, timeline=timeline).overall == "not_clear"


def test_a_call_without_dates_is_not_clear() -> None:
    assert assess((), (), applicant(), TODAY, timeline=Timeline()).overall == "not_clear"


LITHUANIA = {"geography": {"countries": ["LT"]}}
SAID = {"evidence": {"geography.countries": EVIDENCE}}


@pytest.mark.parametrize(
    ("fields", "country", "overall"),
    [
        (LITHUANIA, "LT", "can_apply"),
        (LITHUANIA, "BG", "not_clear"),
        ({**LITHUANIA, **SAID}, "BG", "not_clear"),
        ({**LITHUANIA, **SAID, "management": "direct"}, "BG", "not_clear"),
        ({**LITHUANIA, "management": "shared"}, "BG", "not_clear"),
        ({**LITHUANIA, **SAID, "management": "shared"}, "BG", "cannot"),
        ({**LITHUANIA, **SAID, "management": "shared"}, "LT", "can_apply"),
        ({"geography": {"countries": ["LT", "LV"]}, **SAID, "management": "shared"}, "BG", "not_clear"),
        ({"geography": {"unrestricted": True}}, "BG", "can_apply"),
        ({}, "BG", "can_apply"),
    ],
)
def test_countries_of_a_call(fields: dict[str, Any], country: str, overall: str) -> None:
    assert assess_call(a_call(**fields), applicant(f"municipality {country}"), TODAY).overall == overall


def test_a_rule_on_countries_comes_before_the_geography() -> None:
    rule = {"id": "own", "family": "country", "value": {"in": ["BG"], "others": "fails"}, "evidence": EVIDENCE}
    call = a_call(**LITHUANIA, eligibility={"rules": [rule]})
    assert assess_call(call, applicant("municipality BG"), TODAY).overall == "can_apply"


def test_unread_rules_of_a_call_are_answered() -> None:
    call = a_call(eligibility={"unread": [UnreadRule(family="consortium", note="In the annex.")]})
    found = assess_call(call, applicant("municipality BG"), TODAY)
    assert (found.rules[-1].reason, found.overall) == ("In the annex.", "not_clear")


def test_the_area_of_a_programme_stands_for_its_countries() -> None:
    area = {"whole": ["AT"], "partial": {"DE": ["Bayern"]}}
    rule = {"id": "area", "family": "programme_area", "value": area, "evidence": EVIDENCE}
    call = a_call(geography={"countries": ["AT"]}, eligibility={"rules": [rule]})
    assert [rule.family for rule in rules_of(call)] == ["deadline", "programme_area"]


def test_without_an_area_the_countries_make_a_rule() -> None:
    assert [rule.family for rule in rules_of(a_call(geography={"countries": ["AT"]}))] == ["deadline", "country"]
