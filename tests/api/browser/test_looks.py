"""Pictures of every kind of page for people to look at, in `var/screenshots`."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from tests.api.browser.kit import POSTED, RECORDS, WIDTHS, Scene, listed

pytestmark = pytest.mark.slow

WIDE_ONLY = {
    "answer-opened",
    "answer-shared",
    "no-consent",
    "call-wrong",
    "practice-failed",
    "answer-filtered",
    "calls-wrong",
    "calls-none",
}
BY_NIGHT = {"home", "answer", "call"}
FOLDER = Path(__file__).parents[3] / "var" / "screenshots"


def picture(page: Page, name: str) -> int:
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path.stat().st_size


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_are_taken(browser: Browser, home: str, app: FastAPI, width: int) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for scene in (*listed(app), *RECORDS, *POSTED):
        if scene.name in WIDE_ONLY and width != max(WIDTHS):
            continue
        page.emulate_media(media="screen", color_scheme="light")
        Scene(scene.name, scene.path, scene.form).show(page, home)
        assert picture(page, f"{scene.name.replace('/', '-')}-{width}-light") > 3_000
        if scene.name in BY_NIGHT:
            page.emulate_media(media="screen", color_scheme="dark")
            picture(page, f"{scene.name}-{width}-dark")
            page.emulate_media(media="print", color_scheme="light")
            picture(page, f"{scene.name}-{width}-print")
    context.close()
