"""The people of the design go from a blank page to their result: by keyboard alone, with scripts off."""

import pytest
from playwright.sync_api import Page

from api.desk.service import Desk
from tests.api.browser.conftest import EDITOR, PASSWORD
from tests.matcher.factory import IDEA, IDEA_BG

pytestmark = pytest.mark.slow


def tab_to(page: Page, element: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("(css) => document.activeElement.matches(css)", element):
            return
    raise AssertionError(f"{element} cannot be reached by the keyboard at {page.url}")


def enter(page: Page) -> None:
    """Press Enter and wait for the page to which it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, element: str, words: str) -> None:
    """Go down a list to the choice that begins so."""
    tab_to(page, element)
    for _ in range(60):
        if page.evaluate("(css) => document.querySelector(css).selectedOptions[0].text", element).startswith(words):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{element} has no choice that begins with {words!r}")


def download(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def ask(page: Page, home: str, language: str, idea: str) -> None:
    page.goto(f"{home}/{language}/")
    tab_to(page, "#idea")
    page.keyboard.type(idea)


def test_an_officer_of_a_small_town_finds_calls_rules_dates_and_a_paper(plain_page: Page, home: str) -> None:
    page = plain_page
    ask(page, home, "en", IDEA)
    choose(page, "#applicant", "City, town")
    tab_to(page, "#place")
    page.keyboard.type("Габрово")
    tab_to(page, "form#ask button:not([name])")
    enter(page)
    assert page.locator("#country").input_value() == "BG"
    assert page.locator("#population").input_value() == "48133"
    tab_to(page, "article.card h3 a")
    enter(page)
    assert page.locator("h1").inner_text() == "Day centres for Roma children"
    choose(page, "#applicant", "City, town")
    choose(page, "#country", "Bulg")
    tab_to(page, "#population")
    page.keyboard.type("48133")
    enter(page)
    assert page.locator(".verdict").first.inner_text() == "You can apply"
    assert "The page says so." in page.locator(".rules").inner_text()
    tab_to(page, "a[href$='.ics']")
    name, calendar = download(page)
    assert name.endswith(".ics")
    assert b"20270531T17" in calendar


def test_the_officer_narrows_the_answer_and_takes_the_filter_back(plain_page: Page, home: str) -> None:
    page = plain_page
    ask(page, home, "en", IDEA)
    tab_to(page, "form#ask button:not([name])")
    enter(page)
    before = page.locator("#calls .count").inner_text()
    tab_to(page, "input[name=fund]:checked")
    page.keyboard.press("ArrowDown")
    tab_to(page, ".drawer button")
    enter(page)
    assert int(page.locator("#calls .count").inner_text()) < int(before)
    tab_to(page, "button[name=drop]")
    enter(page)
    assert page.locator("#calls .count").inner_text() == before
    assert page.locator("#idea").input_value() == IDEA


def test_a_group_asks_in_bulgarian_and_sees_the_open_door(plain_page: Page, home: str) -> None:
    page = plain_page
    ask(page, home, "bg", IDEA_BG)
    choose(page, "#country", "Бълг")
    tab_to(page, "form#ask button:not([name])")
    enter(page)
    assert page.locator("html").get_attribute("lang") == "bg"
    tab_to(page, "article.card h3 a[href='/bg/calls/bg.day-centres']")
    enter(page)
    assert page.locator("h1").inner_text() == "Дневни центрове за ромски деца"
    page.goto(f"{home}/bg/calls/cerv.regrants?applicant=association&country=BG")
    assert page.locator(".doors").inner_text()
    page.go_back()
    tab_to(page, "#practices ~ ul h3 a")
    enter(page)
    assert "/bg/practices/" in page.url


def test_a_curating_partner_sees_every_source_of_a_record_and_can_report(plain_page: Page, home: str) -> None:
    page = plain_page
    page.goto(f"{home}/en/")
    tab_to(page, "nav a[href='/en/practices']")
    enter(page)
    tab_to(page, "main a[href*='/en/practices/isopolis.roma-house']")
    enter(page)
    assert page.locator("ul.sources li").count() == 1
    report = page.locator("#report ~ p a").first.get_attribute("href") or ""
    assert report == "mailto:help@isopolis.example?subject=Isopolis%3A%20isopolis.roma-house"
    tab_to(page, "main a[href='/v1/practices/isopolis.roma-house']")
    enter(page)
    assert '"isopolis.roma-house"' in page.locator("body").inner_text()


def test_a_curating_partner_signs_in_and_puts_a_fact_right(plain_page: Page, home: str, desk: Desk) -> None:
    """From a blank page to a correction that waits for a second person."""
    page = plain_page
    page.goto(f"{home}/en/")
    tab_to(page, "footer a[href='/en/desk']")
    enter(page)
    tab_to(page, "input[name=email]")
    page.keyboard.type(EDITOR.email)
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    tab_to(page, "main form button[type=submit]")
    enter(page)
    assert page.url == f"{home}/en/desk"
    tab_to(page, "nav a[href='/en/practices']")
    enter(page)
    tab_to(page, "main a[href='/en/practices/isopolis.roma-house']")
    enter(page)
    assert "1 October 2026" in page.locator("#past + ol").inner_text()
    tab_to(page, "a[href='/en/desk/correct/isopolis.roma-house']")
    enter(page)
    tab_to(page, "a[href$='isopolis.roma-house/cost']")
    enter(page)
    for name, words in (("value", "125000"), ("currency", "EUR"), ("reason", "The report of 2026 says so."),
                        ("url", "https://example.org/report"), ("read_on", "2026-11-01")):  # fmt: skip
        tab_to(page, f"#{name}")
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    tab_to(page, "main form.ask button[type=submit]")
    enter(page)
    (item,) = desk.items.all()
    assert (item.record_id, page.url) == ("isopolis.roma-house", f"{home}/en/desk/{item.id}")
    assert "The report of 2026 says so." in page.inner_text("main")


def test_several_towns_of_one_name_are_a_choice(plain_page: Page, home: str) -> None:
    page = plain_page
    ask(page, home, "en", IDEA)
    tab_to(page, "#place")
    page.keyboard.type("Valencia")
    enter(page)
    assert "Several places have this name" in page.locator("#place-error").inner_text()
    tab_to(page, "input[name=place_id]")
    page.keyboard.press("Space")
    enter(page)
    assert page.locator("#country").input_value() == "ES"
    assert page.locator("#population").input_value() == "792492"


def test_with_scripts_towns_are_suggested_and_fill_in_the_rest(page: Page, home: str) -> None:
    ask(page, home, "en", IDEA)
    tab_to(page, "#place")
    page.keyboard.type("Лод")
    page.locator("#place-list li").first.wait_for()
    assert page.locator("#place").get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#place").get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").inner_text() == "Łódź, Poland · 768,755"
    page.keyboard.press("Enter")
    assert page.locator("#place").input_value() == "Łódź"
    assert page.locator("#country").input_value() == "PL"
    assert page.locator("#population").input_value() == "768755"
    page.keyboard.press("Escape")
    tab_to(page, "form#ask button:not([name])")
    enter(page)
    assert "Łódź: 768,755 inhabitants" in page.locator(".understood").inner_text()


def test_a_link_is_made_only_by_consent_and_opens_the_form_unanswered(plain_page: Page, home: str) -> None:
    page = plain_page
    ask(page, home, "en", IDEA)
    tab_to(page, "form#ask button:not([name])")
    enter(page)
    assert "Roma" not in page.url
    tab_to(page, "button[name=share]")
    enter(page)
    assert "Tick the box first" in page.locator("#consent-error").inner_text()
    tab_to(page, "#consent")
    page.keyboard.press("Space")
    tab_to(page, "button[name=share]")
    enter(page)
    page.goto(page.locator("#link").input_value())
    assert page.locator("#idea").input_value() == IDEA
    assert page.locator("#calls").count() == 0
