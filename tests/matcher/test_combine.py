"""Pairs of calls for the two sides of an idea."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from matcher.answer import CallMatch, SidedPart
from matcher.combine import combine, own_share
from matcher.engine import Matcher
from matcher.query import IdeaQuery
from matcher.sides import basis
from tests.matcher.factory import IDEA

TODAY = dt.date(2026, 11, 2)
SIDES = [
    SidedPart(part="a new house", side="place", margin=0.1, law=None),
    SidedPart(part="courses for women", side="people", margin=-0.1, law=None),
]


@pytest.fixture(scope="module")
def base(small_matcher: Matcher) -> CallMatch:
    return small_matcher.match(IdeaQuery(text=IDEA)).calls[0]


def match(base: CallMatch, name: str, fund: str, part: str, **fields: Any) -> CallMatch:
    """A good match that is open till May 2027 and meets one part."""
    met = {"part": part, "nearness": 3.0, "sentence": base.excerpts[0].model_dump()}
    given: dict[str, Any] = {
        "id": name,
        "relevance": "good",
        "funds": [fund],
        "fund": fund,
        "parts": [met],
        "status": "open",
        "opens": None,
        "continuous": False,
        "cutoffs": [{"date": "2027-05-31"}],
        "money": {"rate_max": 80, "grant_max": {"amount": 400000}},
    }
    return CallMatch.model_validate(base.model_dump() | given | fields)


def pair_of(base: CallMatch, place: dict[str, Any], people: dict[str, Any], budget: Decimal | None = None) -> Any:
    matches = [
        match(base, "eu.place", "ERDF", "a new house", **place),
        match(base, "eu.people", "ESF+", "courses for women", **people),
    ]
    return combine(matches, SIDES, budget, TODAY)


def test_two_open_calls_for_two_sides_are_a_pair(base: CallMatch) -> None:
    (pair,) = pair_of(base, {}, {"cutoffs": [{"date": "2027-03-01"}], "opens": "2026-12-01"}).pairs
    assert (pair.place.id, pair.people.id) == ("eu.place", "eu.people")
    assert (str(pair.both_open_from), str(pair.both_open_to)) == ("2026-12-01", "2027-03-01")
    assert [str(step.date) for step in pair.timeline] == ["2026-12-01", "2027-03-01", "2027-05-31"]
    assert pair.place.parts == ("a new house",)
    assert not pair.indicative
    assert len(pair.rules) >= 2
    assert all(rule.url.startswith("https://") for rule in pair.rules)


@pytest.mark.parametrize(
    "people",
    [
        {"status": "closed", "cutoffs": [{"date": "2026-01-01"}]},
        {"status": "unknown", "cutoffs": []},
        {"opens": "2027-07-01", "cutoffs": [{"date": "2027-09-01"}], "status": "forthcoming"},
        {"status": "planned", "opens": None},
        {"relevance": "possible"},
        {"parts": []},
        {"funds": ["LIFE"]},
        {"eligibility": {"overall": "cannot", "summary": "A rule is not met.", "rules": []}},
    ],
)
def test_what_cannot_be_applied_for_together_is_no_pair(base: CallMatch, people: dict[str, Any]) -> None:
    answer = pair_of(base, {}, people)
    assert answer.pairs == ()
    assert answer.sentence.startswith("The idea has both sides")


def test_the_side_that_lacks_a_call_is_named(base: CallMatch) -> None:
    matches = [match(base, "eu.people", "ESF+", "courses for women")]
    assert "work on places (ERDF" in combine(matches, SIDES, None, TODAY).sentence


def test_planned_days_are_marked(base: CallMatch) -> None:
    planned = {"status": "planned", "opens": "2027-01-15", "cutoffs": [{"date": "2027-04-01", "indicative": True}]}
    (pair,) = pair_of(base, {}, planned).pairs
    assert pair.indicative
    assert [step.indicative for step in pair.timeline] == [True, True, False]


def test_calls_that_are_always_open_have_no_end(base: CallMatch) -> None:
    always = {"continuous": True, "cutoffs": []}
    (pair,) = pair_of(base, always, always).pairs
    assert (pair.both_open_from, pair.both_open_to) == (TODAY, None)


def test_an_idea_with_one_side_gets_no_pair(base: CallMatch) -> None:
    matches = [match(base, "eu.place", "ERDF", "a new house")]
    assert combine(matches, SIDES[:1], None, TODAY).sentence.startswith("The idea has only one side")


def test_own_share_at_the_largest_grants(base: CallMatch) -> None:
    share = own_share((match(base, "a.a", "ERDF", "x"), match(base, "b.b", "ESF+", "x")), None)
    assert share.low is not None
    assert share.low.amount == 2 * 100_000
    assert "400,000 × (100 - 80) / 80" in share.formula


def test_own_share_of_a_budget_is_a_range_where_rates_differ(base: CallMatch) -> None:
    low = match(base, "a.a", "ERDF", "x", money={"rate_max": 90})
    high = match(base, "b.b", "ESF+", "x", money={"rate_max": 60})
    share = own_share((low, high), Decimal(100_000))
    assert share.low is not None
    assert share.high is not None
    assert (share.low.amount, share.high.amount) == (10_000, 40_000)


@pytest.mark.parametrize(
    ("money", "says"),
    [
        ({}, "rate not known"),
        ({"lump_sum": True}, "lump sum"),
        ({"rate_max": 80}, "largest grant not known"),
        ({"rate_max": 80, "grant_max": {"amount": 5, "currency": "PLN"}}, "PLN"),
        ({"rate_max": 0, "grant_max": {"amount": 5}}, "the EU pays nothing"),
    ],
)
def test_what_is_not_known_is_said_and_never_nothing(base: CallMatch, money: dict[str, Any], says: str) -> None:
    share = own_share((match(base, "a.a", "ERDF", "x"), match(base, "b.b", "ESF+", "x", money=money)), None)
    assert (share.low, share.high) == (None, None)
    assert says in share.formula


def test_the_basis_names_a_law_for_all_work() -> None:
    assert {work.law for work in basis().work} <= set(basis().laws)
    assert not set(basis().place_funds) & set(basis().people_funds)
    assert all(rule.url.startswith("https://eur-lex.europa.eu/") for rule in basis().rules)
