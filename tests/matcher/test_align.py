"""Which policies an idea serves, over the small corpus."""

import datetime as dt
from typing import Any

import pytest

from corpus.vocab import Language, TargetGroup
from matcher import align
from matcher.align import Alignment
from matcher.answer import Policy
from matcher.engine import Matcher
from matcher.meetings import Meetings
from matcher.query import IdeaQuery
from matcher.retrieve import prepare
from tests.matcher.factory import FAR_IDEA, IDEA

NOW = dt.date(2026, 11, 2)


@pytest.fixture
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small embedder tells a few dozen ideas apart, so that distances are far larger than real ones."""
    monkeypatch.setattr(align, "BEHIND", dict.fromkeys(align.BEHIND, 2000.0))
    monkeypatch.setattr(align, "_MOST", dict.fromkeys(align.BEHIND, 30))


@pytest.fixture(scope="module")
def alignment(small_matcher: Matcher) -> Alignment:
    return Alignment(Meetings(small_matcher.index, small_matcher.embedder), small_matcher.index.kept)


def aligned(alignment: Alignment, matcher: Matcher, text: str, day: dt.date = NOW) -> Policy:
    meetings = Meetings(matcher.index, matcher.embedder)
    parts = meetings.parts(prepare(text, matcher.embedder.read_query(text), Language.EN))
    return alignment.of(parts, tuple(TargetGroup), day)


@pytest.mark.usefixtures("_wide")
def test_each_claim_shows_words_of_the_idea(small_matcher: Matcher) -> None:
    policy = small_matcher.match(IdeaQuery(text=IDEA)).policy
    assert policy is not None
    assert "roma_framework_2020_2030" in [item.code for item in policy.items]
    assert "roma" in [item.code for item in policy.items]
    assert all(item.excerpt in IDEA for item in policy.items)
    assert all(item.excerpt in policy.paragraph for item in policy.items if item.in_force)


@pytest.mark.usefixtures("_wide")
def test_an_ended_strategy_is_not_claimed_and_its_successor_is(alignment: Alignment, small_matcher: Matcher) -> None:
    text = "Lesbian and rainbow lgbt people of our town find help"
    by_code = {item.code: item for item in aligned(alignment, small_matcher, text).items}
    old, new = by_code["lgbtiq_2020_2025"], by_code["lgbtiq_2026_2030"]
    assert (old.in_force, new.in_force) == (False, True)
    paragraph = aligned(alignment, small_matcher, text).paragraph
    assert old.label not in paragraph
    assert new.label in paragraph


@pytest.mark.usefixtures("_wide")
def test_the_clock_decides_what_is_in_force(alignment: Alignment, small_matcher: Matcher) -> None:
    text = "Lesbian and rainbow lgbt people of our town find help"
    early = aligned(alignment, small_matcher, text, dt.date(2022, 5, 1))
    assert {item.code: item.in_force for item in early.items}["lgbtiq_2020_2025"]


@pytest.mark.parametrize("text", [FAR_IDEA, "Roma!", "Good morning"])
def test_without_telling_words_nothing_is_claimed(alignment: Alignment, small_matcher: Matcher, text: str) -> None:
    assert aligned(alignment, small_matcher, text) == Policy(items=(), paragraph="")


def test_a_group_that_was_not_understood_is_not_claimed(alignment: Alignment, small_matcher: Matcher) -> None:
    meetings = Meetings(small_matcher.index, small_matcher.embedder)
    parts = meetings.parts(prepare(IDEA, small_matcher.embedder.read_query(IDEA), Language.EN))
    items: Any = alignment.of(parts, (), NOW).items
    assert not [item for item in items if item.kind == "target_group"]


def test_it_can_be_left_out(small_matcher: Matcher) -> None:
    answer = small_matcher.match(IdeaQuery(text=IDEA, explain=False))
    assert (answer.policy, answer.combination, answer.understood.parts) == (None, None, ())
    assert all(call.parts == () for call in answer.calls)
