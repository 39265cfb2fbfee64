"""Building blocks of records: what they refuse, and with which words."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from pydantic import BaseModel, ValidationError

from corpus.parts import Cutoff, Document, Evidence, Identifier, Moment, Money, Source, Timeline
from corpus.vocab import CutoffStage
from tests.factories import cutoff, day, page, proof
from tests.strategies import dates, money, timelines


def refusal(kind: type[BaseModel], fields: dict[str, Any]) -> str:
    """Place and words of the one complaint."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(fields)
    (error,) = caught.value.errors()
    place = ".".join(map(str, error["loc"]))
    return f"{place}: {error['msg'].removeprefix('Value error, ')}"


SOURCE = {"key": "s1", "url": "https://example.org", "method": "parsed", "fetched_at": "2026-11-01T10:00:00Z"}


@pytest.mark.parametrize(
    ("kind", "fields", "complaint"),
    [
        (Source, SOURCE | {"url": "example.org"}, "url: String should match pattern '^https?://[^\\s]+$'"),
        (Source, SOURCE | {"url": "https://a b"}, "url: String should match pattern '^https?://[^\\s]+$'"),
        (Source, SOURCE | {"key": " "}, "key: String should have at least 1 character"),
        (Source, SOURCE | {"fetched_at": None}, ": source 's1': give fetched_at, the time of the fetch"),
        (Source, SOURCE | {"method": "curated"}, ": source 's1': give read_on, the day on which a person read it"),
        (Source, SOURCE | {"author": "x"}, "author: Extra inputs are not permitted"),
        (
            Evidence,
            {"source": "s1", "statement": "So it is."},
            ": a statement needs its place in the source (document, section)",
        ),
        (Evidence, {"source": "s1"}, ": evidence needs an excerpt, a raw value or a statement"),
        (Evidence, {"source": "s1", "place": "page 3"}, ": evidence needs an excerpt, a raw value or a statement"),
        (Money, {"amount": "-1"}, "amount: Input should be greater than or equal to 0"),
        (Money, {"amount": "NaN"}, "amount: Input should be a finite number"),
        (Money, {"amount": 1, "currency": "euro"}, "currency: String should match pattern '^[A-Z]{3}$'"),
        (
            Moment,
            {"date": "2026-06-15", "zone": "Europe/Brussels"},
            ": a zone without a time says nothing; give the time or leave the zone out",
        ),
        (
            Moment,
            {"date": "2026-06-15", "time": "14:00", "zone": "Brussels"},
            "zone: 'Brussels' is not a time zone; use an IANA name such as Europe/Brussels",
        ),
        (
            Moment,
            {"date": "2026-06-15", "time": 1400},
            "time: write a time as a text such as 14:00; a number would be read as seconds",
        ),
        (
            Moment,
            {"date": "2026-06-15", "time": "14:00+02:00"},
            "time: 14:00:00+02:00 carries an offset; give the time as on the clock there and its place in `zone`",
        ),
        (Cutoff, {"date": "2026-06-15", "stage": "third"}, "stage: Input should be 'single', 'first', 'second'"),
        (Document, {"title": "Guide", "url": "ftp://x"}, "url: String should match pattern '^https?://[^\\s]+$'"),
        (Identifier, {"scheme": "FT", "value": "x"}, "scheme: String should match pattern '^[a-z][a-z0-9-]*$'"),
    ],
)
def test_refused(kind: type[BaseModel], fields: dict[str, Any], complaint: str) -> None:
    assert refusal(kind, fields).startswith(complaint)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"cutoffs": [cutoff("2026-06-15"), cutoff("2026-06-14")]}, ": cutoffs must be in order of time"),
        (
            {"cutoffs": [cutoff("2026-06-15", "17:00"), cutoff("2026-06-15", "09:00")]},
            ": cutoffs must be in order of time",
        ),
        (
            {"opens": day("2026-06-16"), "cutoffs": [cutoff("2026-06-15")]},
            ": opens on 2026-06-16, after its last cut-off 2026-06-15",
        ),
    ],
)
def test_timelines_out_of_order_are_refused(fields: dict[str, Any], complaint: str) -> None:
    assert refusal(Timeline, fields) == complaint


def test_a_timeline_may_open_on_the_day_of_its_last_cutoff() -> None:
    timeline = Timeline(opens=day("2026-06-15"), cutoffs=(cutoff("2026-05-01"), cutoff("2026-06-15")))
    assert [c.date for c in timeline.cutoffs] == [dt.date(2026, 5, 1), dt.date(2026, 6, 15)]


def test_the_plain_forms_are_accepted() -> None:
    assert Source.model_validate(page()).read_on == dt.date(2026, 11, 1)
    assert Evidence.model_validate(proof()).excerpt is None
    assert Evidence(source="s1", raw="17 00").raw == "17 00"
    assert Cutoff(date=dt.date(2026, 1, 1)).stage is CutoffStage.SINGLE


def test_texts_are_trimmed() -> None:
    assert Document(title="  Guide\n", url="https://example.org").title == "Guide"


def test_parts_cannot_be_changed() -> None:
    amount = Money(amount=Decimal(5))
    with pytest.raises(ValidationError, match="frozen"):
        amount.amount = Decimal(6)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [("2000000", "EUR", "2,000,000 EUR"), ("1234.5", "BGN", "1,234.50 BGN"), ("0", "EUR", "0 EUR")],
)
def test_money_is_written_with_thousands(amount: str, currency: str, text: str) -> None:
    assert str(Money(amount=Decimal(amount), currency=currency)) == text


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "start", "end"),
    [
        (day("2026-06-15"), "2026-06-14T22:00", "2026-06-15T21:59:59.999999"),  # summer time in Brussels
        (day("2026-12-15"), "2026-12-14T23:00", "2026-12-15T22:59:59.999999"),
        (day("2026-03-29"), "2026-03-28T23:00", "2026-03-29T21:59:59.999999"),  # a day of 23 hours
        (day("2026-06-15", "17:00"), "2026-06-15T15:00", "2026-06-15T15:00"),
        (day("2026-06-15", "17:00", "Europe/Sofia"), "2026-06-15T14:00", "2026-06-15T14:00"),
    ],
)
def test_a_moment_counts_from_its_first_to_its_last_instant(moment: Moment, start: str, end: str) -> None:
    assert (moment.start(), moment.end()) == (utc(start), utc(end))


def test_a_time_without_zone_is_taken_in_the_zone_given() -> None:
    moment = Moment(date=dt.date(2026, 6, 15), time=dt.time(17))
    assert moment.end("Europe/Sofia") == utc("2026-06-15T14:00")
    assert moment.end() == utc("2026-06-15T15:00")


@given(dates())
def test_a_day_begins_where_the_day_before_ends(date: dt.date) -> None:
    before = Moment(date=date - dt.timedelta(days=1))
    gap = Moment(date=date).start().astimezone(dt.UTC) - before.end().astimezone(dt.UTC)
    assert gap == dt.timedelta(microseconds=1)


@given(timelines())
def test_a_timeline_that_was_written_is_read_back(timeline: Timeline) -> None:
    assert Timeline.model_validate_json(timeline.model_dump_json(exclude_defaults=True)) == timeline


@given(money())
def test_money_that_was_written_is_read_back(amount: Money) -> None:
    assert Money.model_validate_json(amount.model_dump_json()) == amount


@pytest.mark.parametrize("day", [{"read_on": "2026-11-22"}, {"fetched_at": "2026-11-22T10:00:00Z"}])
def test_a_cited_source_was_not_read(day: dict[str, str]) -> None:
    cited = {"key": "list", "url": "https://a.eu/", "method": "cited"}
    assert Source.model_validate(cited).read_on is None
    with pytest.raises(ValidationError, match="cited means that nobody read it"):
        Source.model_validate(cited | day)
