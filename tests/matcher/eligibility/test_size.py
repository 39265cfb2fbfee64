from typing import Any

import pytest

from tests.matcher.eligibility.builders import answer, applicant, one, verdict

GROUPING = {"min": 25_000, "grouping": {"allowed": True}}


@pytest.mark.parametrize(
    ("value", "inhabitants", "expected"),
    [
        ({"min": 25_000}, 25_000, "meets"),
        ({"min": 25_000}, 24_999, "fails"),
        ({"min": 25_000, "min_strict": True}, 25_000, "fails"),
        ({"min": 25_000, "min_strict": True}, 25_001, "meets"),
        ({"max": 5_000, "max_inclusive": True}, 5_000, "meets"),
        ({"max": 5_000, "max_inclusive": False}, 5_000, "fails"),
        ({"max": 5_000, "max_inclusive": None}, 5_000, "unknown"),
        ({"max": 5_000}, 4_999, "meets"),
        ({"max": 5_000}, 5_001, "fails"),
        ({"min": 1, "max": 5_000}, None, "unknown"),
        ({}, None, "meets"),
    ],
)
def test_population_alone(value: dict[str, Any], inhabitants: int | None, expected: str) -> None:
    assert verdict("population", value, applicant(population=inhabitants)) == expected


@pytest.mark.parametrize(
    ("grouping", "facts", "expected"),
    [
        ({"allowed": True}, {}, "meets"),
        ({"allowed": False}, {}, "fails"),
        (None, {}, "unknown"),
        ({"allowed": True, "only_if_fact": "joint"}, {"joint": True}, "meets"),
        ({"allowed": True, "only_if_fact": "joint"}, {"joint": False}, "fails"),
        ({"allowed": True, "only_if_fact": "joint"}, {}, "unknown"),
    ],
)
def test_population_of_a_grouping(grouping: dict[str, Any] | None, facts: dict[str, Any], expected: str) -> None:
    who = applicant("municipality BG 20000", "municipality BG associated_authority 5000", facts=facts)
    assert verdict("population", {"min": 25_000, "grouping": grouping}, who) == expected


def test_partners_who_are_no_members_of_the_grouping_add_nothing() -> None:
    assert verdict("population", GROUPING, applicant("municipality BG 20000", "municipality BG 90000")) == "fails"


def test_the_door_says_how_many_inhabitants_are_missing() -> None:
    found = answer({"population": GROUPING}, applicant("municipality BG 10000"))
    assert found.overall == "can_apply_in_group_or_as_partner"
    assert found.rules[0].reason == "10,000 inhabitants; the call asks for at least 25,000"
    assert [(door.kind, door.gap.inhabitants) for door in found.doors] == [("grouping", 15_000)]
    assert "15,000 more inhabitants" in found.doors[0].sentence


def test_a_conditional_grouping_is_a_doubtful_door() -> None:
    rule = {"min": 25_000, "grouping": {"allowed": True, "only_if_fact": "joint"}}
    assert answer({"population": rule}, applicant("municipality BG 10000")).overall == "not_clear"


def test_too_small_without_any_door() -> None:
    assert answer({"population": {"min": 25_000}}, applicant("municipality BG 10000")).overall == "cannot"


def test_a_grouping_that_became_too_large_can_shrink() -> None:
    rule = {"max": 10_000, "grouping": {"allowed": True}}
    found = answer({"population": rule}, applicant("municipality BG 9000", "municipality BG associated_authority 5000"))
    assert found.overall == "can_apply_in_group_or_as_partner"


def test_known_members_may_be_enough_although_others_are_not_given() -> None:
    who = applicant("municipality BG", "municipality BG associated_authority 30000")
    assert verdict("population", GROUPING, who) == "meets"


def test_an_agglomeration_is_as_large_as_its_units() -> None:
    units = [{"population": 20_000}, {"population": 5_000}]
    assert verdict("population", GROUPING, applicant("organised_agglomeration FR", units=units)) == "meets"


URBAN = {"in": [1, 2], "agglomeration_min_share": 0.51}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"degurba": 2}, "meets"),
        ({"degurba": 3}, "fails"),
        ({}, "unknown"),
        ({"units": [{"population": 51, "degurba": 1}, {"population": 49, "degurba": 3}]}, "meets"),
        ({"units": [{"population": 50, "degurba": 1}, {"population": 50, "degurba": 3}]}, "fails"),
        ({"units": [{"population": 50, "degurba": 1}, {"population": 50}]}, "unknown"),
        ({"units": [{"population": 60, "degurba": 1}, {"population": 40}]}, "meets"),
    ],
)
def test_degree_of_urbanisation(who: dict[str, Any], expected: str) -> None:
    assert verdict("degree_of_urbanisation", URBAN, applicant(**who)) == expected


@pytest.mark.parametrize(("facts", "expected"), [({"x": True}, "meets"), ({"x": False}, "fails"), ({}, "unknown")])
def test_an_exception_for_rural_places(facts: dict[str, Any], expected: str) -> None:
    rule = {"in": [1, 2], "exception_fact": "x"}
    assert verdict("degree_of_urbanisation", rule, applicant(degurba=3, facts=facts)) == expected


def test_one_rural_member_spoils_a_grouping_and_can_be_replaced() -> None:
    member = {"type": "municipality", "role": "associated_authority", "degurba": 3}
    found = one("degree_of_urbanisation", {"in": [1, 2]}, applicant(degurba=1, partners=[member]))
    assert (found.verdict, [door.kind for door in found.doors]) == ("fails", ["other_partners"])


def test_a_rural_place_may_join_an_agglomeration() -> None:
    found = one("degree_of_urbanisation", URBAN, applicant(degurba=3))
    assert [door.kind for door in found.doors] == ["agglomeration"]


OPTIONS = {"any_of": [{"degurba_in": [3]}, {"degurba_in": [2, 3], "population_below": 10_000}]}


@pytest.mark.parametrize(
    ("degurba", "inhabitants", "expected"),
    [
        (3, None, "meets"),
        (3, 50_000, "meets"),
        (2, 9_999, "meets"),
        (2, 10_000, "fails"),
        (2, None, "unknown"),
        (1, 500, "fails"),
        (1, None, "fails"),
        (None, 500, "unknown"),
        (None, 50_000, "unknown"),
    ],
)
def test_settlement_or_population(degurba: int | None, inhabitants: int | None, expected: str) -> None:
    who = applicant(degurba=degurba, population=inhabitants)
    assert verdict("settlement_or_population", OPTIONS, who) == expected


def test_any_class_below_a_size() -> None:
    rule = {"any_of": [{"degurba_in": [1, 2, 3], "population_below": 10_000}]}
    assert verdict("settlement_or_population", rule, applicant(population=500)) == "meets"
