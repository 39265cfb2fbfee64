"""Practices come in from files: shown row by row, kept only after a yes."""

from collections.abc import Callable

import pytest
import yaml
from parsel import Selector

from api.desk.bring_in import COLUMNS, template
from api.desk.service import Desk
from corpus.desk.rights import DeskRole
from corpus.desk.sheets import MOST_BYTES
from tests.api.desk.conftest import Person
from tests.corpus.desk.test_sheets import bomb, workbook
from tests.factories import NOW

Join = Callable[[str, DeskRole], Person]
HEADINGS = ("title", "place", "country", "population", "url", "read_on", "target_groups", "problem")
KITCHEN = ("A kitchen", "Zarasai", "LT", 6000, "https://a.example.lt/k", "2026-11-01", "older_people; youth", "Lonely")
GARDEN = ("A garden", "Zarasai", "LT", 6000, "https://a.example.lt/g", "2026-11-01", "", "=1+1")
WRONG = ("A wrong one", "Zarasai", "XQ", "many", "no address", "2026-11-01", "martians", "")


@pytest.fixture
def ema(somebody: Join) -> Person:
    return somebody("ema", DeskRole.EDITOR)


def upload(person: Person, name: str, data: bytes, status: int = 200) -> Selector:
    token = person.page("/en/desk/import").css("input[name=token]::attr(value)").get("")
    answer = person.browser.post("/en/desk/import", data={"token": token}, files={"file": (name, data)})
    assert answer.status_code == status, answer.text
    return Selector(answer.text)


def test_three_practices_come_in_from_a_workbook(ema: Person, desk: Desk) -> None:
    page = upload(ema, "ours.xlsx", workbook(HEADINGS, KITCHEN, WRONG, GARDEN))
    assert desk.items.all() == []
    assert page.css("tbody th::text").getall() == ["A kitchen", "A wrong one", "A garden"]
    wrong = set(page.css("tbody tr:nth-child(2) li strong::text").getall())
    assert {"places.0.country", "places.0.population", "url", "target_groups.0"} <= wrong
    kept = ema.send("/en/desk/import/keep", page, 200, packed=page.css("input[name=packed]::attr(value)").get(""))
    assert "2 drafts were begun" in kept.get()
    assert {item.title for item in desk.items.all()} == {"A kitchen", "A garden"}
    kitchen = next(item for item in desk.items.all() if item.title == "A kitchen")
    content = desk.items.versions(kitchen.id)[0].content
    assert content["target_groups"] == ["older_people", "youth"]
    assert content["places"] == [{"name": "Zarasai", "country": "LT", "population": 6000}]
    again = ema.send("/en/desk/import/keep", page, 422, packed=page.css("input[name=packed]::attr(value)").get(""))
    assert "at the desk already" in again.get()


def test_the_template_is_a_file_that_comes_in(ema: Person) -> None:
    page = upload(ema, "template.csv", template())
    assert page.css("tbody th::text").getall() == ["A shared kitchen"]
    assert not page.css("tbody li")
    assert set(template().decode("utf-8-sig").split("\r\n")[0].split(",")) == set(COLUMNS)


def test_a_title_twice_and_a_column_that_nobody_knows_are_told(ema: Person) -> None:
    page = upload(ema, "a.csv", b"title,colour\nA kitchen,red\nA kitchen,blue\n")
    assert "row 2 has the same title" in page.css("tbody tr:nth-child(2)").get()
    assert "colour" in page.css("tbody tr:nth-child(1) strong::text").getall()
    assert not page.css("input[name=packed]")


@pytest.mark.parametrize(("name", "data"), [("a.xlsx", bomb()), ("a.csv", b"\0"), ("a.xlsx", b"PK\x03\x04 broken")])
def test_a_hostile_file_is_refused_and_nothing_is_kept(ema: Person, desk: Desk, name: str, data: bytes) -> None:
    assert upload(ema, name, data, 422).css("[role=alert]")
    assert desk.items.all() == []


def test_a_file_that_is_too_large_is_not_even_read(ema: Person) -> None:
    token = ema.page("/en/desk/import").css("input[name=token]::attr(value)").get("")
    large = {"file": ("a.csv", b"x" * (2 * MOST_BYTES + 1))}
    assert ema.browser.post("/en/desk/import", data={"token": token}, files=large).status_code == 413
    assert ema.browser.post("/en/desk/new", data={"token": token, "title": "x" * 600_000}).status_code == 413


def test_rows_that_were_tampered_with_are_refused(ema: Person, desk: Desk) -> None:
    assert ema.send("/en/desk/import/keep", ema.page("/en/desk/import"), 422, packed="[{}").get()
    assert desk.items.all() == []


def test_a_record_goes_out_as_yaml(ema: Person) -> None:
    ema.send("/en/desk/new", title="A kitchen", practice_kind="practice", original_language="en")
    text = ema.browser.get("/en/desk/1/record.yml").text
    assert yaml.safe_load(text)["title"] == {"en": "A kitchen"}


def test_a_page_of_the_web_fills_in_the_form_and_nothing_is_kept(somebody: Join, desk: Desk) -> None:
    ema = somebody("ema", DeskRole.EDITOR)
    page = ema.send("/en/desk/from-page", ema.page("/en/desk/import"), 200, url="https://town.example/kitchen")
    assert page.css("#title::attr(value)").get() == "A kitchen"
    assert page.css("#cost::attr(value)").get() == "12000"
    assert page.css("#url::attr(value)").get() == "https://town.example/kitchen"
    assert page.css("#read_on::attr(value)").get() == NOW.date().isoformat()
    assert "It cost 12 000 euro." in page.css(".note dd::text").getall()[0]
    assert page.css("form.ask::attr(action)").get() == "/en/desk/new"
    assert desk.items.all() == []


def test_a_page_that_cannot_be_fetched_is_told_and_its_address_stays(somebody: Join) -> None:
    ema = somebody("ema", DeskRole.EDITOR)
    page = ema.send("/en/desk/from-page", ema.page("/en/desk/import"), 422, url="http://127.0.0.1/secret")
    assert "not on the open internet" in page.css("[role=alert]").get("")
    assert page.css("#url::attr(value)").get() == "http://127.0.0.1/secret"


@pytest.mark.parametrize(("name", "data"), [("a.csv", b"title,place\n"), ("a.yml", b""), ("a.jsonl", b"\n")])
def test_a_file_in_which_nothing_stands_is_told_so(ema: Person, name: str, data: bytes) -> None:
    assert "no record stands in it" in upload(ema, name, data, 422).css("[role=alert]").get("")
