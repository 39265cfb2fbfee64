"""What holds for every page of lists and of the service itself, in every language."""

from itertools import pairwise

import html5lib
import pytest
from fastapi.testclient import TestClient

from api.state import Service
from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.conftest import client_of
from tests.api.reading import page
from tests.fakes import FrozenClock
from tests.matcher.factory import NOW, World

PATHS = (
    "/calls?status=any",
    "/calls?q=roma&fund=ESF%2B&country=BG&subject=housing&subject=roma_inclusion",
    "/calls?q=volcano",
    "/practices",
    "/practices?country=BG&evidence=monitored",
    "/compare?call=bg.day-centres&call=eui.small-cities&country=BG",
    "/timeline",
    "/timeline?status=any&sort=title",
    "/map",
    "/map?q=volcano",
    "/coverage",
    "/corrections",
    "/accessibility",
    "/privacy",
)
FOCUSABLE = "//a[@href] | //button | //input[not(@type='hidden')] | //select | //textarea | //summary | //*[@tabindex]"


@pytest.fixture(scope="module")
def client(small_world: World) -> TestClient:
    return client_of(Service(small_world.home, small_world.matcher, FrozenClock(NOW)))


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_there_and_sound(client: TestClient, path: str, language: str) -> None:
    response = client.get(f"/{language}{path}")
    assert response.status_code == 200
    parser = html5lib.HTMLParser()
    parser.parse(response.text)
    assert parser.errors == []
    shown = page(response)
    assert shown.xpath("/html/@lang").get() == language
    ids = shown.xpath("//@id").getall()
    assert len(ids) == len(set(ids))
    assert not shown.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize("path", PATHS)
def test_headings_go_down_one_step_at_a_time(client: TestClient, path: str) -> None:
    shown = page(client.get(f"/en{path}"))
    levels = [int(name[1]) for name in shown.xpath("//h1 | //h2 | //h3 | //h4").xpath("name()").getall()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_meets_things_in_their_order(client: TestClient, path: str) -> None:
    shown = page(client.get(f"/en{path}"))
    stops = shown.xpath(FOCUSABLE)
    assert stops[0].attrib["href"] == "#main"
    assert {stop.attrib.get("tabindex", "0") for stop in stops} <= {"0", "-1"}
    # What scrolls can be reached and has a name.
    for region in shown.xpath("//*[contains(concat(' ', @class, ' '), ' scroll ')]"):
        assert region.attrib["tabindex"] == "0"
        assert region.attrib["role"] == "region"
        assert shown.xpath("//*[@id=$name]", name=region.attrib["aria-labelledby"])


@pytest.mark.parametrize("path", PATHS)
def test_every_field_has_a_name(client: TestClient, path: str) -> None:
    shown = page(client.get(f"/en{path}"))
    for field in shown.xpath("//main//input[not(@type='hidden')] | //main//select"):
        labelled = field.xpath("ancestor::label") or shown.xpath("//label[@for=$id]", id=field.attrib.get("id", ""))
        assert labelled, field.get()


@pytest.mark.parametrize("path", PATHS)
def test_every_link_within_the_site_leads_somewhere(client: TestClient, path: str) -> None:
    links = page(client.get(f"/en{path}")).xpath("//main//a/@href[starts-with(., '/')]").getall()
    for link in sorted(set(links)):
        if "/alerts" not in link:
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", [path for path in PATHS if "compare" not in path])
def test_an_address_without_a_language_leads_to_one(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Accept-Language": "lt"}, follow_redirects=False)
    assert response.headers["location"] == f"/lt{path}"
