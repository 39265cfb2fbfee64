import datetime as dt

import pytest
from fastapi.testclient import TestClient

from api.rows import CallRow, call_row
from api.state import Service
from api.views.timeline import chart
from tests.api.conftest import client_of
from tests.api.reading import page
from tests.fakes import FrozenClock
from tests.matcher.factory import CALLS, NOW, World, call

TODAY = NOW.date()


@pytest.fixture(scope="module")
def client(small_world: World) -> TestClient:
    return client_of(Service(small_world.home, small_world.matcher, FrozenClock(NOW)))


def row(**timeline: object) -> CallRow:
    return call_row(call("x.y", "A call", "A call.", timeline=timeline), NOW)


def test_a_bar_goes_from_the_opening_to_the_last_cutoff() -> None:
    rows = [
        row(opens={"date": "2026-12-01"}, cutoffs=[{"date": "2027-01-15"}, {"date": "2027-06-30"}]),
        row(opens={"date": "2027-01-15"}, cutoffs=[{"date": "2027-06-30"}]),
    ]
    first, second = chart(rows, TODAY).bars
    assert first.x < second.x == first.marks[0]
    assert first.x + first.width == first.marks[1] == second.marks[0] == second.x + second.width
    assert not first.planned


def test_planned_dates_are_hatched() -> None:
    planned = row(
        opens={"date": "2027-01-15"}, opens_indicative=True, cutoffs=[{"date": "2027-06-30", "indicative": True}]
    )
    assert chart([planned], TODAY).bars[0].planned


def test_of_an_unknown_opening_nothing_is_drawn_before_today() -> None:
    drawn = chart([row(cutoffs=[{"date": "2027-06-30"}])], TODAY)
    assert drawn.bars[0].x == drawn.today


def test_a_call_without_end_goes_on_to_the_edge() -> None:
    drawn = chart([row(continuous=True, opens={"date": "2026-09-01"})], TODAY)
    bar = drawn.bars[0]
    assert bar.endless
    assert bar.x + bar.width == drawn.width


def test_what_lies_far_away_is_cut_at_the_edge() -> None:
    drawn = chart([row(opens={"date": "2020-01-01"}, cutoffs=[{"date": "2033-12-31"}])], TODAY)
    bar = drawn.bars[0]
    assert (bar.x, bar.x + bar.width) == (0, drawn.width)
    assert len(drawn.months) < 40


def test_months_follow_each_other_and_today_lies_among_them() -> None:
    drawn = chart([call_row(one, NOW) for one in CALLS], TODAY)
    places = [month.x for month in drawn.months]
    assert places == sorted(set(places))
    assert drawn.today is not None
    assert places[0] < drawn.today < drawn.width


def test_drawing_and_table_show_the_same_calls(client: TestClient) -> None:
    shown = page(client.get("/en/timeline"))
    table = shown.xpath("//table/tbody/tr/th/a/@href").getall()
    assert len(shown.xpath("//*[local-name()='svg'][@role='img']/*[local-name()='g']").getall()) == len(table) > 5
    listing = client.get("/v1/calls?status=open&status=forthcoming&status=planned").json()
    assert table == [f"/en/calls/{one['id']}" for one in listing["rows"]]


def test_files_of_the_timeline_hold_what_it_shows(client: TestClient) -> None:
    links = page(client.get("/en/timeline?fund=ESF%2B")).xpath("//a[contains(@href, '.ics')]/@href").getall()
    assert links == ["/en/calls.ics?status=forthcoming&status=open&status=planned&fund=ESF%2B"]


def test_only_closed_calls_are_drawn_around_their_own_time(client: TestClient) -> None:
    shown = page(client.get("/en/timeline?status=closed"))
    assert "2024" in "".join(shown.xpath("//*[local-name()='text']/text()").getall())
    assert not shown.xpath("//*[@class='now']")


def test_an_empty_timeline_says_so(client: TestClient) -> None:
    assert "Nothing passes these filters" in client.get("/en/timeline?q=volcano").text
    assert chart([], dt.date(2026, 1, 1)).bars == ()
