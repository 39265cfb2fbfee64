"""Owns corpus/completeness.py: the stamp is computed from what a record answers."""

from typing import Any

import pytest

from corpus.completeness import Completeness, answered, completeness
from corpus.model import Call, Practice, Programme
from tests.factories import call, closing, practice, programme, rule

CALL: dict[str, Any] = {
    "summary": {"en": "Money for safe streets."},
    "timeline": closing("2026-06-15"),
    "money": {"budget": {"amount": 5}, "rate_max": 80},
    "eligibility": {"rules": [rule("lead_type", {"any_of": ["municipality"]})]},
    "geography": {"countries": ["EU27"]},
    "target_groups": ["roma"],
    "themes": ["data_bias"],
    "subjects": ["safety"],
    "programme": "isopolis.cerv",
}


@pytest.mark.parametrize(
    ("record", "stamp"),
    [
        (call(), Completeness.STUB),
        (call(**{k: CALL[k] for k in ("summary", "timeline", "money", "geography")}), Completeness.PARTIAL),
        (call(**CALL), Completeness.FULL),
        (practice(), Completeness.STUB),
        (programme(), Completeness.STUB),
        (
            programme(
                summary={"en": "x"}, countries=["BG"], authority="A", website="https://x.eu/", cci="2021BG05SFPR002"
            ),
            Completeness.PARTIAL,
        ),
    ],
)
def test_the_stamp(record: Call | Practice | Programme, stamp: Completeness) -> None:
    assert completeness(record) is stamp


def test_a_closing_date_or_being_open_for_ever_answers_when() -> None:
    assert not answered(call())["when it closes"]
    assert answered(call(timeline=closing("2026-06-15")))["when it closes"]
    assert answered(call(timeline={"continuous": True}))["when it closes"]


def test_saying_that_no_failure_is_reported_answers_what_failed() -> None:
    assert not answered(practice())["what failed"]
    assert answered(practice(none_reported=True))["what failed"]
    assert answered(practice(what_failed={"en": "It closed."}))["what failed"]


def test_an_amount_of_one_payer_answers_the_cost() -> None:
    paid = practice(paid_by=[{"fund": "ERDF", "amount": {"amount": 5}}])
    assert answered(paid)["what it cost"]
    assert answered(paid)["who paid"]


def test_lump_sums_answer_the_share() -> None:
    assert answered(call(money={"lump_sum": True}))["which share"]
