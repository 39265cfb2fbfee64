from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.model import Call, Practice
from corpus.vocab import Language
from matcher.answer import SimilarPractice
from matcher.index.search import SearchIndex
from matcher.peers import BESIDE_A_CALL, Near, similar_practices
from matcher.retrieve import prepare, retrieve
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import (
    CULTURE,
    DAY_CENTRES_BG,
    DAY_CENTRES_PL,
    GARDENS,
    HOMELESS,
    NOW,
    PRACTICES,
    World,
    new_world,
    practice,
)


@pytest.fixture(scope="module")
def index(small_world: World) -> SearchIndex:
    return small_world.search()


def beside(
    index: SearchIndex,
    call: Call,
    idea: str,
    country: str | None = None,
    practices: Sequence[Practice] = PRACTICES,
) -> tuple[SimilarPractice, ...]:
    question = prepare(idea, KeywordEmbedder().read_query(idea), Language.EN)
    found = next(f for f in retrieve(index, question, "call") if f.record_id == call.id)
    records = {practice.id: practice for practice in practices}
    hits = tuple(hit for near in retrieve(index, question, "practice") for hit in near.hits)
    near = Near(question.vector, country, Language.EN, NOW, passages=hits)
    return similar_practices([(call, found)], index, records.get, near)[0]


def test_practices_near_the_idea_and_the_call_come_first(index: SearchIndex) -> None:
    assert beside(index, HOMELESS, "homeless people")[0].id == "isopolis.shelter"
    assert beside(index, GARDENS, "gardens")[0].id == "isopolis.lost-garden"


def test_the_same_money_is_said_and_goes_first(index: SearchIndex) -> None:
    first = beside(index, DAY_CENTRES_BG, "day centre for Roma children")[0]
    assert first.id == "isopolis.roma-house"
    assert first.why[0] == "paid by this call or its programme"
    other = beside(index, DAY_CENTRES_PL, "day centre for Roma children")[0]
    assert "paid by this call or its programme" not in other.why


def test_shared_groups_and_subjects_are_named(index: SearchIndex) -> None:
    first = beside(index, DAY_CENTRES_PL, "day centre for Roma children")[0]
    assert first.why == ("same groups or subjects: Roma people, Children, Roma inclusion",)


def test_what_shares_nothing_is_near_the_idea(index: SearchIndex) -> None:
    assert beside(index, CULTURE, "a music festival")[0].why == ("near the idea",)


SAME = "A day centre for Roma children."
FRENCH = {"name": "Lille", "country": "FR", "population": 236000}
TWINS = {
    "paid by the same programme": (
        practice("x.a", "A house", SAME),
        practice("x.b", "A house", SAME, paid_by=[{"programme": DAY_CENTRES_BG.programme}]),
    ),
    "paid by the call": (
        practice("x.a", "A house", SAME, paid_by=[{"programme": "cci.2021PL05SFPR001"}]),
        practice("x.b", "A house", SAME, paid_by=[{"call": DAY_CENTRES_BG.id}]),
    ),
    "for the same people": (
        practice("x.a", "A house", SAME, target_groups=["youth"]),
        practice("x.b", "A house", SAME, target_groups=["roma", "children"]),
    ),
    "in the same country": (practice("x.a", "A house", SAME, FRENCH), practice("x.b", "A house", SAME)),
}
"""Practices that are equally near, of which the second must go first, although its name comes later."""


@pytest.mark.parametrize("name", TWINS)
def test_of_practices_as_near_the_one_with_ties_goes_first(tmp_path: Path, name: str) -> None:
    records = (DAY_CENTRES_BG, *TWINS[name])
    found = beside(new_world(tmp_path, records).search(), DAY_CENTRES_BG, SAME, "BG", TWINS[name])
    assert [practice.id for practice in found] == ["x.b", "x.a"]


def test_only_a_few_stand_beside_a_call_each_once(index: SearchIndex) -> None:
    names = [practice.id for practice in beside(index, DAY_CENTRES_BG, "Roma children")]
    assert len(names) == len(set(names)) == BESIDE_A_CALL


def test_place_and_size_are_shown(index: SearchIndex) -> None:
    first = beside(index, DAY_CENTRES_BG, "Roma children")[0]
    assert (first.place, first.country, first.population) == ("Tsvetovo", "BG", 30000)


def test_no_calls_no_peers(index: SearchIndex) -> None:
    near = Near(KeywordEmbedder().query("Roma"), None, Language.EN, NOW)
    assert similar_practices([], index, {}.get, near) == []
