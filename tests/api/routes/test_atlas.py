import pytest
from fastapi.testclient import TestClient

from api.filters import PracticeFilter
from api.lists import practice_list
from api.state import Service
from api.views.atlas import MapPage, map_page
from corpus.model import Place
from tests.api.conftest import client_of
from tests.api.reading import page
from tests.fakes import FrozenClock
from tests.matcher.factory import NOW, World

GABROVO = Place(name="Gabrovo", country="BG", latitude=42.87, longitude=25.32)
VARNA = Place(name="Varna", country="BG")
CAYENNE = Place(name="Cayenne", country="FR", latitude=4.9, longitude=-52.3)


@pytest.fixture(scope="module")
def client(small_world: World) -> TestClient:
    return client_of(Service(small_world.home, small_world.matcher, FrozenClock(NOW)))


def drawn(small_world: World, places: list[tuple[Place, ...]]) -> MapPage:
    known = {"Varna": (43.2, 27.9)}
    listing = practice_list(small_world.snapshot(), PracticeFilter())
    return map_page(listing, PracticeFilter(), places, lambda name, _country: known.get(name))


def test_a_dot_stands_for_all_practices_of_a_place(small_world: World) -> None:
    shown = drawn(small_world, [(GABROVO,), (GABROVO, VARNA), (VARNA,), (GABROVO,)])
    sizes = {dot.spot.name: dot.radius for dot in shown.dots}
    assert {dot.spot.name: dot.spot.practices for dot in shown.dots} == {"Gabrovo": 3, "Varna": 2}
    assert sizes["Gabrovo"] > sizes["Varna"]
    (bulgaria,) = shown.countries
    assert (bulgaria.practices, [spot.name for spot in bulgaria.spots]) == (4, ["Gabrovo", "Varna"])


def test_a_place_without_a_point_or_far_away_is_in_the_list(small_world: World) -> None:
    nowhere = Place(name="Villages of the north", country="BG")
    shown = drawn(small_world, [(CAYENNE,), (nowhere,)])
    assert shown.dots == ()
    assert shown.unplaced == 2
    assert [spot.name for country in shown.countries for spot in country.spots] == ["Villages of the north", "Cayenne"]


def test_dots_lie_in_the_country_to_which_they_belong(small_world: World) -> None:
    shown = drawn(small_world, [(GABROVO,)])
    assert shown.dots[0].query == "country=BG"
    # East and south of the middle of the map.
    assert shown.dots[0].x > 600
    assert shown.dots[0].y > 600


def test_map_and_list_say_the_same(client: TestClient) -> None:
    shown = page(client.get("/en/map"))
    listed = dict(
        zip(
            shown.xpath("//ul[@class='countries']/li/a/@href").getall(),
            shown.xpath("//ul[@class='countries']/li/span/text()").getall(),
            strict=True,
        )
    )
    lands = shown.xpath("//a[*[contains(@class, 'land')]]/@href").getall()
    assert sorted(lands) == sorted(listed)
    for link, count in listed.items():
        assert client.get("/v1" + link.removeprefix("/en")).json()["total"] == int(count)


def test_filters_hold_for_the_map_and_stay_in_its_links(client: TestClient) -> None:
    shown = page(client.get("/en/map?target_group=children"))
    links = shown.xpath("//ul[@class='countries']/li/a/@href").getall()
    assert links == [
        "/en/practices?country=BG&target_group=children",
        "/en/practices?country=FR&target_group=children",
    ]


def test_the_drawing_is_no_stop_for_the_keyboard_and_hidden_from_readers(client: TestClient) -> None:
    shown = page(client.get("/en/map"))
    assert shown.xpath("//svg[@class='map']/@aria-hidden").get() == "true"
    assert set(shown.xpath("//svg[@class='map']//a/@tabindex").getall()) == {"-1"}


def test_no_practice_no_map(client: TestClient) -> None:
    response = client.get("/en/map?q=volcano")
    assert "Nothing passes these filters" in response.text
    assert not page(response).xpath("//svg[@class='map']")
