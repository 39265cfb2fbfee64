"""Pages of care: what is due, by country and theme, and what is missing, with the way to begin it."""

import datetime as dt
from collections.abc import Callable
from copy import deepcopy

import pytest

from api.desk.service import Desk
from corpus.desk.content import ItemKind
from corpus.desk.items import VALID_FOR, Seen
from corpus.desk.rights import Action, Actor, DeskRole
from corpus.vocab import Theme
from tests.api.desk.conftest import Person
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW

Join = Callable[[str, DeskRole], Person]
LONG_AGO = NOW - VALID_FOR - dt.timedelta(days=3)


def publish(desk: Desk, name: str, country: str, theme: str) -> None:
    content = {**deepcopy(PRACTICE), "places": [{"name": "A town", "country": country}], "themes": [theme]}
    content["title"] = {"en": name}
    admin = Actor(1, DeskRole.ADMINISTRATOR)
    other = Actor(2, DeskRole.ADMINISTRATOR)
    item = desk.items.begin(admin, ItemKind.PRACTICE, name, content, LONG_AGO)
    steps = ((admin, Action.SUBMIT), (other, Action.START_REVIEW), (other, Action.APPROVE), (other, Action.PUBLISH))
    for who, action in steps:
        item = desk.items.act(who, action, Seen(item.id, item.revision), LONG_AGO)


@pytest.fixture
def ema(somebody: Join) -> Person:
    somebody("rasa", DeskRole.REVIEWER)
    return somebody("ema", DeskRole.EDITOR)


def test_what_is_due_is_listed_and_filtered(ema: Person, desk: Desk) -> None:
    publish(desk, "kitchen", "LT", "neighbourhood_data")
    publish(desk, "garden", "BG", "data_bias")
    assert ema.page("/en/desk/due").css(".rules a::text").getall() == ["kitchen", "garden"]
    assert ema.page("/en/desk/due?country=BG").css(".rules a::text").getall() == ["garden"]
    assert ema.page("/en/desk/due?theme=neighbourhood_data").css(".rules a::text").getall() == ["kitchen"]
    assert ema.page("/en/desk/due?country=BG&theme=neighbourhood_data").css(".rules a") == []
    assert ema.page("/en/desk/due").css("option::attr(value)").getall() == ["", "BG", "LT", "", *themes()]


def themes() -> list[str]:
    return [theme.value for theme in Theme if theme.value in ("neighbourhood_data", "data_bias")]


def test_nothing_is_due_at_first(ema: Person) -> None:
    assert "Nothing is due." in ema.page("/en/desk/due").get()


def test_what_is_missing_leads_to_a_form_that_says_it_already(ema: Person) -> None:
    page = ema.page("/en/desk/gaps")
    assert page.css("tbody a[href='/en/desk/new?country=MT']")
    (theme,) = page.css("tbody a[href*='theme=']::attr(href)").getall()[:1]
    form = ema.page(theme)
    assert form.css("input[name=themes][checked]::attr(value)").get() == theme.partition("theme=")[2]
    begun = ema.page("/en/desk/new?country=MT")
    assert begun.css("#country option[selected]::attr(value)").get() == "MT"
    assert ema.browser.get("/en/desk/new?theme=no_theme").status_code == 422
