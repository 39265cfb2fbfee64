import datetime as dt
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.state import Service
from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.conftest import client_of
from tests.api.reading import Response, page
from tests.fakes import FrozenClock
from tests.matcher.factory import CALLS, NOW, PRACTICES, World


@pytest.fixture(scope="module")
def client(small_world: World) -> TestClient:
    """A service whose day is that of the small corpus."""
    return client_of(Service(small_world.home, small_world.matcher, FrozenClock(NOW)))


def shown(response: Response) -> list[str]:
    return page(response).xpath("//ul[@class='cards']/li/article/@id").getall()


def test_calls_that_can_be_reached_are_shown_soonest_first(client: TestClient) -> None:
    response = client.get("/en/calls")
    ids = shown(response)
    assert "eu.day-centres-2024" not in ids  # closed
    assert "amif.migrant-women" in ids  # opens in January
    assert "planned ones too" in response.text
    assert set(shown(client.get("/en/calls?status=any"))) == {call.id for call in CALLS}


def test_page_and_json_show_the_same_rows(client: TestClient) -> None:
    for query in ("", "?status=any&sort=title", "?country=BG", "?q=roma&fund=ESF%2B"):
        listing = client.get(f"/v1/calls{query}").json()
        assert shown(client.get(f"/en/calls{query}")) == [row["id"] for row in listing["rows"]]
    listing = client.get("/v1/practices?country=BG").json()
    assert shown(client.get("/en/practices?country=BG")) == [row["id"] for row in listing["rows"]]
    assert listing["total"] == 1


def test_all_practices_are_listed(client: TestClient) -> None:
    assert set(shown(client.get("/en/practices"))) == {practice.id for practice in PRACTICES}


def test_four_filters_stand_in_the_open_and_the_rest_behind_one_click(client: TestClient) -> None:
    for path in ("/en/calls", "/en/practices"):
        form = page(client.get(path)).xpath("//form[@role='search']")
        fields = form.xpath("./div//*[self::input or self::select]/@name").getall()
        assert len([name for name in fields if name != "sort"]) == 4
        assert form.xpath(".//details//*[@name]")
        assert not form.xpath(".//details/@open")
    assert page(client.get("/en/calls?subject=housing")).xpath("//form[@role='search']//details/@open")


def test_every_choice_says_how_many_results_it_gives(client: TestClient) -> None:
    listing: dict[str, Any] = client.get("/v1/calls?status=any").json()
    facets = {facet["field"]: facet["options"] for facet in listing["facets"]}
    assert {option["code"]: option["count"] for option in facets["country"]} == {"BG": 1, "unknown": 9}
    assert "Bulgaria (1)" in client.get("/en/calls?status=any").text


def test_pills_take_filters_away_one_by_one_and_all_at_once(client: TestClient) -> None:
    shown_page = page(client.get("/en/calls?q=roma&country=BG&subject=housing&subject=education"))
    pills = shown_page.xpath("//ul[@class='pills'][@aria-label]//a")
    assert [pill.attrib["href"] for pill in pills] == [
        "/en/calls?country=BG&subject=education&subject=housing",
        "/en/calls?q=roma&subject=education&subject=housing",
        "/en/calls?q=roma&country=BG&subject=education",
        "/en/calls?q=roma&country=BG&subject=housing",
        "/en/calls",
    ]


def test_empty_fields_of_the_form_do_not_stay_in_the_address(client: TestClient) -> None:
    response = client.get("/en/calls?q=&status=&country=BG&sort=", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/en/calls?country=BG")


def test_nothing_left_says_which_filter_to_drop_and_keeps_the_others(client: TestClient) -> None:
    response = client.get("/en/calls?q=music&country=BG&status=any")
    assert response.status_code == 200
    assert "Nothing passes these filters" in response.text
    links = page(response).xpath("//div[contains(@class, 'no-fit')]//li/a")
    assert {link.attrib["href"] for link in links} == {
        "/en/calls?status=any&country=BG",
        "/en/calls?q=music&status=any",
    }
    for link in links:
        assert shown(client.get(link.attrib["href"]))


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ("fund=ERFD", "fund", "ERDF"),
        ("country=Bulgaria", "country", "BG or FR"),
        ("colour=red", "colour", "leave it out"),
        ("sort=price", "sort", "-deadline"),
        ("page=x", "page", "whole number"),
    ],
)
def test_a_wrong_filter_is_named_with_what_would_be_right(
    client: TestClient, query: str, field: str, says: str
) -> None:
    response = client.get(f"/en/calls?{query}")
    assert response.status_code == 422
    assert page(response).xpath("//main//li/strong/text()").getall() == [field]
    assert says in response.text
    error = client.get(f"/v1/calls?{query}").json()["error"]
    assert [item["field"] for item in error["fields"]] == [field]


def test_what_stands_in_a_filter_is_never_shown_as_markup(client: TestClient) -> None:
    for query in ("q=<script>alert(1)</script>", "fund=<script>alert(1)</script>", "<script>=1"):
        assert "<script>alert" not in client.get(f"/en/calls?{query}").text


def test_a_page_that_is_not_there_is_told_with_the_last_one(client: TestClient) -> None:
    response = client.get("/en/calls?page=7")
    assert response.status_code == 422
    assert "the last one is 1" in response.text


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_lists_are_there_in_every_language(client: TestClient, language: str) -> None:
    for path in ("calls", "practices"):
        response = client.get(f"/{language}/{path}?country=BG")
        assert response.status_code == 200
        assert page(response).xpath("/html/@lang").get() == language


def test_the_day_of_asking_decides_what_is_open(small_world: World) -> None:
    later = NOW + dt.timedelta(days=365)
    client = client_of(Service(small_world.home, small_world.matcher, FrozenClock(later)))
    assert "bg.day-centres" not in shown(client.get("/en/calls"))
    assert shown(client.get("/en/calls?status=closed"))[0] != "eu.day-centres-2024"  # what closed last comes first
