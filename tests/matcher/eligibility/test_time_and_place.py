from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.matcher.eligibility.builders import answer, applicant, one, verdict

TWO_STAGES = {"closes": ["2026-02-01", "2026-06-01"], "second_stage_by_invitation": True}


@pytest.mark.parametrize(
    ("value", "as_of", "expected"),
    [
        ({"closes": ["2026-03-01T17:00:00+01:00"]}, date(2026, 3, 1), "meets"),
        ({"closes": ["2026-03-01T17:00:00+01:00"]}, date(2026, 3, 2), "fails"),
        ({"closes": ["2026-03-01T17:00:00+01:00"]}, datetime(2026, 3, 1, 16, 0, tzinfo=UTC), "meets"),
        ({"closes": ["2026-03-01T17:00:00+01:00"]}, datetime(2026, 3, 1, 16, 1, tzinfo=UTC), "fails"),
        ({"closes": ["2026-03-01"]}, datetime(2026, 3, 1, 22, 30, tzinfo=UTC), "meets"),
        ({"closes": ["2026-01-01", "2026-04-01"]}, date(2026, 3, 1), "meets"),
        ({"closes": ["2026-04-01", "2026-01-01"]}, date(2026, 3, 1), "meets"),
        ({"continuous": True}, date(2026, 3, 1), "meets"),
        ({"continuous": True, "closes": ["2026-01-01"]}, date(2026, 3, 1), "unknown"),
        ({"closes": ["2026-01-01"], "indicative": True}, date(2026, 3, 1), "unknown"),
        ({}, date(2026, 3, 1), "unknown"),
        (TWO_STAGES, date(2026, 2, 1), "meets"),
        (TWO_STAGES, date(2026, 2, 2), "fails"),
        ({"closes": ["2026-02-01", "2026-02-10"], "sources_disagree": True}, date(2026, 2, 1), "meets"),
        ({"closes": ["2026-02-01", "2026-02-10"], "sources_disagree": True}, date(2026, 2, 5), "unknown"),
        ({"closes": ["2026-02-01", "2026-02-10"], "sources_disagree": True}, date(2026, 2, 11), "fails"),
        ({"closes": ["2026-02-01"], "sources_disagree": True}, date(2026, 2, 2), "unknown"),
    ],
)
def test_deadline(value: dict[str, Any], as_of: date, expected: str) -> None:
    assert verdict("deadline", value, applicant(), as_of) == expected


def test_second_stage_is_open_to_those_invited() -> None:
    invited = applicant(facts={"invited_to_second_stage": True})
    assert verdict("deadline", TWO_STAGES, invited, date(2026, 3, 1)) == "meets"
    assert "invited" in one("deadline", TWO_STAGES, applicant(), date(2026, 3, 1)).reason


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"registered_on": "2024-03-01"}, "meets"),
        ({"registered_on": "2024-03-02"}, "fails"),
        ({}, "unknown"),
        ({"registered_on": "2024-03-02", "role": "partner"}, "unknown"),
    ],
)
def test_organisation_age(who: dict[str, Any], expected: str) -> None:
    rule = {"registered_on_or_before": "2024-03-01"}
    assert verdict("organisation_age", rule, applicant("association BG", **who)) == expected


def test_a_town_hall_is_not_asked_for_its_registration() -> None:
    assert verdict("organisation_age", {"registered_on_or_before": "2024-03-01"}, applicant()) == "meets"


@pytest.mark.parametrize(
    ("value", "who", "expected"),
    [
        ({"in": ["EU27"], "others": "fails"}, "municipality GR", "meets"),
        ({"in": ["EU27"], "others": "fails"}, "municipality RS", "fails"),
        ({"in": ["EU27"], "others": "unknown"}, "municipality RS", "unknown"),
        ({"in": ["EU27"]}, "municipality RS", "unknown"),
        ({"in": ["EU27"], "not_in": ["HU"]}, "municipality HU", "fails"),
        ({"not_in": ["RU"]}, "municipality MD", "meets"),
        ({"not_in": ["RU"], "others": "unknown"}, "municipality MD", "unknown"),
        ({"in": ["EU27", "UA"], "partner_only": ["UA"], "others": "fails"}, "municipality UA", "fails"),
        ({"in": ["EU27", "UA"], "partner_only": ["UA"], "others": "fails"}, "municipality UA partner", "meets"),
        ({"in": ["EU27"], "others": "fails", "io_exempt": True}, "international_organisation CH", "meets"),
        ({"in": ["EU27"], "others": "fails"}, "association RS associated", "unknown"),
        ({"in": ["EU27"], "others": "fails"}, "municipality", "unknown"),
    ],
)
def test_country(value: dict[str, Any], who: str, expected: str) -> None:
    assert verdict("country", value, applicant(who)) == expected


def test_lead_country_is_asked_of_the_lead() -> None:
    rule = {"in": ["EU27"], "others": "fails"}
    assert verdict("lead_country", rule, applicant("association UA partner", "municipality RO lead")) == "meets"
    assert verdict("lead_country", rule, applicant("association RO partner", "municipality UA lead")) == "fails"


AREA = {
    "whole": ["SK", "MD"],
    "partial": {"DE": ["Bavaria", "Görlitz"], "UA": ["Odessa"]},
    "outside_eu": "associated_partner",
    "outside_non_eu": "fails",
}


@pytest.mark.parametrize(
    ("country", "region", "role", "expected"),
    [
        ("SK", None, "lead", "meets"),
        ("DE", "Bayern", "lead", "meets"),
        ("DE", "Bavière", "lead", "meets"),
        ("DE", "Landkreis Görlitz", "lead", "meets"),
        ("DE", "Hamburg", "lead", "fails"),
        ("DE", "Hamburg", "associated", "meets"),
        ("DE", "Saxony", "lead", "unknown"),
        ("DE", "Zittau", "lead", "unknown"),
        ("DE", None, "lead", "unknown"),
        ("UA", "Kyiv", "partner", "fails"),
        ("UA", "Odesa", "partner", "meets"),
        ("PL", None, "partner", "fails"),
        ("TR", None, "partner", "fails"),
    ],
)
def test_programme_area(country: str, region: str | None, role: str, expected: str) -> None:
    who = applicant(f"association {country} {role}", region=region)
    assert verdict("programme_area", AREA, who) == expected


@pytest.mark.parametrize(
    ("value", "role", "expected"),
    [
        ({"outside": "exception"}, "partner", "unknown"),
        ({"outside": "exception", "lead_must_be_inside": True}, "lead", "fails"),
        ({"outside": "unknown"}, "lead", "unknown"),
        ({}, "lead", "unknown"),
        ({"outside": "fails"}, "partner", "fails"),
    ],
)
def test_outside_the_area(value: dict[str, Any], role: str, expected: str) -> None:
    assert verdict("programme_area", {"whole": ["AT"], **value}, applicant(f"school FR {role}")) == expected


def test_an_outside_lead_may_still_be_an_exceptional_partner() -> None:
    rule = {"whole": ["AT"], "outside": "exception", "lead_must_be_inside": True}
    rules = {"programme_area": rule, "partner_type": {"any_of": ["school"]}}
    assert answer(rules, applicant("school FR")).overall == "not_clear"


def test_nuts_codes_are_compared_by_level() -> None:
    rule = {"partial": {"DE": ["DE2"]}, "outside": "fails"}
    answers = [
        verdict("programme_area", rule, applicant("school DE", region=code)) for code in ("DE21", "DE3", "Bayern")
    ]
    assert answers == ["meets", "fails", "unknown"]


def test_a_larger_region_may_hold_the_listed_one() -> None:
    rule = {"partial": {"DE": ["DE21"]}, "outside": "fails"}
    assert verdict("programme_area", rule, applicant("school DE", region="DE2")) == "unknown"


def test_a_city_of_county_rights_is_not_taken_for_a_county() -> None:
    rule = {"partial": {"HU": ["Békés"]}, "outside": "fails"}
    assert verdict("programme_area", rule, applicant("school HU", region="Békéscsaba")) == "unknown"
