"""Files and letters in a real browser, with its scripts off."""

import email
import re
from email.policy import default
from pathlib import Path

import mammoth
import pytest
from playwright.sync_api import Browser, Page

from tests.api.browser.kit import ASKED, Scene
from tests.api.browser.test_journeys import enter, tab_to
from tests.api.browser.test_rules import look
from tests.matcher.factory import IDEA

pytestmark = pytest.mark.slow


def newest_link(outbox: Path, purpose: str) -> str:
    """Path of a link in the newest letter."""
    letter = max(outbox.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    text = email.message_from_bytes(letter.read_bytes(), policy=default).get_content()  # type: ignore[attr-defined]
    return re.findall(rf"https://isopolis\.example(/\w\w/alerts/{purpose}/\S+)", text)[0]


def test_a_note_for_the_council_is_saved_from_the_page_of_the_answer(
    plain_page: Page, home: str, tmp_path: Path
) -> None:
    plain_page.goto(f"{home}/en/")
    plain_page.get_by_label("Your idea, in your own words and language").fill(IDEA)
    plain_page.keyboard.press("Tab")
    plain_page.locator("form#ask button[type=submit]").first.press("Enter")
    button = plain_page.get_by_role("button", name="Note for the council (DOCX)")
    with plain_page.expect_download() as saving:
        button.press("Enter")
    assert saving.value.suggested_filename == "isopolis-answer.docx"
    saving.value.save_as(tmp_path / "note.docx")
    with (tmp_path / "note.docx").open("rb") as note:
        assert IDEA in mammoth.extract_raw_text(note).value
    assert IDEA.split()[3] not in plain_page.url


def test_a_list_is_saved_with_its_filters(plain_page: Page, home: str) -> None:
    plain_page.goto(f"{home}/en/calls?fund=ESF%2B")
    with plain_page.expect_download() as saving:
        plain_page.get_by_role("link", name="Table (CSV)").press("Enter")
    assert saving.value.url.endswith("/en/calls.csv?fund=ESF%2B")


def test_letters_begin_by_keyboard_without_scripts(plain_page: Page, home: str, outbox: Path) -> None:
    plain_page.goto(f"{home}/en/calls?fund=ESF%2B")
    tab_to(plain_page, "a[href^='/en/alerts']")
    enter(plain_page)
    tab_to(plain_page, "#email")
    plain_page.keyboard.type("mayor@town.example")
    tab_to(plain_page, "form#ask button")
    enter(plain_page)
    assert plain_page.get_by_text("Look into your letter box.").is_visible()
    plain_page.goto(home + newest_link(outbox, "confirm"))
    tab_to(plain_page, "form#ask button")
    enter(plain_page)
    assert plain_page.get_by_role("heading", name="It begins.").is_visible()


def test_axe_finds_nothing_on_the_page_of_a_link(browser: Browser, page: Page, home: str, outbox: Path) -> None:
    del browser
    page.goto(f"{home}/en/alerts?list=calls&fund=ESF%2B")
    page.get_by_label("Your e-mail address").fill("other@town.example")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    path = newest_link(outbox, "confirm")
    assert look(page, Scene("alert-link", path.removeprefix("/en")), home, "en") == []


def test_the_answer_offers_every_file(page: Page, home: str) -> None:
    Scene("answer", form=ASKED).show(page, home)
    names = page.locator("section:has(#take-away) button").all_inner_texts()
    assert len(names) == 6
