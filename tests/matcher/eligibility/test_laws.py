"""Laws that hold for all rules and applicants."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.rules import PopulationRule, UnreadRule
from corpus.vocab import ApplicantType, Overall, Role, Verdict
from matcher.eligibility import Assessment, DoorState, assess
from matcher.profile import Applicant
from tests.matcher.eligibility.builders import TODAY, a_rule

# The first example reads the names of regions, which takes longer than the rest together.
LAW = settings(deadline=None)

TYPES = st.sampled_from(["municipality", "association", "sme", "school", "natural_person", "egtc"])
CODES = st.sampled_from(["BG", "FR", "DE", "RS", "UA", "TR"])
SETS = st.lists(st.sampled_from(["EU27", "FR", "RS", "UA"]), max_size=3, unique=True)
KINDS = st.lists(TYPES, max_size=4, unique=True)
MAYBE = st.none() | st.booleans()
SIZES = st.none() | st.integers(0, 120_000)
OTHERS = st.sampled_from(["fails", "unknown"])
OUTSIDE = st.sampled_from(["fails", "unknown", "exception", "associated_partner"])
GROUPING = st.none() | st.fixed_dictionaries({"allowed": st.booleans()}, optional={"only_if_fact": st.just("x")})
FACTS = st.dictionaries(st.sampled_from(["x", "people"]), st.booleans() | st.integers(0, 9), max_size=2)

COUNTRY = st.fixed_dictionaries(
    {}, optional={"in": SETS, "not_in": SETS, "others": OTHERS, "partner_only": SETS, "io_exempt": st.booleans()}
)
BODY_TYPE = st.fixed_dictionaries(
    {}, optional={"any_of": KINDS, "none_of": KINDS, "conditional": KINDS, "not_listed": OTHERS}
)
POPULATION = st.fixed_dictionaries(
    {},
    optional={
        "min": st.integers(0, 90_000),
        "max": st.integers(1, 120_000),
        "min_strict": st.booleans(),
        "max_inclusive": MAYBE,
        "grouping": GROUPING,
    },
)
AREA = st.fixed_dictionaries(
    {"whole": SETS},
    optional={
        "partial": st.just({"DE": ["Bavaria"]}),
        "outside": OUTSIDE,
        "outside_eu": OUTSIDE,
        "lead_must_be_inside": st.booleans(),
    },
)
CONSORTIUM = st.fixed_dictionaries(
    {},
    optional={
        "min_applicants": st.integers(1, 4),
        "max_applicants": st.integers(1, 4),
        "min_countries": st.integers(1, 3),
        "min_member_states": st.integers(0, 2),
        "of_types": KINDS,
        "required_countries": SETS,
        "sole_allowed": MAYBE,
    },
)
FACT = st.fixed_dictionaries(
    {"fact": st.just("x")},
    optional={"must_be": st.booleans(), "applies_to": st.sampled_from(["lead", "applicant"]), "only_types": KINDS},
)
VALUES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "deadline": st.sampled_from([{"closes": ["2026-01-01"]}, {"closes": ["2026-09-01"]}, {}, {"continuous": True}]),
    "country": COUNTRY,
    "lead_country": COUNTRY,
    "applicant_type": BODY_TYPE,
    "lead_type": BODY_TYPE,
    "partner_type": BODY_TYPE,
    "legal_personality": st.fixed_dictionaries({"required": st.booleans(), "exception": st.booleans()}),
    "population": POPULATION,
    "degree_of_urbanisation": st.sampled_from([{"in": [1, 2]}, {"in": [3], "exception_fact": "x"}]),
    "consortium": CONSORTIUM,
    "must_include": st.fixed_dictionaries({"types": KINDS, "any_role": st.booleans()}),
    "programme_area": AREA,
    "people_group": st.fixed_dictionaries({"min_people": st.integers(1, 5)}),
    "organisations_total": st.fixed_dictionaries({"min": st.integers(1, 5)}),
    "fact": FACT,
}
Written = tuple[str, dict[str, Any]]
RULE: st.SearchStrategy[Written] = st.sampled_from(sorted(VALUES)).flatmap(
    lambda family: st.tuples(st.just(family), VALUES[family])
)
RULES = st.lists(RULE, max_size=5)

BODY: dict[str, st.SearchStrategy[Any]] = {
    "type": st.none() | TYPES,
    "country": st.none() | CODES,
    "role": st.sampled_from(list(Role)),
    "population": SIZES,
    "degurba": st.none() | st.sampled_from([1, 2, 3]),
    "region": st.none() | st.sampled_from(["Bayern", "Hamburg", "Zittau"]),
    "legal_personality": MAYBE,
    "facts": FACTS,
}
PARTNER = st.fixed_dictionaries({}, optional=BODY)
APPLICANT = st.fixed_dictionaries(
    {"role": st.sampled_from([Role.LEAD, Role.LEAD, Role.PARTNER])},
    optional={
        **{key: value for key, value in BODY.items() if key != "role"},
        "partners": st.lists(PARTNER, max_size=3),
    },
).map(Applicant.model_validate)
"""Applicants of which much is not said, leads twice as often as partners."""


def answer(rules: list[Written], who: Applicant, unread: tuple[str, ...] = ()) -> Assessment:
    read = [a_rule(family, value, f"{family}-{index}") for index, (family, value) in enumerate(rules)]
    return assess(read, [UnreadRule(family=family) for family in unread], who, TODAY)


@LAW
@given(RULES, RULE, APPLICANT)
def test_an_added_rule_makes_nobody_eligible(rules: list[Written], added: Written, who: Applicant) -> None:
    after = answer([*rules, added], who)
    if after.overall is Overall.CAN_APPLY:
        assert answer(rules, who).overall is Overall.CAN_APPLY


@LAW
@given(RULES, APPLICANT)
def test_the_order_of_rules_does_not_matter(rules: list[Written], who: Applicant) -> None:
    assert answer(rules, who).overall is answer(rules[::-1], who).overall


@LAW
@given(RULES, APPLICANT)
def test_the_answer_follows_from_the_rules(rules: list[Written], who: Applicant) -> None:
    found = answer(rules, who)
    failed = [item for item in found.rules if item.verdict is Verdict.FAILS]
    closed = [item for item in failed if not item.doors]
    assert (found.overall is Overall.CANNOT) == bool(closed)
    assert (found.overall is Overall.CAN_APPLY) <= all(item.verdict is Verdict.MEETS for item in found.rules)


@LAW
@given(RULES, APPLICANT)
def test_every_answer_can_be_explained(rules: list[Written], who: Applicant) -> None:
    for item in answer(rules, who).rules:
        assert item.reason
        assert item.evidence
        assert (item.unknown_kind is not None) == (item.verdict is Verdict.UNKNOWN)
        assert all(door.state is not DoorState.ELSEWHERE for door in item.doors)


@LAW
@given(APPLICANT, POPULATION, st.integers(0, 90_000))
def test_a_further_member_never_makes_a_grouping_too_small(who: Applicant, value: dict[str, Any], size: int) -> None:
    rule = a_rule("population", {key: given for key, given in value.items() if key != "max"})
    assert isinstance(rule, PopulationRule)
    member = {"type": ApplicantType.MUNICIPALITY, "role": Role.ASSOCIATED_AUTHORITY, "population": size}
    larger = Applicant.model_validate({**who.model_dump(), "partners": [*who.model_dump()["partners"], member]})
    if assess([rule], (), who, TODAY).rules[0].verdict is Verdict.MEETS:
        assert assess([rule], (), larger, TODAY).rules[0].verdict is Verdict.MEETS


@LAW
@given(RULES, st.sampled_from(["municipality", "association"]))
def test_nobody_is_refused_for_what_was_not_said(rules: list[Written], kind: str) -> None:
    """Unknown is not no: of an applicant that gives its kind alone, only its kind, time and number can fail."""
    certain = {"deadline", "applicant_type", "lead_type", "partner_type"}
    certain |= {"consortium", "must_include", "organisations_total"}
    for item in answer(rules, Applicant.model_validate({"type": kind})).rules:
        assert item.verdict is not Verdict.FAILS or item.family in certain


@pytest.mark.parametrize("extra", ["own_contribution", "consortium"])
@LAW
@given(rules=RULES, who=APPLICANT)
def test_a_rule_that_was_not_read_is_never_met(extra: str, rules: list[Written], who: Applicant) -> None:
    assert answer(rules, who, unread=(extra,)).overall in (Overall.CANNOT, Overall.NOT_CLEAR)
