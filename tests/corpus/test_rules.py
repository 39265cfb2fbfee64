"""Eligibility rules: each family has its own strict value."""

from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from corpus.rules import ConsortiumRule, CountryRule, DeadlineRule, PopulationRule, Rule, UnreadRule, expand_countries
from corpus.vocab import EU27, ApplicantType, UnknownKind
from tests.factories import rule

RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
GOOD: dict[str, dict[str, Any]] = {
    "deadline": {"closes": ["2026-06-15", "2026-09-15T17:00+02:00"], "indicative": True},
    "country": {"in": ["EU27", "EL"], "not_in": ["HU"], "others": "fails", "io_exempt": True},
    "lead_country": {"in": ["BG"], "partner_only": ["UA"]},
    "applicant_type": {"any_of": ["municipality"], "for_profit": ["sme"], "not_listed": "fails"},
    "lead_type": {"any_of": ["municipality"], "conditional": ["region"]},
    "partner_type": {"none_of": ["natural_person"]},
    "legal_personality": {"required": True, "exception": True},
    "population": {"min": 25000, "grouping": {"allowed": True}},
    "degree_of_urbanisation": {"in": [1, 2], "agglomeration_min_share": 0.5},
    "settlement_or_population": {"any_of": [{"degurba_in": [3]}, {"degurba_in": [2], "population_below": 10000}]},
    "consortium": {"min_applicants": 2, "min_countries_options": [2, {"min_applicants": 5, "min_countries": 1}]},
    "must_include": {"types": ["municipality"], "any_role": True},
    "programme_area": {"whole": ["MT"], "partial": {"IT": ["Sicilia"]}, "outside": "exception"},
    "region_category_share": {"min_share": 0.5, "categories": ["less_developed"]},
    "organisation_age": {"registered_on_or_before": "2024-01-01"},
    "people_group": {"min_people": 5, "age": [18, 30]},
    "organisations_total": {"min": 4},
    "newcomers": {"min_share": 0.25},
    "fact": {"fact": "charter_signed", "must_be": True, "applies_to": "lead"},
}


def complaint(family: str, value: dict[str, Any], **fields: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        RULE.validate_python(rule(family, value, **fields))
    error = caught.value.errors()[0]
    return f"{'.'.join(map(str, error['loc'][1:]))}: {error['msg'].removeprefix('Value error, ')}"


def families() -> set[str]:
    kinds = get_args(get_args(Rule)[0])
    return {name for kind in kinds for name in get_args(kind.model_fields["family"].annotation)}


def test_every_family_has_an_example_here() -> None:
    assert set(GOOD) == families()


@pytest.mark.parametrize(("family", "value"), GOOD.items())
def test_a_rule_that_was_written_is_read_back(family: str, value: dict[str, Any]) -> None:
    read = RULE.validate_python(rule(family, value))
    assert read.family == family
    assert RULE.validate_json(RULE.dump_json(read, exclude_defaults=True)) == read


@pytest.mark.parametrize("family", sorted(GOOD))
def test_a_condition_that_nobody_evaluates_is_refused(family: str) -> None:
    assert complaint(family, GOOD[family] | {"moon": "full"}) == "value.moon: Extra inputs are not permitted"


@pytest.mark.parametrize(
    ("family", "value", "words"),
    [
        ("deadline", {"closes": ["15.06.2026"]}, "value.closes.0: String should match pattern"),
        ("deadline", {"closes": ["2026-13-45"]}, "value.closes.0: month must be in 1..12"),
        ("deadline", {"closes": ["2026-06-15T17:00"]}, "value.closes.0: String should match pattern"),
        ("country", {"others": "maybe"}, "value.others: Input should be 'fails' or 'unknown'"),
        ("applicant_type", {"any_of": ["town"]}, "value.any_of.0: Input should be 'municipality'"),
        ("legal_personality", {}, "value.required: Field required"),
        ("population", {"min": -1}, "value.min: Input should be greater than or equal to 0"),
        ("population", {"grouping": {}}, "value.grouping.allowed: Field required"),
        ("degree_of_urbanisation", {"in": [4]}, "value.in.0: Input should be 1, 2 or 3"),
        ("consortium", {"min_applicants": 0}, "value.min_applicants: Input should be greater than or equal to 1"),
        ("consortium", {"min_countries_options": [True]}, "value.min_countries_options.0: Input should be"),
        ("newcomers", {"min_share": 30}, "value.min_share: Input should be less than or equal to 1"),
        ("organisation_age", {"registered_on_or_before": "long ago"}, "value.registered_on_or_before: Input should"),
    ],
)
def test_impossible_values_are_refused(family: str, value: dict[str, Any], words: str) -> None:
    assert complaint(family, value).startswith(words)


def test_a_rule_needs_evidence_and_a_known_family() -> None:
    assert complaint("population", {"min": 1}, evidence=[]).startswith("evidence: Tuple should have at least 1 item")
    with pytest.raises(ValidationError, match="'horoscope' found using 'family' does not match"):
        RULE.validate_python(rule("horoscope", {}))


def test_a_key_that_is_null_is_one_that_the_call_does_not_speak_of() -> None:
    read = RULE.validate_python(rule("country", {"in": ["BG"], "others": None, "not_in": None}))
    assert isinstance(read, CountryRule)
    assert (read.value.in_, read.value.others, read.value.not_in) == (("BG",), "unknown", ())


def test_a_country_is_a_code_or_the_union() -> None:
    with pytest.raises(ValidationError, match="'QQ' is not a country code; use ISO 3166-1 alpha-2"):
        RULE.validate_python(rule("country", {"in": ["QQ"]}))


def test_countries_are_kept_in_their_iso_form() -> None:
    read = RULE.validate_python(rule("country", {"in": ["EL", "UK", "EU27"]}))
    assert isinstance(read, CountryRule)
    assert read.value.in_ == ("GR", "GB", "EU27")


def test_a_bare_number_among_consortium_options_is_a_number_of_countries() -> None:
    read = RULE.validate_python(rule("consortium", {"min_countries_options": [3, {"min_applicants": 5}]}))
    assert isinstance(read, ConsortiumRule)
    assert [(o.min_countries, o.min_applicants) for o in read.value.min_countries_options] == [(3, None), (None, 5)]


def test_what_a_population_rule_does_not_say_stays_unknown() -> None:
    read = RULE.validate_python(rule("population", {"min": 25000}))
    assert isinstance(read, PopulationRule)
    assert (read.value.max_inclusive, read.value.grouping, read.value.min_strict) == (None, None, False)


def test_a_date_without_a_time_stays_a_date() -> None:
    read = RULE.validate_python(rule("deadline", {"closes": ["2026-06-15"]}))
    assert isinstance(read, DeadlineRule)
    assert read.value.closes == ("2026-06-15",)


def test_groups_of_countries_are_expanded() -> None:
    assert expand_countries(("EU27", "NO")) == EU27 | {"NO"}
    assert expand_countries(("BG",)) == {"BG"}
    assert expand_countries(()) == frozenset()


def test_a_rule_that_was_not_read_says_why() -> None:
    assert UnreadRule(family="fact").kind is UnknownKind.NOT_IN_RECORD
    assert UnreadRule.model_validate({"family": "fact", "kind": "rule_text"}).kind is UnknownKind.RULE_TEXT
    with pytest.raises(ValidationError, match="kind"):
        UnreadRule.model_validate({"family": "fact", "kind": "applicant_fact"})


def test_kinds_of_body_are_read_as_codes() -> None:
    read = RULE.validate_python(rule("must_include", {"types": ["municipality"]}))
    assert read.value.types == (ApplicantType.MUNICIPALITY,)  # type: ignore[union-attr]
