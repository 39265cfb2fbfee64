"""What is remembered of an answer never shows in another one."""

import datetime as dt

import pytest

from corpus.messages import speaking
from corpus.model import Call
from corpus.vocab import Language
from matcher.eligibility import assess_call
from matcher.eligibility.engine import assess, bound_by
from matcher.eligibility.verdict import Assessment
from matcher.profile import Applicant
from tests.matcher.factory import CALLS, NOW, changed

TOWN = {"type": "municipality", "country": "BG", "population": 48000}
APPLICANTS = [
    Applicant.model_validate(each)
    for each in ({}, TOWN, {**TOWN, "country": "PL"}, {**TOWN, "population": 900}, {**TOWN, "role": "partner"})
]
MOMENTS = [NOW, NOW + dt.timedelta(hours=5), NOW + dt.timedelta(days=2000), NOW - dt.timedelta(days=2000)]


def afresh(call: Call, applicant: Applicant, moment: dt.datetime) -> Assessment:
    return assess(bound_by(call), call.eligibility.unread, applicant, moment, cascade=call.cascade)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
def test_every_answer_is_that_of_judging_afresh(call: Call) -> None:
    for moment in (*MOMENTS, *reversed(MOMENTS)):
        for applicant in APPLICANTS:
            assert assess_call(call, applicant, moment) == afresh(call, applicant, moment)


def test_an_answer_is_in_the_language_that_is_spoken() -> None:
    call, town = CALLS[0], APPLICANTS[1]
    english = assess_call(call, town, NOW)
    with speaking(Language.DE):
        german = assess_call(call, town, NOW)
        assert german == afresh(call, town, NOW)
    assert german.summary != english.summary
    assert assess_call(call, town, NOW) == english


def test_a_call_of_other_rules_has_answers_of_its_own() -> None:
    call, town = CALLS[0], APPLICANTS[1]
    assess_call(call, town, NOW)
    other = changed(call, eligibility={"rules": []})
    assert assess_call(other, town, NOW) == afresh(other, town, NOW)
