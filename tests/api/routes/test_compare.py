import pytest
from fastapi.testclient import TestClient
from parsel import Selector

from api.state import Service
from tests.api.conftest import client_of
from tests.api.reading import page
from tests.fakes import FrozenClock
from tests.matcher.factory import NOW, World

TWO = "call=bg.day-centres&call=eui.small-cities"


@pytest.fixture(scope="module")
def client(small_world: World) -> TestClient:
    return client_of(Service(small_world.home, small_world.matcher, FrozenClock(NOW)))


def lines(shown: Selector) -> dict[str, tuple[list[str], bool]]:
    """Cells of each line of the table by its name, and whether it is marked."""
    found = {}
    for line in shown.xpath("//table[@class='compare']/tbody/tr"):
        cells = [" ".join(cell.xpath(".//text()").getall()).strip() for cell in line.xpath("./td")]
        found[line.xpath("normalize-space(./th/text())").get("")] = (cells, "differs" in line.attrib.get("class", ""))
    return found


def test_calls_stand_side_by_side_and_differences_are_marked(client: TestClient) -> None:
    shown = page(client.get(f"/en/compare?{TWO}"))
    table = lines(shown)
    assert shown.xpath("//thead//a/@href").getall() == ["/en/calls/bg.day-centres", "/en/calls/eui.small-cities"]
    assert table["Status"] == (["Open", "Open"], False)
    assert table["Grant for a project"] == (["at most €400,000 a project", "not known"], True)
    marked = shown.xpath("//tr[@class='differs']/th/span/text()").getall()
    assert marked
    assert set(marked) == {"differs"}  # in words, not by colour alone


def test_rules_are_answered_for_whoever_asks(client: TestClient) -> None:
    who = "&applicant=municipality&country=BG&population=10000"
    table = lines(page(client.get(f"/en/compare?{TWO}{who}")))
    first, second = table["Can we apply?"][0]
    assert first == "You can apply" or "can apply" in first.lower()
    assert first != second
    population = next(cells for name, (cells, _) in table.items() if "inhabitants" in name)
    assert population[0] == "no such rule was read"


@pytest.mark.parametrize(
    "query",
    ["", "call=bg.day-centres", "call=bg.day-centres&call=bg.day-centres", "&".join(f"call=x.{i}" for i in range(5))],
)
def test_too_few_and_too_many_calls_are_told_so(client: TestClient, query: str) -> None:
    response = client.get(f"/en/compare?{query}")
    assert response.status_code == 422
    assert "two to four" in response.text


def test_a_call_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/en/compare?call=bg.day-centres&call=no.such").status_code == 404


def test_a_wrong_figure_is_told_beside_its_field(client: TestClient) -> None:
    response = client.get(f"/en/compare?{TWO}&population=many")
    assert response.status_code == 422
    assert page(response).xpath("//p[@id='population-error']")


def test_tick_boxes_of_the_list_lead_to_it_without_scripts(client: TestClient) -> None:
    form = page(client.get("/en/calls?status=any")).xpath("//form[@action='/en/compare']")
    boxes = form.xpath(".//input[@type='checkbox'][@name='call']/@value").getall()
    assert len(boxes) == 10
    assert form.attrib["method"] == "get"
