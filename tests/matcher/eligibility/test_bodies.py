from typing import Any

import pytest

from tests.matcher.eligibility.builders import answer, applicant, one, verdict

CLOSED = {"any_of": ["municipality", "region"], "conditional": ["church"], "none_of": ["sme"], "not_listed": "fails"}


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (CLOSED, "municipality", "meets"),
        (CLOSED, "church", "unknown"),
        (CLOSED, "sme", "fails"),
        (CLOSED, "school", "fails"),
        ({"any_of": ["municipality"]}, "school", "unknown"),
        ({"none_of": ["sme"]}, "school", "meets"),
        ({"none_of": ["sme"], "not_listed": "unknown"}, "school", "unknown"),
        ({"any_of": ["sme"], "none_of": ["sme"]}, "sme", "unknown"),
        ({"any_of": ["sme"], "not_listed": None}, "school", "unknown"),
    ],
)
@pytest.mark.parametrize("family", ["applicant_type", "lead_type"])
def test_kind_of_body(family: str, value: dict[str, Any], kind: str, expected: str) -> None:
    assert verdict(family, value, applicant(f"{kind} FR")) == expected


def test_a_kind_that_is_not_given_is_unknown() -> None:
    assert one("applicant_type", CLOSED, applicant("", country="FR")).unknown_kind == "applicant_fact"


@pytest.mark.parametrize(
    ("who", "partners", "expected"),
    [
        ("school FR partner", ("municipality FR lead",), "meets"),
        ("church FR partner", ("municipality FR lead",), "fails"),
        ("municipality FR", (), "meets"),
        ("municipality FR", ("school FR",), "meets"),
        ("municipality FR", ("church FR",), "fails"),
        ("municipality FR", ("church FR associated",), "meets"),
    ],
)
def test_partner_type_binds_the_partners(who: str, partners: tuple[str, ...], expected: str) -> None:
    rule = {"any_of": ["school"], "not_listed": "fails"}
    assert verdict("partner_type", rule, applicant(who, *partners)) == expected


def test_a_wrong_partner_can_be_replaced() -> None:
    found = answer({"partner_type": {"none_of": ["church"]}}, applicant("municipality FR", "church FR"))
    assert found.overall == "can_apply_in_group_or_as_partner"
    assert [door.kind for door in found.doors] == ["other_partners"]


def test_a_company_needs_a_public_or_non_profit_body_beside_it() -> None:
    rule = {"any_of": ["sme", "school"], "for_profit": ["sme"], "for_profit_needs": ["school"]}
    assert verdict("partner_type", rule, applicant("sme FR partner", "school FR lead")) == "meets"
    alone = answer({"partner_type": rule}, applicant("sme FR partner", "sme FR lead"))
    assert (alone.rules[0].verdict, alone.overall) == ("fails", "can_apply_in_group_or_as_partner")


@pytest.mark.parametrize(
    ("value", "who", "expected"),
    [
        ({"required": False}, {"type": "informal_group"}, "meets"),
        ({"required": True}, {"type": "association", "legal_personality": True}, "meets"),
        ({"required": True}, {"type": "association", "legal_personality": False}, "fails"),
        ({"required": True, "exception": True}, {"type": "association", "legal_personality": False}, "unknown"),
        ({"required": True}, {"type": "association"}, "unknown"),
        ({"required": True}, {"type": "municipality"}, "meets"),
        ({"required": True}, {"type": "informal_group"}, "fails"),
    ],
)
def test_legal_personality(value: dict[str, Any], who: dict[str, Any], expected: str) -> None:
    assert verdict("legal_personality", value, applicant("", **who)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"people": 5, "youngest": 18, "oldest": 30}, "meets"),
        ({"people": 5, "ages": "18 22 30 25 19"}, "meets"),
        ({"people": 5, "ages": "17 22 30 25 19"}, "fails"),
        ({"people": 4, "youngest": 18, "oldest": 30}, "fails"),
        ({"people": 5}, "unknown"),
        ({"people": 5, "all_of_age": True}, "meets"),
        ({}, "unknown"),
    ],
)
def test_people_group(facts: dict[str, Any], expected: str) -> None:
    rule = {"min_people": 5, "age": [18, 30]}
    assert verdict("people_group", rule, applicant("informal_group IT", facts=facts)) == expected


def test_a_small_group_of_people_can_grow() -> None:
    found = one("people_group", {"min_people": 5}, applicant("informal_group IT", facts={"people": 3}))
    assert [(door.kind, door.gap.people) for door in found.doors] == [("more_people", 2)]


def test_natural_persons_who_are_named_are_counted() -> None:
    group = applicant("natural_person IT", "natural_person IT")
    assert verdict("people_group", {"min_people": 2}, group) == "meets"


@pytest.mark.parametrize(
    ("value", "facts", "expected"),
    [
        ({"must_be": True}, {"x": True}, "meets"),
        ({"must_be": True}, {"x": False}, "fails"),
        ({"must_be": False}, {"x": False}, "meets"),
        ({"must_be": True}, {"x": "yes"}, "meets"),
        ({"must_be": True}, {"x": "perhaps"}, "unknown"),
        ({"must_be": True}, {}, "unknown"),
        ({}, {"x": True}, "meets"),
        ({"at_least": 10}, {"x": 10}, "meets"),
        ({"at_least": 10}, {"x": 9.5}, "fails"),
        ({"at_least": 10}, {"x": True}, "unknown"),
        ({"must_be": True, "only_types": ["school"]}, {}, "meets"),
        ({"must_be": True, "only_types": ["municipality"]}, {}, "unknown"),
    ],
)
def test_fact(value: dict[str, Any], facts: dict[str, Any], expected: str) -> None:
    assert verdict("fact", {"fact": "x", **value}, applicant(facts=facts)) == expected


def test_a_fact_of_the_lead_is_looked_up_there() -> None:
    rule = {"fact": "x", "must_be": True, "applies_to": "lead"}
    lead = {"type": "municipality", "role": "lead", "facts": {"x": True}}
    assert verdict("fact", rule, applicant("school FR partner", partners=[lead])) == "meets"
