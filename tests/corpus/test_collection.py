"""The shipped collection: every rule holds, and nothing disappears unnoticed."""

import datetime as dt
import json

import pytest

from corpus.build import load_curated
from corpus.checks import broken_rules, counts
from corpus.curated import DATA
from corpus.model import Call, RecordBase
from corpus.status import status_at
from corpus.vocab import EU27, CallStatus, TargetGroup, Theme
from tests.corpus.pin import PINNED

WRITTEN = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def records() -> list[RecordBase]:
    return list(load_curated(DATA).values())


def test_every_rule_holds(records: list[RecordBase]) -> None:
    assert list(broken_rules(records, dt.datetime.now(dt.UTC).date())) == []


def test_nothing_disappears_unnoticed(records: list[RecordBase]) -> None:
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    assert counts(records) == pinned, "on purpose? then: python -m tests.corpus.pin"


def test_every_group_theme_and_country_has_practices(records: list[RecordBase]) -> None:
    found = counts(records)
    assert {group: found.get(f"group {group}", 0) for group in TargetGroup if found.get(f"group {group}", 0) < 8} == {}
    assert {theme: found.get(f"theme {theme}", 0) for theme in Theme if found.get(f"theme {theme}", 0) < 8} == {}
    assert {code: found.get(f"country {code}", 0) for code in EU27 if found.get(f"country {code}", 0) < 3} == {}


def test_there_are_calls_to_answer_today_and_calls_to_learn_from(records: list[RecordBase]) -> None:
    calls = [record for record in records if isinstance(record, Call)]
    ahead = (CallStatus.OPEN, CallStatus.FORTHCOMING, CallStatus.PLANNED)
    assert sum(status_at(call.timeline, WRITTEN) in ahead for call in calls) >= 70
    assert len(calls) >= 220
