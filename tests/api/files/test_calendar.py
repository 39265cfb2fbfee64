import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import vobject

from api.files.as_ics import as_ics
from api.rows import CallRow
from tests.api.files.samples import ABOUT, bare, brussels, whole

TWO = {"opens": {"date": "2026-10-01"}}


def events(*rows: CallRow) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(as_ics(ABOUT, rows)).walk("VEVENT"))


def uids(*rows: CallRow) -> list[str]:
    return [str(event["UID"]) for event in events(*rows)]


def moved(*dates: str, labels: tuple[str, ...] = ()) -> CallRow:
    cutoffs = [{"date": date, "label": label} for date, label in zip(dates, labels or ("",) * len(dates), strict=True)]
    return whole(timeline={"cutoffs": [{k: v for k, v in cutoff.items() if v} for cutoff in cutoffs]})


def test_another_reader_finds_one_event_a_cutoff() -> None:
    calendar = vobject.readOne(as_ics(ABOUT, [whole(), bare()]).decode())
    first, second = calendar.vevent_list
    assert first.summary.value == "Deadline: Безопасни улици (first term)"
    # 17:00 in Sofia is 16:00 in Brussels.
    assert first.dtstart.value.replace(tzinfo=None) == brussels(2027, 2, 1, 16, 0)
    assert first.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Brussels"]
    assert second.dtstart.value == dt.date(2027, 6, 15)
    assert "https://example.org/page" in first.description.value
    assert "17:00 (Europe/Sofia)" in first.description.value
    assert first.valarm.action.value == "DISPLAY"
    assert first.valarm.trigger.value == dt.timedelta(days=-7)


def test_the_zone_travels_with_the_events() -> None:
    calendar = icalendar.Calendar.from_ical(as_ics(ABOUT, [whole()]))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Brussels"
    offsets = {part.name: part["TZOFFSETTO"].td for part in zone.subcomponents}
    assert offsets == {"STANDARD": dt.timedelta(hours=1), "DAYLIGHT": dt.timedelta(hours=2)}
    summer = dt.datetime(2027, 7, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))
    assert zone.to_tz().utcoffset(summer.replace(tzinfo=None)) == dt.timedelta(hours=2)


def test_a_planned_day_is_tentative_and_rings_in_the_morning() -> None:
    first, second = events(whole())
    assert (first["STATUS"], second["STATUS"]) == ("CONFIRMED", "TENTATIVE")
    assert str(second["SUMMARY"]).startswith("Planned deadline:")
    (alarm,) = second.walk("VALARM")
    ringing = dt.datetime.combine(second.decoded("DTSTART"), dt.time(0)) + alarm.decoded("TRIGGER")
    assert ringing == brussels(2027, 6, 8, 9, 0)


def test_an_empty_calendar_is_valid() -> None:
    calendar = vobject.readOne(as_ics(ABOUT, []).decode())
    assert "vevent" not in calendar.contents
    # Without any component it would be none (RFC 5545, 3.4).
    assert calendar.contents["vtimezone"]


def test_a_number_outlives_a_moved_day() -> None:
    assert uids(moved("2027-01-10")) == uids(moved("2027-02-20"))
    labels = ("first", "second")
    assert uids(moved("2027-01-10", "2027-03-01", labels=labels)) == uids(
        moved("2027-01-17", "2027-03-08", labels=labels)
    )


def test_numbers_are_unique_also_where_nothing_tells_cutoffs_apart() -> None:
    found = uids(moved("2027-01-10", "2027-01-10", "2027-03-01"), whole("isopolis.second"))
    assert len(set(found)) == len(found) == 5


def test_a_number_depends_on_the_call_alone() -> None:
    assert set(uids(whole(), bare())) == set(uids(bare(), whole(title="Another title")))
    assert set(uids(whole())).isdisjoint(uids(whole("isopolis.second")))


def test_equal_rows_make_equal_calendars() -> None:
    assert as_ics(ABOUT, [whole()]) == as_ics(ABOUT, [whole()])


def test_lines_are_folded_and_words_escaped() -> None:
    title = "Long, winding; streets\\ " * 12
    data = as_ics(ABOUT, [whole(title=title)])
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert title.strip() in vobject.readOne(data.decode()).vevent.summary.value
