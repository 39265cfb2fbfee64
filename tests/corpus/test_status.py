"""Status is computed from dates at the moment of asking."""

import datetime as dt

import pytest
from hypothesis import given

from corpus.parts import Timeline
from corpus.status import next_cutoff, status_at
from corpus.vocab import CallStatus
from tests.factories import closing, cutoff, day
from tests.strategies import instants, timelines

MICROSECOND = dt.timedelta(microseconds=1)
PLANNED, FORTHCOMING, OPEN, CLOSED, UNKNOWN = CallStatus


def at(text: str) -> dt.datetime:
    """A moment in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


WITH_OPENING = Timeline(opens=day("2026-02-25"), cutoffs=(cutoff("2026-06-15", "14:00"),))
TWO_STAGES = Timeline(cutoffs=(cutoff("2026-03-01", stage="first"), cutoff("2026-09-01", stage="second")))
PLANS = Timeline(cutoffs=(cutoff("2026-06-15", indicative=True),))
ALL_PLANNED = Timeline(opens=day("2026-02-25"), opens_indicative=True, cutoffs=(cutoff("2026-06-15", indicative=True),))
PLANNED_OPENING = Timeline(opens=day("2026-02-25"), opens_indicative=True, cutoffs=(cutoff("2026-06-15"),))


@pytest.mark.parametrize(
    ("timeline", "now", "status"),
    [
        # a day without an hour counts to its last second in Brussels: 22:00 UTC in summer, 23:00 in winter
        (closing("2026-06-15"), "2026-06-15T21:59:59", OPEN),
        (closing("2026-06-15"), "2026-06-15T22:00:00", CLOSED),
        (closing("2026-12-15"), "2026-12-15T22:59:59", OPEN),
        (closing("2026-12-15"), "2026-12-15T23:00:00", CLOSED),
        (closing("2026-03-29"), "2026-03-29T21:59:59", OPEN),  # the clock went forward that night
        (closing("2026-03-29"), "2026-03-29T22:00:00", CLOSED),
        (closing("2026-10-25"), "2026-10-25T22:59:59", OPEN),  # and back
        (closing("2026-10-25"), "2026-10-25T23:00:00", CLOSED),
        # an hour counts itself
        (WITH_OPENING, "2026-06-15T12:00:00", OPEN),
        (WITH_OPENING, "2026-06-15T12:00:01", CLOSED),
        # opening: from the first second of the day in Brussels
        (WITH_OPENING, "2026-02-24T22:59:59", FORTHCOMING),
        (WITH_OPENING, "2026-02-24T23:00:00", OPEN),
        (PLANNED_OPENING, "2026-01-01", PLANNED),
        (PLANNED_OPENING, "2026-02-25", OPEN),
        # the last of several closing dates counts
        (TWO_STAGES, "2026-05-01", OPEN),
        (TWO_STAGES, "2026-09-02", CLOSED),
        # continuous
        (Timeline(continuous=True), "2026-01-01", OPEN),
        (Timeline(continuous=True, opens=day("2026-02-01")), "2026-01-01", FORTHCOMING),
        (closing("2027-12-31", continuous=True), "2026-01-01", OPEN),
        (closing("2025-12-31", continuous=True), "2026-01-01", CLOSED),
        # only indicative dates
        (PLANS, "2026-01-01", PLANNED),
        (PLANS, "2026-06-16", CLOSED),
        (ALL_PLANNED, "2026-01-01", PLANNED),
        (ALL_PLANNED, "2026-03-01", PLANNED),  # the planned day has passed, and nobody said that it opened
        (ALL_PLANNED, "2026-06-16", CLOSED),
        # no dates: unknown, not closed
        (Timeline(), "2026-01-01", UNKNOWN),
        (Timeline(opens=day("2025-01-01")), "2026-01-01", UNKNOWN),
        (Timeline(opens=day("2026-02-01")), "2026-01-01", FORTHCOMING),
        (Timeline(opens=day("2026-02-01"), opens_indicative=True), "2026-01-01", PLANNED),
    ],
)
def test_status(timeline: Timeline, now: str, status: CallStatus) -> None:
    assert status_at(timeline, at(now)) is status


def test_the_zone_of_the_hour_counts() -> None:
    sofia = Timeline(
        cutoffs=(cutoff("2026-06-15").model_copy(update=day("2026-06-15", "17:00", "Europe/Sofia").__dict__),)
    )
    assert status_at(sofia, at("2026-06-15T14:00:00")) is OPEN
    assert status_at(sofia, at("2026-06-15T14:00:01")) is CLOSED


def test_the_zone_of_the_question_plays_no_part() -> None:
    tokyo = dt.timezone(dt.timedelta(hours=9))
    last = dt.datetime(2026, 6, 16, 6, 59, 59, tzinfo=tokyo)
    assert status_at(closing("2026-06-15"), last) is OPEN
    assert status_at(closing("2026-06-15"), last + dt.timedelta(seconds=1)) is CLOSED


def test_the_next_cutoff_is_the_first_that_has_not_passed() -> None:
    first, second = TWO_STAGES.cutoffs
    assert next_cutoff(TWO_STAGES, at("2026-03-01")) == first
    assert next_cutoff(TWO_STAGES, at("2026-03-02")) == second
    assert next_cutoff(TWO_STAGES, at("2026-09-02")) is None
    assert next_cutoff(Timeline(), at("2026-09-02")) is None


@given(timelines(), instants())
def test_a_call_is_closed_exactly_when_no_cutoff_is_ahead(timeline: Timeline, now: dt.datetime) -> None:
    over = bool(timeline.cutoffs) and next_cutoff(timeline, now) is None
    assert (status_at(timeline, now) is CLOSED) is over


@given(timelines(), instants())
def test_a_closed_call_stays_closed(timeline: Timeline, now: dt.datetime) -> None:
    if status_at(timeline, now) is CLOSED:
        assert status_at(timeline, now + dt.timedelta(days=400)) is CLOSED


@given(timelines())
def test_the_last_instant_still_counts(timeline: Timeline) -> None:
    if timeline.cutoffs:
        end = timeline.cutoffs[-1].end()
        assert status_at(timeline, end) is not CLOSED
        assert status_at(timeline, end.astimezone(dt.UTC) + MICROSECOND) is CLOSED
