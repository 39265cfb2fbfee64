"""Rules of WCAG 2.2 A and AA by axe-core: every kind of page, every language, light and dark."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.browser.kit import POSTED, RECORDS, SAME_IN_ALL_LANGUAGES, Scene, axe_options, listed

pytestmark = pytest.mark.slow


def violations(page: Page, options: str) -> list[str]:
    """What axe finds wrong: rule, element, and why."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(f"() => axe.run({options}).then((result) => result.violations)")
    return [
        f"{page.url} {rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def look(page: Page, scene: Scene, home: str, language: str) -> list[str]:
    """All rules in light; in dark the one that colours can break."""
    page.emulate_media(color_scheme="light")
    scene.show(page, home, language)
    light = violations(page, axe_options(practices=language == "en"))
    page.emulate_media(color_scheme="dark")
    return [f"{scene.name}: {told}" for told in (*light, *violations(page, axe_options("color-contrast")))]


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_axe_finds_nothing(browser: Browser, home: str, app: FastAPI, language: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    scenes = [*listed(app), *RECORDS, *POSTED]
    if language != "en":
        scenes = [scene for scene in scenes if scene.name not in SAME_IN_ALL_LANGUAGES]
    told = [words for scene in scenes for words in look(page, scene, home, language)]
    context.close()
    assert told == []


@pytest.mark.parametrize("scene", [POSTED[0], RECORDS[0], Scene("home")], ids=lambda scene: scene.name)
def test_axe_finds_nothing_on_a_narrow_screen(browser: Browser, home: str, scene: Scene) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    told = look(context.new_page(), scene, home, "de")
    context.close()
    assert told == []


def test_a_fault_would_be_found(page: Page, home: str) -> None:
    page.goto(f"{home}/en/")
    page.evaluate("() => { document.querySelector('label[for=idea]').remove() }")
    page.evaluate("() => { document.querySelector('h1').style.color = '#ddd' }")
    told = " ".join(violations(page, axe_options()))
    assert "label" in told
    assert "color-contrast" in told


def test_suggested_towns_break_no_rule(page: Page, home: str) -> None:
    page.goto(f"{home}/en/")
    page.locator("#place").press_sequentially("gab")
    page.locator("#place-list li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page, axe_options()) == []
