"""A field that nearly all records told and now nearly none does has been renamed, not emptied."""

import datetime as dt
from typing import Any

import pytest

from corpus.raw import RawRecord
from corpus.runs import Terms
from corpus.shape import Shape, told
from corpus.store import Store
from tests.corpus.test_runs import LATER, LATEST, crawl, keys
from tests.factories import call, closing, practice, raw


def payload(**fields: Any) -> dict[str, Any]:
    return call(**fields).model_dump(mode="json", exclude_defaults=True) | {"kind": "call"}


def shape(*groups: tuple[int, dict[str, Any]]) -> Shape:
    made = Shape()
    for number, fields in groups:
        for _ in range(number):
            made.add(payload(**fields))
    return made


DATED = {"timeline": closing("2026-06-15")}


def test_what_a_record_tells() -> None:
    record = payload(timeline=closing("2026-06-15"), money={"budget": {"amount": 5}}, authority="Town")
    assert set(told(record)) == {"title", "url", "funds", "timeline.cutoffs", "money.budget", "authority"}


def test_a_field_that_all_lost_is_named() -> None:
    lost = shape((10, DATED)).lost(shape((12, {})))
    assert lost == ["timeline.cutoffs was told by 100% of the calls of the last good run, now by 0%"]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (((9, DATED),), ((12, {}),)),  # too few before
        (((10, DATED),), ((9, {}),)),  # too few now
        (((4, DATED), (6, {})), ((12, {}),)),  # never expected
        (((10, DATED),), ((1, DATED), (9, {}))),  # a tenth still has it
    ],
)
def test_what_says_nothing(before: Any, now: Any) -> None:
    assert shape(*before).lost(shape(*now)) == []


def test_fewer_than_half_as_many_are_noted() -> None:
    before = shape((10, DATED))
    assert before.fewer(shape((4, DATED), (6, {}))) == [
        "timeline.cutoffs was told by 100% of the calls of the last good run, now by 40%"
    ]
    assert before.fewer(shape((5, DATED), (5, {}))) == []
    assert before.fewer(shape((10, {}))) == []


def test_each_kind_of_record_is_compared_with_its_own() -> None:
    mixed = shape((10, DATED))
    for _ in range(100):
        mixed.add(practice().model_dump(mode="json", exclude_defaults=True) | {"kind": "practice"})
    now = Shape(mixed.data())
    assert mixed.lost(now) == []
    assert len(mixed.lost(shape((10, {})))) == 1


def records(dated: int, plain: int) -> list[RawRecord]:
    with_dates = [raw(f"D{n}", call(f"ft.D{n}", **DATED)) for n in range(dated)]
    return with_dates + [raw(f"P{n}", call(f"ft.P{n}")) for n in range(plain)]


def test_a_run_in_which_a_field_is_gone_replaces_nothing(store: Store) -> None:
    crawl(store, *records(12, 1))
    failed = crawl(store, *records(0, 13), now=LATER)
    assert (failed.status, failed.fetched) == ("failed", 13)
    assert "timeline.cutoffs was told by 92% of the calls of the last good run, now by 0%" in failed.message
    assert failed.message.endswith("kept the last good data")
    assert len(keys(store)) == 13
    # It is compared with the last good run, not with the failed one.
    assert crawl(store, *records(0, 13), now=LATEST).status == "failed"
    accepted = crawl(store, *records(0, 13), now=LATEST, terms=Terms(accept=True))
    assert accepted.status == "ok"
    assert crawl(store, *records(0, 13), now=LATEST + dt.timedelta(days=1)).status == "ok"


def test_a_field_that_fades_and_records_that_vanish_in_crowds_are_issues(store: Store) -> None:
    crawl(store, *records(20, 0))
    summary = crawl(store, *records(4, 8), now=LATER)
    assert summary.status == "ok"
    assert [(issue.code, issue.message) for issue in store.issues(summary.id)] == [
        ("fewer_told", "timeline.cutoffs was told by 100% of the calls of the last good run, now by 33%"),
        ("vanished", "16 of 20 records vanished at once"),
    ]
