"""Fund, call, practice, and what comes next."""

from typing import Any

import pytest

from matcher.engine import Matcher
from matcher.query import IdeaQuery
from matcher.triangle import ahead, payers, successors
from tests.matcher.factory import (
    CALLS,
    DAY_CENTRES_2024,
    DAY_CENTRES_BG,
    GARDENS,
    IDEA,
    NOW,
    OLDER,
    ROMA_HOUSE,
    changed,
)


def follow(paid: dict[str, Any], *calls: Any) -> list[tuple[str, str]]:
    practice = changed(ROMA_HOUSE, paid_by=[paid])
    return [(item.id, item.why) for item in successors(practice, ahead(calls, NOW), NOW)]


def test_a_call_that_follows_comes_before_one_of_the_programme() -> None:
    after = changed(GARDENS, relations=[{"kind": "follows", "target": DAY_CENTRES_2024.id}])
    paid = {"call": DAY_CENTRES_2024.id, "programme": DAY_CENTRES_BG.programme}
    assert [name for name, _ in follow(paid, DAY_CENTRES_BG, after)] == [GARDENS.id, DAY_CENTRES_BG.id]


@pytest.mark.parametrize(
    ("paid", "says"),
    [
        ({"call": DAY_CENTRES_BG.id}, "again"),
        ({"programme": DAY_CENTRES_BG.programme}, "programme"),
        ({"fund": "ESF+"}, "same country"),
    ],
)
def test_each_successor_has_its_reason(paid: dict[str, Any], says: str) -> None:
    ((name, why),) = follow(paid, DAY_CENTRES_BG, GARDENS)
    assert name == DAY_CENTRES_BG.id
    assert says in why


def test_closed_calls_and_calls_without_dates_follow_nothing() -> None:
    assert follow({"call": DAY_CENTRES_2024.id}, DAY_CENTRES_2024) == []
    assert follow({"call": OLDER.id}, OLDER) == []


def test_without_a_payer_nothing_follows() -> None:
    assert successors(changed(ROMA_HOUSE, paid_by=[]), ahead(CALLS, NOW), NOW) == ()
    assert payers(changed(ROMA_HOUSE, paid_by=[])) == ()


def test_an_answer_closes_the_triangle(small_matcher: Matcher) -> None:
    answer = small_matcher.match(IdeaQuery(text=IDEA))
    house = next(item for item in answer.practices if item.id == ROMA_HOUSE.id)
    assert house.paid_by[0].programme == DAY_CENTRES_BG.programme
    assert [then.id for then in house.successors] == [DAY_CENTRES_BG.id]
    beside = next(p for call in answer.calls for p in call.similar_practices if p.id == ROMA_HOUSE.id)
    assert beside.successors == house.successors
