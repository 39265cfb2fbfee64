"""Rules of WCAG 2.2 A and AA by axe-core: every kind of page, every language, light and dark."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

import api
from corpus.vocab.places import INTERFACE_LANGUAGES, Language
from tests.api.browser.kit import POSTED, RECORDS, SAME_IN_ALL_LANGUAGES, Scene, axe_options, listed

pytestmark = pytest.mark.slow

Scheme = Literal["light", "dark"]


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


def look(
    page: Page, scene: Scene, home: str, language: str, schemes: Sequence[Scheme] = ("light", "dark")
) -> list[str]:
    """All rules in the first scheme; in a second one the rule that colours can break."""
    page.emulate_media(color_scheme=schemes[0])
    scene.show(page, home, language)
    told = violations(page, axe_options(practices=language == "en"))
    for scheme in schemes[1:]:
        page.emulate_media(color_scheme=scheme)
        told += violations(page, axe_options("color-contrast"))
    return [f"{scene.name}: {words}" for words in told]


def test_colours_do_not_depend_on_the_language() -> None:
    """So what holds in English light and dark holds in all: other languages are looked at in one of the two."""
    sheet = (Path(api.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
    assert ":lang(" not in sheet
    assert "[lang" not in sheet


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_axe_finds_nothing(browser: Browser, home: str, app: FastAPI, language: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    scenes = [*listed(app), *RECORDS, *POSTED]
    schemes: tuple[Scheme, ...] = ("light", "dark")
    if language != "en":
        scenes = [scene for scene in scenes if scene.name not in SAME_IN_ALL_LANGUAGES]
        schemes = schemes[list(INTERFACE_LANGUAGES).index(Language(language)) % 2 :][:1]
    told = [words for scene in scenes for words in look(page, scene, home, language, schemes)]
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
