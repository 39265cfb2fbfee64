"""Which answer a call gets as a whole, and the doors beside rules that fail."""

from typing import Any

import pytest

from corpus.model import Cascade
from corpus.vocab import Overall
from matcher.eligibility import Assessment, assess
from tests.matcher.eligibility.builders import EU, TODAY, answer, applicant, rules_of

CITIES_LEAD = {"any_of": ["municipality"], "not_listed": "fails"}
IN_GROUP, NOT_CLEAR, CANNOT, CAN = (
    "can_apply_in_group_or_as_partner",
    "not_clear",
    "cannot",
    "can_apply",
)


def kinds(found: Assessment) -> set[str]:
    return {door.kind.value for door in found.doors}


@pytest.mark.parametrize(
    ("beside", "overall"),
    [
        ({}, CANNOT),
        ({"partner_type": {"any_of": ["association"]}}, IN_GROUP),
        ({"partner_type": {"any_of": ["school"], "not_listed": "unknown"}}, NOT_CLEAR),
        ({"partner_type": {"any_of": ["school"], "not_listed": "fails"}}, CANNOT),
        ({"partner_type": {"any_of": ["school"], "conditional": ["association"]}}, NOT_CLEAR),
        ({"applicant_type": {"any_of": ["association"]}}, IN_GROUP),
        ({"applicant_type": {"none_of": ["association"]}}, CANNOT),
        ({"consortium": {"min_applicants": 2}}, NOT_CLEAR),
        ({"consortium": {"sole_allowed": True}}, CANNOT),
    ],
)
def test_a_body_that_may_not_lead(beside: dict[str, Any], overall: str) -> None:
    found = answer({"lead_type": CITIES_LEAD, **beside}, applicant("association BG", "municipality BG"))
    assert found.overall == overall
    assert ("partner_role" in kinds(found)) is (overall in (IN_GROUP, NOT_CLEAR))


def test_rules_for_partners_that_were_not_read_leave_the_door_in_doubt() -> None:
    found = answer({"lead_type": CITIES_LEAD}, applicant("association BG"), unread=("partner_type",))
    assert found.overall == NOT_CLEAR
    assert found.rules[-1].unknown_kind == "not_in_record"


def test_what_binds_leads_does_not_matter_to_one_who_will_not_lead() -> None:
    rules = {"lead_type": CITIES_LEAD, "population": {"min": 50_000}, "partner_type": {"any_of": ["association"]}}
    assert answer(rules, applicant("association BG")).overall == IN_GROUP


def test_a_fact_that_binds_everybody_closes_every_role() -> None:
    rules = {"fact": {"fact": "x", "must_be": True}, "partner_type": {"any_of": ["municipality"]}}
    assert answer(rules, applicant(facts={"x": False})).overall == CANNOT


def test_a_fact_that_partners_can_bring() -> None:
    rules = {"fact": {"fact": "x", "must_be": True, "mend_by_partners": True}}
    assert answer(rules, applicant(facts={"x": False})).overall == IN_GROUP


def test_a_country_that_may_only_send_partners() -> None:
    rules = {
        "lead_country": {"in": ["EU27", "UA"], "partner_only": ["UA"], "others": "fails"},
        "consortium": {"min_applicants": 2},
    }
    found = answer(rules, applicant("municipality UA", "municipality RO"))
    assert (found.overall, kinds(found)) == (IN_GROUP, {"partner_role"})


def test_an_associated_role_is_a_door_only_where_the_call_names_it() -> None:
    area = {"whole": ["AT"], "outside_eu": "associated_partner", "outside_non_eu": "fails"}
    inside, outside = (answer({"programme_area": area}, applicant(f"school {code}")) for code in ("PL", "TR"))
    assert (inside.overall, kinds(inside)) == (IN_GROUP, {"associated_role"})
    assert (outside.overall, kinds(outside)) == (CANNOT, set())


def test_one_who_asks_for_a_partners_role_may_have_it() -> None:
    rules = {"lead_type": CITIES_LEAD, "partner_type": {"any_of": ["association"]}}
    found = answer(rules, applicant("association BG partner", "municipality BG lead"))
    assert (found.overall, found.doors) == (IN_GROUP, ())


def test_one_who_asks_for_a_partners_role_must_find_a_lead() -> None:
    rules = {"lead_type": CITIES_LEAD, "partner_type": {"any_of": ["association"]}}
    found = answer(rules, applicant("association BG partner"))
    assert (found.overall, kinds(found)) == (IN_GROUP, {"find_lead"})
    assert found.rules[0].verdict == "unknown"


def test_what_is_not_said_of_the_lead_does_not_hold_up_its_partner() -> None:
    found = answer({"population": {"min": 50_000}}, applicant("association BG partner", "municipality BG lead"))
    assert (found.rules[0].verdict, found.overall, kinds(found)) == ("unknown", IN_GROUP, {"find_lead"})


def test_a_wrong_lead_can_be_replaced() -> None:
    found = answer({"lead_type": CITIES_LEAD}, applicant("association BG partner", "church BG lead"))
    assert (found.overall, kinds(found)) == (IN_GROUP, {"find_lead"})


def test_one_who_may_not_be_a_partner_may_lead() -> None:
    rules = {"lead_type": CITIES_LEAD, "partner_type": {"any_of": ["school"], "not_listed": "fails"}}
    found = answer(rules, applicant("municipality BG partner", "municipality BG lead"))
    assert (found.overall, kinds(found)) == (IN_GROUP, {"lead_role"})


def test_too_late_is_too_late_in_every_role() -> None:
    rules = {"deadline": {"closes": ["2026-02-01"]}, "partner_type": {"any_of": ["municipality"]}}
    assert answer(rules, applicant()).overall == CANNOT


def test_cannot_comes_before_not_clear() -> None:
    found = answer({"country": EU}, applicant("municipality RS"), unread=("consortium",))
    assert found.overall == CANNOT
    assert "Serbia" in found.summary


def test_not_clear_comes_before_in_a_group() -> None:
    rules = {"country": {"in": ["EU27"]}, "consortium": {"min_applicants": 2}}
    assert answer(rules, applicant("municipality RS")).overall == NOT_CLEAR


def test_all_met_in_the_role_of_a_lead() -> None:
    assert answer({"country": EU}, applicant("municipality BG")).overall == CAN


def test_an_organisation_that_is_too_young_to_apply() -> None:
    rules = {"organisation_age": {"registered_on_or_before": "2024-01-01"}}
    young = applicant("association BG", registered_on="2025-01-01")
    assert answer(rules, young).overall == CANNOT
    # Whether the age binds partners as well is not said, so nobody is sent away.
    assert answer({**rules, "partner_type": {"any_of": ["association"]}}, young).overall == NOT_CLEAR


def test_regranting_stands_beside_the_call_and_does_not_open_it() -> None:
    rules = rules_of({"applicant_type": {"none_of": ["informal_group"]}})
    cascade = Cascade(is_regranting=True, intermediary="A national foundation")
    found = assess(rules, (), applicant("informal_group BG"), TODAY, cascade=cascade)
    assert (found.overall, kinds(found)) == (CANNOT, {"regranting"})
    assert "A national foundation" in found.doors[0].sentence
    assert assess(rules, (), applicant("school BG"), TODAY, cascade=cascade).doors == ()


def test_every_answer_says_what_it_compared_and_where_it_was_read() -> None:
    found = answer({"country": EU}, applicant("municipality RS")).rules[0]
    assert found.requirement == "The applicant must be established in one of the countries named."
    assert found.reason == "Established in Serbia; the call names an EU Member State"
    assert found.evidence[0].excerpt == "Own words of a test."


def test_an_unread_rule_never_takes_the_name_of_a_read_one() -> None:
    found = answer({"consortium": {"min_applicants": 1}}, applicant(), unread=("consortium",))
    assert [item.id for item in found.rules] == ["consortium", "consortium (unread)"]
    assert found.overall is Overall.NOT_CLEAR
