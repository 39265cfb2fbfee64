from typing import Any

import pytest

from tests.matcher.eligibility.builders import EU, answer, applicant, one, verdict

FROM_FR = "municipality FR"


@pytest.mark.parametrize(
    ("value", "partners", "expected"),
    [
        ({"min_applicants": 2}, (), "fails"),
        ({"min_applicants": 2}, ("school FR",), "meets"),
        ({"min_applicants": 2}, ("school",), "meets"),
        ({"min_applicants": 2}, ("school FR associated",), "fails"),
        ({"min_applicants": 2}, ("school FR affiliated",), "fails"),
        ({"min_countries": 2}, ("school FR",), "fails"),
        ({"min_countries": 2}, ("school RS",), "meets"),
        ({"min_countries": 2}, ("school",), "unknown"),
        ({"min_member_states": 2}, ("school RS",), "fails"),
        ({"min_member_states": 1}, ("school RS",), "meets"),
        ({"max_applicants": 2}, ("school FR", "school DE"), "fails"),
        ({"of_types": ["municipality"], "min_applicants": 2}, ("school FR",), "fails"),
        ({"required_countries": ["FR", "DE"]}, ("school DE",), "meets"),
        ({"required_countries": ["FR", "DE"]}, ("school BE",), "fails"),
        ({"required_countries": ["FR", "DE"]}, ("school",), "unknown"),
        ({"one_from_each": [["FR", "BE"], ["TN", "MA"]]}, ("school MA",), "meets"),
        ({"one_from_each": [["FR", "BE"], ["TN", "MA"]]}, ("school BE",), "fails"),
        ({"min_from_set": {"set": ["AL", "RS", "BA"], "n": 2}}, ("school AL", "school RS"), "meets"),
        ({"min_from_set": {"set": ["AL", "RS", "BA"], "n": 2}}, ("school AL", "school IT"), "fails"),
        ({"min_from_set": {"set": ["AL", "RS", "BA"], "n": 2}}, ("school AL", "church AL"), "unknown"),
        ({"min_countries_options": [3, {"min_countries": 2, "min_applicants": 3}]}, ("school DE",), "fails"),
        (
            {"min_countries_options": [3, {"min_countries": 2, "min_applicants": 3}]},
            ("school DE", "church DE"),
            "meets",
        ),
        ({"sole_allowed": True, "min_countries": 2}, (), "meets"),
        ({"sole_allowed": False}, (), "fails"),
        ({"sole_allowed": False}, ("school FR",), "meets"),
        ({}, (), "meets"),
    ],
)
def test_consortium(value: dict[str, Any], partners: tuple[str, ...], expected: str) -> None:
    assert verdict("consortium", value, applicant(FROM_FR, *partners)) == expected


@pytest.mark.parametrize(("facts", "expected"), [({"x": True}, "meets"), ({"x": False}, "fails"), ({}, "unknown")])
def test_who_may_stand_alone(facts: dict[str, Any], expected: str) -> None:
    rule = {"min_applicants": 2, "sole_exception": {"type": "egtc", "fact": "x"}}
    assert verdict("consortium", rule, applicant("egtc DE", facts=facts)) == expected


def last(rules: dict[str, Any], *bodies: str) -> str:
    return answer(rules, applicant(*bodies)).rules[-1].verdict


def test_a_body_from_a_doubtful_country_may_count() -> None:
    rules = {
        "country": {"in": ["EU27"], "others": "unknown"},
        "consortium": {"min_applicants": 2, "min_member_states": 1},
    }
    assert last(rules, FROM_FR, "school RS") == "unknown"
    assert last(rules, "school BA", "school RS") == "fails"


def test_a_body_from_a_closed_country_does_not_count() -> None:
    assert last({"country": EU, "consortium": {"min_applicants": 2}}, FROM_FR, "school RS") == "fails"


def test_a_partner_of_a_forbidden_kind_does_not_count() -> None:
    rules = {"partner_type": {"none_of": ["natural_person"]}, "consortium": {"min_applicants": 2}}
    assert last(rules, FROM_FR, "natural_person FR") == "fails"


def test_only_those_inside_the_area_count() -> None:
    area = {"whole": ["AT", "HU"], "partial": {"DE": ["Bavaria"]}, "outside": "exception"}
    rules = {"programme_area": area, "consortium": {"min_applicants": 2, "count_inside_area_only": True}}
    assert last(rules, "school AT", "school FR") == "fails"
    assert last(rules, "school AT", "school DE") == "unknown"
    assert last(rules, "school AT", "school HU") == "meets"


def test_a_number_inside_the_area() -> None:
    rules = {
        "programme_area": {"whole": ["AT", "HU"], "outside": "exception"},
        "consortium": {"min_applicants": 3, "min_inside_area": 2},
    }
    assert last(rules, "school AT", "school FR", "school ES") == "fails"
    assert last(rules, "school AT", "school FR", "school HU") == "meets"


def test_the_door_says_what_is_missing() -> None:
    found = one("consortium", {"min_applicants": 3, "min_countries": 2}, applicant(FROM_FR))
    gap = found.doors[0].gap
    assert (found.doors[0].kind, gap.applicants, gap.countries) == ("more_partners", 2, 1)
    assert found.doors[0].sentence == "Find 2 more applicants and 1 more country"


@pytest.mark.parametrize(
    ("any_role", "partner", "expected"),
    [
        (False, "municipality FR", "meets"),
        (False, "municipality FR associated", "fails"),
        (True, "municipality FR associated", "meets"),
        (True, "school FR", "fails"),
    ],
)
def test_must_include(any_role: bool, partner: str, expected: str) -> None:
    rule = {"types": ["municipality"], "any_role": any_role}
    assert verdict("must_include", rule, applicant("association FR", partner)) == expected


def test_organisations_total_counts_associated_ones() -> None:
    who = applicant("association FR", "school FR associated")
    assert verdict("organisations_total", {"min": 2}, who) == "meets"
    assert verdict("organisations_total", {"min": 3}, who) == "fails"


SHARE = {"min_share": 0.5, "categories": ["less_developed", "transition"]}


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ("more_developed", "less developed", "meets"),
        ("more_developed", "more_developed", "fails"),
        ("more_developed", None, "unknown"),
        ("transition", None, "meets"),
    ],
)
def test_region_category_share(own: str, other: str | None, expected: str) -> None:
    partner = {"type": "municipality", "country": "FR", "region_category": other}
    who = applicant(FROM_FR, region_category=own, partners=[partner])
    assert verdict("region_category_share", SHARE, who) == expected


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (False, [True, True], "meets"),
        (False, [True, False], "fails"),
        (False, [True, None], "unknown"),
    ],
)
def test_newcomers(own: bool, others: list[bool | None], expected: str) -> None:
    partners = [{"type": "municipality", "newcomer": newcomer} for newcomer in others]
    who = applicant(FROM_FR, newcomer=own, partners=partners)
    assert verdict("newcomers", {"min_share": 0.6}, who) == expected


@pytest.mark.parametrize(("share", "expected"), [(0.6, "meets"), (0.59, "fails")])
def test_a_share_can_be_stated_as_a_whole(share: float, expected: str) -> None:
    who = applicant(FROM_FR, facts={"newcomers_share": share})
    assert verdict("newcomers", {"min_share": 0.6}, who) == expected
