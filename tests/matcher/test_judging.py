"""As few calls are judged as it takes, and the answer is that of judging all of them."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocab import CallStatus
from matcher import judging
from matcher.algorithm import FEATURES, Candidate, admission, score
from matcher.eligibility import assess_call, closing
from matcher.judging import Judge, order
from matcher.profile import Applicant
from matcher.retrieve import Found
from tests.matcher.factory import CALLS, NOW, changed, rule

TOWN = Applicant.model_validate({"type": "municipality", "country": "BG", "population": 48000})
FIRM = Applicant.model_validate({"type": "large_company", "country": "FI"})


def candidates(told: list[float]) -> list[Candidate]:
    made = []
    for place, value in enumerate(told):
        like = CALLS[place % len(CALLS)]
        record = changed(like, id=f"x.{place:03}")
        made.append(Candidate(record, Found(record.id, 0.0, told=value), 0.0, {}, {}, country="BG"))
    return made


@given(st.lists(st.floats(0, 1), max_size=25), st.integers(1, 6), st.sampled_from([TOWN, FIRM]))
def test_the_first_are_those_of_judging_all(told: list[float], number: int, applicant: Applicant) -> None:
    judge, all_of_them = Judge(applicant, NOW), candidates(told)
    found = judge.first([judge.dated(one) for one in all_of_them], number)
    expected = sorted((judge.judged(one) for one in all_of_them), key=order)
    assert [one.record.id for one in found[:number]] == [one.record.id for one in expected[:number]]
    assert sorted(one.record.id for one in found) == sorted(one.record.id for one in all_of_them)
    assert all(one.assessment is not None for one in found[:number])


def test_what_cannot_be_among_the_first_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = judging.assess_call

    def counted(call, *given):  # type: ignore[no-untyped-def]
        asked.append(call.id)
        return real(call, *given)

    monkeypatch.setattr(judging, "assess_call", counted)
    judge = Judge(TOWN, NOW)
    made = [judge.dated(one) for one in candidates([1.0] * 3 + [0.0] * 20)]
    judge.first(made, 1)
    assert 0 < len(asked) < 10


def test_no_rule_adds_to_a_score() -> None:
    for call in CALLS:
        for applicant in (TOWN, FIRM, Applicant()):
            candidate, judge = Candidate(call, Found(call.id, 0.0), 0.0, {}, {}), Judge(applicant, NOW)
            assert admission(judge.judged(candidate)) <= 0
            assert score(judge.judged(candidate)) <= score(judge.dated(candidate))
    assert next(feature.weight for feature in FEATURES if feature.name == "admission") > 0


def _cases() -> Iterator[tuple[object, Applicant]]:
    only_poland = rule("country", **{"in": ["PL"]}, others="fails")
    for call in (*CALLS, changed(CALLS[0], eligibility={"rules": [only_poland]})):
        for applicant in (TOWN, FIRM, Applicant()):
            yield call, applicant


@pytest.mark.parametrize(("call", "applicant"), list(_cases()))
def test_what_surely_keeps_out_is_what_the_whole_answer_says(call, applicant: Applicant) -> None:  # type: ignore[no-untyped-def]
    whole = assess_call(call, applicant, NOW)
    assert bool(closing(call, applicant, NOW)) == (whole.overall.value == "cannot")


def test_a_call_that_was_judged_is_not_judged_again() -> None:
    judge = Judge(TOWN, NOW)
    (candidate,) = candidates([0.5])
    judged = judge.judged(candidate)
    assert judge.judged(candidate) is judged
    assert judge.barred(candidate) is judged
    assert judged.status in set(CallStatus)
