"""The ranking states an order, not a score."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Call, Practice
from corpus.vocab import CallStatus, Overall, Subject, TargetGroup
from matcher.algorithm import (
    FEATURES,
    GOOD,
    POSSIBLE,
    STRONG,
    Candidate,
    estimate_words,
    relevance,
    score,
    subject_score,
)
from matcher.eligibility import Assessment
from matcher.retrieve import Found
from tests.matcher.factory import DAY_CENTRES_BG, GARDENS, ROMA_HOUSE, changed

GROUPS = {TargetGroup.ROMA: 2.0, TargetGroup.CHILDREN: 1.5, TargetGroup.OLDER_PEOPLE: -0.5}
SUBJECTS = {Subject.ROMA_INCLUSION: 2.0, Subject.ENERGY_AND_CLIMATE: -1.0}


def candidate(
    record: Call | Practice = DAY_CENTRES_BG, meaning: float = 2.0, words: float = 1.0, **more: Any
) -> Candidate:
    return Candidate(record, Found(record.id, meaning), words, GROUPS, SUBJECTS, **more)


def judged(overall: Overall) -> Assessment:
    return Assessment(overall=overall, summary="So it is.", rules=())


def test_the_ranking_is_a_list_of_named_features_with_weights() -> None:
    assert [(feature.name, feature.weight) for feature in FEATURES] == [
        ("meaning", 0.4),
        ("words", 0.12),
        ("share", 1.0),
        ("told", 16.8),
        ("asked", 6.6),
        ("codes", 0.6),
        ("timing", 8.0),
        ("admission", 1.5),
        ("territory", 1.2),
        ("likeness", 0.9),
    ]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_feature_says_what_it_measures(feature: Any) -> None:
    assert feature.name == feature.measure.__name__
    assert feature.description.endswith(".")
    assert 20 < len(feature.description) < 130


RECURRING = changed(DAY_CENTRES_BG, timeline={"cutoffs": [{"date": "2024-03-01"}], "recurrence": "recurring"})

BETTER = {
    "nearer": (candidate(meaning=3), candidate(meaning=2)),
    "more words in common": (candidate(words=2), candidate(words=1)),
    "the groups that the idea speaks of": (candidate(), candidate(GARDENS)),
    "open before closed": (candidate(status=CallStatus.OPEN), candidate(status=CallStatus.CLOSED)),
    "open before unknown": (candidate(status=CallStatus.OPEN), candidate(status=CallStatus.UNKNOWN)),
    "unknown before closed": (candidate(status=CallStatus.UNKNOWN), candidate(status=CallStatus.CLOSED)),
    "closed but coming back before closed": (
        candidate(RECURRING, status=CallStatus.CLOSED),
        candidate(status=CallStatus.CLOSED),
    ),
    "may apply before in a group": (
        candidate(assessment=judged(Overall.CAN_APPLY)),
        candidate(assessment=judged(Overall.IN_GROUP_OR_AS_PARTNER)),
    ),
    "in a group before not clear": (
        candidate(assessment=judged(Overall.IN_GROUP_OR_AS_PARTNER)),
        candidate(assessment=judged(Overall.NOT_CLEAR)),
    ),
    "not clear before cannot": (
        candidate(assessment=judged(Overall.NOT_CLEAR)),
        candidate(assessment=judged(Overall.CANNOT)),
    ),
    "same country": (candidate(ROMA_HOUSE, country="BG"), candidate(ROMA_HOUSE, country="FR")),
    "like size": (candidate(ROMA_HOUSE, population=20_000), candidate(ROMA_HOUSE, population=2_000_000)),
    "known size that is alike": (candidate(ROMA_HOUSE, population=30_000), candidate(ROMA_HOUSE)),
}


@pytest.mark.parametrize("name", BETTER)
def test_better_beats_worse(name: str) -> None:
    better, worse = BETTER[name]
    assert score(better) > score(worse)


@pytest.mark.parametrize(("population", "alike"), [(10_000, True), (9_999, False), (90_000, True), (90_001, False)])
def test_size_is_alike_up_to_three_times(population: int, alike: bool) -> None:
    """The practice's town has 30,000 inhabitants."""
    plain = score(candidate(ROMA_HOUSE))
    assert (score(candidate(ROMA_HOUSE, population=population)) > plain) is alike


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(0, 50))
def test_more_meaning_or_words_never_rank_lower(low: float, step: float, words: float) -> None:
    high = max(low, step)
    assert score(candidate(meaning=high, words=words)) >= score(candidate(meaning=min(low, step), words=words))
    assert score(candidate(words=words + 1)) >= score(candidate(words=words))


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_no_feature_runs_away(meaning: float, words: float) -> None:
    assert -5 < score(candidate(meaning=meaning, words=words)) < 50


def test_money_and_dates_do_not_make_a_record_relevant() -> None:
    here = candidate(status=CallStatus.OPEN, assessment=judged(Overall.CAN_APPLY))
    away = candidate(status=CallStatus.CLOSED, assessment=judged(Overall.CANNOT))
    assert subject_score(here) == subject_score(away)
    assert relevance(here) == relevance(away)


@pytest.mark.parametrize(
    ("total", "word"),
    [
        (STRONG, "strong"),
        (STRONG - 0.01, "good"),
        (GOOD, "good"),
        (GOOD - 0.01, "possible"),
        (POSSIBLE, "possible"),
        (POSSIBLE - 0.01, None),
        (-1, None),
    ],
)
def test_relevance_is_a_word_or_nothing(total: float, word: str | None) -> None:
    told = Found("x", 0.0, told=(total + 1e-9) / 16.8)
    plain = replace(candidate(words=0), found=told, groups={}, subjects={})
    assert relevance(plain) == word


def test_words_are_estimated_from_records_of_like_meaning() -> None:
    found = [Found("a", 2.0, 1.0), Found("b", 4.0, 2.0), Found("c", 3.0), Found("d", -1.0)]
    assert estimate_words(found) == pytest.approx({"a": 1.0, "b": 2.0, "c": 1.5, "d": 0.0})


def test_words_that_a_dictionary_gave_are_trusted_less() -> None:
    found = [Found("a", 2.0, 4.0, trust=0.5), Found("b", 2.0, 0.0, trust=0.5)]
    assert estimate_words(found) == pytest.approx({"a": 3.0, "b": 1.0})


def test_nothing_unseen_is_better_than_the_best_that_was_seen() -> None:
    assert estimate_words([Found("a", 0.1, 9.0), Found("b", 5.0)]) == {"a": 9.0, "b": 9.0}


def test_without_any_known_words_nothing_is_estimated() -> None:
    assert estimate_words([Found("a", 3.0), Found("b", -1.0, 2.0)]) == {"a": 0.0, "b": 2.0}


@given(st.lists(st.tuples(st.floats(-3, 6), st.none() | st.floats(0, 4)), max_size=12))
def test_known_words_are_never_changed_and_estimates_never_negative(found: list[tuple[float, float | None]]) -> None:
    records = [Found(str(place), meaning, words) for place, (meaning, words) in enumerate(found)]
    estimated = estimate_words(records)
    assert all(estimated[r.record_id] == r.words for r in records if r.words is not None)
    assert all(value >= 0 for value in estimated.values())
