"""Rules of WCAG 2.2 A and AA by axe-core: every kind of page, every language, light and dark."""

from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.browser.kit import POSTED, RECORDS, Scene, axe_options, listed

pytestmark = pytest.mark.slow

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def violations(page: Page, options: str, whole: bool = True) -> list[str]:
    """What axe finds wrong: rule, element, and why; without `whole` the contrast of one text of each look."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(_EVERY_TEXT if whole else _ONE_OF_EACH)
    found = page.evaluate(f"() => axe.run({options}).then((result) => result.violations)")
    return [
        f"{page.url} {rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


_EVERY_TEXT = "() => axe.configure({ rules: [{ id: 'color-contrast', selector: '*' }] })"
_ONE_OF_EACH = """() => {
  const known = new Set();
  for (const one of document.querySelectorAll("body *")) {
    one.removeAttribute("data-look");
    const says = one.matches("input, select, textarea") ||
      [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!says || !one.checkVisibility()) continue;
    const style = getComputedStyle(one), looks = [style.color, style.fontSize, style.fontWeight];
    for (let up = one; up; up = up.parentElement) {
      const { backgroundColor: ground, backgroundImage: image, opacity } = getComputedStyle(up);
      if (ground !== "rgba(0, 0, 0, 0)" || image !== "none") looks.push(ground, image);
      if (opacity !== "1") looks.push(opacity);
    }
    if (known.has(looks.join())) continue;
    known.add(looks.join());
    one.setAttribute("data-look", "");
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
}"""
"""Marks one of all texts that have the same colours, size and grounds: the others have the same contrast."""


def look(page: Page, scene: Scene, home: str, language: str, whole: bool = False) -> list[str]:
    """All rules in light, colours in dark; `whole`: in light the contrast of every text, not of one of each look."""
    page.emulate_media(color_scheme="light")
    scene.show(page, home, language)
    told = violations(page, axe_options(practices=language == "en"), whole)
    page.emulate_media(color_scheme="dark")
    told += violations(page, axe_options("color-contrast"), whole=False)
    return [f"{scene.name}: {words}" for words in told]


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_axe_finds_nothing(browser: Browser, home: str, app: FastAPI, language: str) -> None:
    """Every kind of page and every state of it, errors among them, light and dark."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    scenes = [*listed(app), *RECORDS, *POSTED]
    if language != "en":  # the opened one is the same page with more to see
        scenes = [scene for scene in scenes if scene.name != "answer"]
    assert {"not-there", "alerts-gone", "calls-wrong", "often", "broken", "too-long"} <= {one.name for one in scenes}
    told = [words for scene in scenes for words in look(page, scene, home, language, whole=language == "en")]
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


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_fault_of_colours_would_be_found_among_texts_that_look_alike(page: Page, home: str, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{home}/en/privacy")
    assert violations(page, axe_options("color-contrast"), whole=False) == []
    page.evaluate("() => { [...document.querySelectorAll('main li')].at(-1).style.color = '#777' }")
    assert len(violations(page, axe_options("color-contrast"), whole=False)) == 1


def test_suggested_towns_break_no_rule(page: Page, home: str) -> None:
    page.goto(f"{home}/en/")
    page.locator("#place").press_sequentially("gab")
    page.locator("#place-list li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page, axe_options()) == []
