"""Ideas that no call fits: what is said instead."""

from typing import Any

from matcher.answer import Answer, NoFit
from matcher.eligibility.registry import CHECKS
from matcher.engine import Matcher
from matcher.query import IdeaQuery
from matcher.remedies import remedy
from tests.matcher.factory import (
    DAY_CENTRES_2024,
    DAY_CENTRES_BG,
    DAY_CENTRES_PL,
    FAR_IDEA,
    IDEA,
    PROGRAMME,
    ROMA_HOUSE,
    World,
    changed,
)

TOWN = {"type": "municipality", "country": "BG", "population": 48000}


def ask(matcher: Matcher, text: str = IDEA, **given: Any) -> Answer:
    return matcher.match(IdeaQuery.model_validate({"text": text, **given}))


def nothing(world: World, *calls: Any, **given: Any) -> NoFit:
    world.write([*calls, ROMA_HOUSE, PROGRAMME])
    world.reindex()
    matcher = world.matcher()
    found = ask(matcher, **given).no_fit
    matcher.close()
    assert found is not None
    return found


def test_where_something_fits_nothing_is_said(small_matcher: Matcher) -> None:
    assert ask(small_matcher, applicant=TOWN).no_fit is None


def test_an_idea_off_topic_is_told_so_and_gets_no_call(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, FAR_IDEA)
    assert answer.calls == ()
    assert answer.no_fit is not None
    assert answer.no_fit.off_topic
    assert answer.no_fit.next_call is None


def test_closing_dates_are_counted_and_cannot_be_relaxed(world: World) -> None:
    found = nothing(world, DAY_CENTRES_2024)
    (removed,) = found.removed
    assert (removed.condition, removed.ids, removed.alone) == ("deadline", (DAY_CENTRES_2024.id,), 1)
    assert found.relax is None
    assert found.nearest_practice is not None
    assert found.nearest_practice.id == ROMA_HOUSE.id


def test_the_condition_to_relax_is_the_one_that_stands_alone(world: World) -> None:
    firm = {"type": "sme", "country": "BG"}
    found = nothing(world, DAY_CENTRES_BG, DAY_CENTRES_2024, DAY_CENTRES_PL, applicant=firm)
    by_name = {item.condition: item for item in found.removed}
    assert by_name["applicant_type"].ids == (DAY_CENTRES_BG.id,)
    assert by_name["country"].ids == (DAY_CENTRES_PL.id,)
    assert found.relax in ("applicant_type", "country")


def test_two_conditions_are_both_counted_and_neither_alone(world: World) -> None:
    late = changed(DAY_CENTRES_BG, timeline={"cutoffs": [{"date": "2025-01-01"}]})
    found = nothing(world, late, applicant={"type": "sme", "country": "BG"})
    assert {item.condition: item.alone for item in found.removed} == {"deadline": 0, "applicant_type": 0}


def test_the_next_call_is_the_first_that_is_announced_and_open_to_the_applicant(world: World) -> None:
    opens = {"opens": {"date": "2027-02-01"}, "opens_indicative": True, "cutoffs": [{"date": "2027-05-31"}]}
    planned = changed(DAY_CENTRES_2024, id="eu.planned", timeline=opens)
    closed_to_us = changed(DAY_CENTRES_PL, id="pl.planned", timeline=opens | {"opens": {"date": "2027-01-01"}})
    found = nothing(world, planned, closed_to_us, DAY_CENTRES_2024, applicant=TOWN)
    assert found.next_call is not None
    assert (found.next_call.id, str(found.next_call.date)) == ("eu.planned", "2027-02-01")
    assert found.next_call.indicative
    assert "(indicative)" in found.next_call.why


def test_a_call_that_comes_back_is_named_without_a_day(world: World) -> None:
    again = changed(DAY_CENTRES_2024, timeline={"cutoffs": [{"date": "2025-03-01"}], "recurrence": "recurring"})
    found = nothing(world, again)
    assert found.next_call is not None
    assert found.next_call.date is None
    assert "come back" in found.next_call.why


def test_a_call_that_meets_no_part_is_no_confident_answer(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, "A green harbour for cranes", only=["life.gardens", "eu.older"])
    by_name = {call.id: call for call in answer.calls}
    assert by_name["eu.older"].relevance == "possible"
    assert all(part.sentence is None for part in by_name["eu.older"].parts)


def test_every_family_of_rules_has_a_remedy() -> None:
    assert [family for family in CHECKS if remedy(family) == remedy("nothing")] == ["fact"]
