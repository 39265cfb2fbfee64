"""Answers over the small corpus: ideas as people would type them, and what must come back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from matcher.answer import Answer, CallMatch
from matcher.engine import Matcher
from matcher.errors import ProfileError
from matcher.query import IdeaQuery
from tests.fakes import FrozenClock
from tests.matcher.factory import (
    CALLS,
    DAY_CENTRES_PL,
    FAR_IDEA,
    IDEA,
    IDEA_BG,
    NOW,
    RECORDS,
    World,
    changed,
    new_world,
    rule,
)

MUNICIPALITY = {"type": "municipality", "country": "BG", "population": 48000}


def ask(matcher: Matcher, text: str = IDEA, **given: Any) -> Answer:
    return matcher.match(IdeaQuery.model_validate({"text": text, **given}))


def ids(answer: Answer) -> list[str]:
    return [call.id for call in answer.calls]


def one(answer: Answer, call_id: str) -> CallMatch:
    return next(call for call in answer.calls if call.id == call_id)


def left_out(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {group.reason: group.ids for group in answer.left_out}


@dataclass(frozen=True)
class Scenario:
    """An idea and what its answer must look like."""

    text: str
    calls: tuple[str, ...]
    """The first calls, in order."""
    practice: str
    """The first practice."""
    applicant: dict[str, Any] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()


SCENARIOS = {
    "a day centre, in English": Scenario(
        IDEA,
        ("bg.day-centres", "eui.small-cities", "eu.day-centres-2024"),
        "isopolis.roma-house",
        MUNICIPALITY,
        absent=("pl.day-centres", "creative.museums"),
        groups=frozenset({"roma", "children"}),
    ),
    "the same in Bulgarian": Scenario(
        IDEA_BG,
        ("bg.day-centres",),
        "isopolis.roma-house",
        MUNICIPALITY,
        absent=("pl.day-centres", "life.gardens"),
        groups=frozenset({"roma", "children"}),
    ),
    "the same asked from Poland": Scenario(
        IDEA, ("pl.day-centres",), "isopolis.roma-house", {"country": "PL"}, absent=("bg.day-centres",)
    ),
    "jobs for migrant women": Scenario(
        "Praca i kurs języka dla migrantek",
        ("amif.migrant-women",),
        "isopolis.women-kitchen",
        absent=("life.gardens", "eu.homeless"),
        groups=frozenset({"migrants"}),
    ),
    "homes for people who sleep rough": Scenario(
        "Wir suchen Wohnungen für obdachlose Menschen", ("eu.homeless",), "isopolis.shelter"
    ),
    "a garden": Scenario("Ogrody i parki", ("life.gardens",), "isopolis.lost-garden"),
    "violence against women": Scenario(
        "Help for survivors of violence against women", ("cerv.regrants",), "isopolis.safe-way"
    ),
    "older people": Scenario("Klub für Pensionäre: alte und senior Menschen", ("eu.older",), "isopolis.seniors"),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(small_matcher: Matcher, name: str) -> None:
    scenario = SCENARIOS[name]
    answer = ask(small_matcher, scenario.text, applicant=scenario.applicant)
    assert tuple(ids(answer)[: len(scenario.calls)]) == scenario.calls
    assert set(ids(answer)).isdisjoint(scenario.absent)
    assert answer.practices[0].id == scenario.practice
    assert scenario.groups <= set(answer.understood.target_groups)


def test_a_closed_call_stays_below_the_open_ones_and_is_shown(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, applicant=MUNICIPALITY)
    closed = one(answer, "eu.day-centres-2024")
    assert (closed.status, closed.eligibility.overall, closed.days_left) == ("closed", "cannot", None)
    assert closed.relevance == one(answer, "bg.day-centres").relevance
    assert closed.rank == len(answer.calls)


def test_calls_of_other_countries_are_left_out_and_counted(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, applicant=MUNICIPALITY)
    assert left_out(answer) == {"for applicants of other countries": ("pl.day-centres",)}


def test_a_call_of_another_country_with_a_way_in_is_shown(tmp_path: Path) -> None:
    only_as_partner = rule("country", **{"in": ["PL"]}, partner_only=["BG"], others="fails")
    call = changed(DAY_CENTRES_PL, eligibility={"rules": [only_as_partner, rule("consortium", min_applicants=2)]})
    world = new_world(tmp_path, [call if record is DAY_CENTRES_PL else record for record in RECORDS])
    answer = ask(world.matcher(), applicant=MUNICIPALITY)
    shown = one(answer, "pl.day-centres")
    assert shown.eligibility.overall == "can_apply_in_group_or_as_partner"
    assert left_out(answer) == {}


def test_without_a_country_no_call_is_elsewhere(small_matcher: Matcher) -> None:
    answer = ask(small_matcher)
    assert {"pl.day-centres", "bg.day-centres"} <= set(ids(answer))
    assert left_out(answer) == {}


def test_what_does_not_fit_on_the_page_is_counted(small_matcher: Matcher) -> None:
    whole = ask(small_matcher, applicant=MUNICIPALITY)
    short = ask(small_matcher, applicant=MUNICIPALITY, limit=1)
    assert ids(short) == ids(whole)[:1]
    assert len(short.practices) == 1
    assert left_out(short)["ranked below the ones shown"] == tuple(ids(whole)[1:])


def test_a_small_town_fails_a_population_rule_and_is_shown_the_way_in(small_matcher: Matcher) -> None:
    who = MUNICIPALITY | {"population": 10_000}
    call = one(ask(small_matcher, applicant=who), "eui.small-cities")
    rule = next(rule for rule in call.eligibility.rules if rule.family == "population")
    assert rule.verdict == "fails"
    assert rule.evidence[0].place == "section 2"
    assert call.eligibility.overall == "can_apply_in_group_or_as_partner"
    (door,) = [door for door in call.eligibility.doors if door.kind == "grouping"]
    assert door.gap.inhabitants == 15_000
    assert "15,000" in door.sentence


def test_a_large_town_meets_the_same_rule(small_matcher: Matcher) -> None:
    call = one(ask(small_matcher, applicant=MUNICIPALITY), "eui.small-cities")
    assert call.eligibility.overall == "can_apply"
    assert call.eligibility.doors == ()


def test_whoever_may_not_apply_is_shown_who_passes_the_money_on(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, "Help for survivors of violence", applicant={"type": "association"})
    call = one(answer, "cerv.regrants")
    assert call.eligibility.overall == "cannot"
    assert [(door.kind, door.state) for door in call.eligibility.doors] == [("regranting", "elsewhere")]


def test_what_is_not_said_is_not_known_and_not_no(small_matcher: Matcher) -> None:
    call = one(ask(small_matcher), "eui.small-cities")
    assert call.eligibility.overall == "not_clear"
    assert {rule.verdict for rule in call.eligibility.rules if rule.family != "deadline"} == {"unknown"}


def test_nothing_that_fits_is_said(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, FAR_IDEA)
    assert (answer.calls, answer.practices) == ((), ())
    assert answer.notes == ("No call of the collection is about this idea. Try other words: what, for whom, where.",)


def test_a_clear_match_needs_no_note(small_matcher: Matcher) -> None:
    assert ask(small_matcher).notes == ()


def test_calls_asked_for_by_name_are_answered_whatever_they_are_about(small_matcher: Matcher) -> None:
    wanted = ["life.gardens", "pl.day-centres", "life.gardens"]
    answer = ask(small_matcher, applicant=MUNICIPALITY, only=wanted)
    assert ids(answer) == ["life.gardens", "pl.day-centres"]
    assert [call.rank for call in answer.calls] == [1, 2]
    assert answer.left_out == ()
    assert one(answer, "pl.day-centres").eligibility.overall == "cannot"


@pytest.mark.parametrize("name", ["no.such", "isopolis.choir", "cci.2021BG05SFPR002"])
def test_what_is_no_call_cannot_be_asked_for(small_matcher: Matcher, name: str) -> None:
    with pytest.raises(ProfileError, match=f"only: there is no call '{name}'"):
        ask(small_matcher, only=["life.gardens", name])


def test_a_place_fills_in_country_and_inhabitants(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, place="Габрово")
    who = answer.understood.applicant
    assert (answer.understood.place, who.country, who.population) == ("Gabrovo", "BG", 48133)
    assert "pl.day-centres" not in ids(answer)


def test_what_the_person_says_wins_over_the_place(small_matcher: Matcher) -> None:
    who = ask(small_matcher, place="Gabrovo", applicant={"population": 61000}).understood.applicant
    assert who.population == 61000
    units = {"units": [{"population": 1000}, {"population": 2000}]}
    assert ask(small_matcher, place="Gabrovo", applicant=units).understood.applicant.inhabitants == 3000


@pytest.mark.parametrize(
    ("place", "country", "told"),
    [
        ("Atlantis", None, "place: no town called “Atlantis”"),
        ("Valencia", None, "give the country too"),
        ("Gabrovo", "FR", "no town called “Gabrovo” is known in France"),
    ],
)
def test_an_impossible_place_is_named(small_matcher: Matcher, place: str, country: str | None, told: str) -> None:
    with pytest.raises(ProfileError, match=told):
        ask(small_matcher, place=place, applicant={"country": country})


def test_places_are_opened_only_when_asked_for(small_world: World) -> None:
    def never() -> Any:
        raise AssertionError("no place was given")

    parts = (small_world.snapshot(), small_world.search(), small_world.embedder)
    assert ask(Matcher(*parts, never, FrozenClock(NOW))).calls


@pytest.mark.parametrize(
    ("day", "status", "left"),
    [
        ("2024-03-01", "open", 0),
        ("2024-03-02", "closed", None),
        ("2023-12-31", "open", 61),
    ],
)
def test_status_is_that_of_the_day_of_asking(small_matcher: Matcher, day: str, status: str, left: int | None) -> None:
    answer = ask(small_matcher, as_of=day, only=["eu.day-centres-2024"])
    call = answer.calls[0]
    assert (str(answer.as_of), call.status, call.days_left) == (day, status, left)


def test_without_a_day_the_clock_says_when(small_world: World) -> None:
    clock = FrozenClock(NOW)
    matcher = small_world.matcher(clock)
    assert ask(matcher, only=["bg.day-centres"]).calls[0].status == "open"
    clock.moment = dt.datetime(2027, 5, 31, 15, 1, tzinfo=dt.UTC)
    assert ask(matcher, only=["bg.day-centres"]).calls[0].status == "closed"


@pytest.mark.parametrize(
    ("call_id", "status"),
    [
        ("amif.migrant-women", "forthcoming"),
        ("eu.homeless", "open"),
        ("eu.older", "unknown"),
        ("life.gardens", "open"),
    ],
)
def test_status_comes_from_dates(small_matcher: Matcher, call_id: str, status: str) -> None:
    assert ask(small_matcher, only=[call_id]).calls[0].status == status


def test_every_match_explains_itself(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, applicant=MUNICIPALITY)
    for match in (*answer.calls, *answer.practices):
        assert match.excerpts
        assert match.score == pytest.approx(sum(feature.adds for feature in match.features), abs=0.01)
        assert all(feature.description for feature in match.features)
        assert match.checked == dt.date(2026, 10, 1)
    assert all(rule.evidence for call in answer.calls for rule in call.eligibility.rules)


def test_matches_are_ranked_by_score(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, applicant=MUNICIPALITY)
    for matches in (answer.calls, answer.practices):
        assert [match.rank for match in matches] == list(range(1, len(matches) + 1))
        assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


def test_money_and_dates_are_those_of_the_call(small_matcher: Matcher) -> None:
    call = one(ask(small_matcher), "bg.day-centres")
    assert str(call.money.grant_max) == "400,000 EUR"
    assert call.next_cutoff == call.cutoffs[0]
    assert call.days_left == 210
    assert (call.fund, call.programme_title) == ("ESF+", "Human Resources Development")


def test_titles_are_in_the_language_of_the_call(small_matcher: Matcher) -> None:
    call = one(ask(small_matcher, IDEA_BG), "bg.day-centres")
    assert (call.title, call.title_language) == ("Day centres for Roma children", "en")


def test_practices_stand_beside_a_call(small_matcher: Matcher) -> None:
    practices = one(ask(small_matcher), "bg.day-centres").similar_practices
    assert practices[0].id == "isopolis.roma-house"
    assert practices[0].why[0] == "paid by this call or its programme"


def test_the_answer_names_its_sources(small_matcher: Matcher, small_world: World) -> None:
    answer = ask(small_matcher)
    assert answer.snapshot == small_world.snapshot().manifest.hash[:16]
    assert answer.model == "keywords"


def test_the_language_is_recognised_or_taken_from_the_person(small_matcher: Matcher) -> None:
    assert ask(small_matcher, IDEA_BG).understood.language == "bg"
    assert ask(small_matcher, IDEA_BG, language="mk").understood.language == "mk"
    assert ask(small_matcher, "дом!", language=None).understood.language is None


def test_the_same_question_has_the_same_answer(small_matcher: Matcher) -> None:
    assert ask(small_matcher, applicant=MUNICIPALITY) == ask(small_matcher, applicant=MUNICIPALITY)


def test_an_answer_survives_json(small_matcher: Matcher) -> None:
    answer = ask(small_matcher, applicant=MUNICIPALITY, place="Gabrovo")
    assert Answer.model_validate_json(answer.model_dump_json()) == answer


def test_answers_are_frozen(small_matcher: Matcher) -> None:
    answer = ask(small_matcher)
    with pytest.raises(ValidationError, match="frozen"):
        answer.calls[0].rank = 9  # type: ignore[misc]


@pytest.mark.parametrize("text", ["???abc???", "дом" * 1000, "\u200babc\u0000def", "🏠 roma 🏠"])
def test_odd_texts_are_answered(small_matcher: Matcher, text: str) -> None:
    assert isinstance(ask(small_matcher, text[:4000]), Answer)


def test_warming_up_leaves_no_trace(small_world: World) -> None:
    matcher = small_world.matcher()
    matcher.warm_up()
    assert ask(matcher) == ask(small_world.matcher())


@pytest.mark.parametrize("better", [lambda who: who | {"country": "BG"}, lambda who: who | {"type": "municipality"}])
def test_saying_more_never_hides_a_call_that_one_may_apply_for(
    small_matcher: Matcher, better: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    before = ask(small_matcher, applicant={"population": 30_000})
    after = ask(small_matcher, applicant=better({"population": 30_000}))
    assert "bg.day-centres" in ids(before)
    assert "bg.day-centres" in ids(after)
    assert len(ids(after)) + sum(map(len, left_out(after).values())) == len(ids(before))


def test_more_calls_than_are_judged_do_not_break_the_limit(small_matcher: Matcher) -> None:
    assert len(ask(small_matcher, limit=50).calls) <= len(CALLS)
