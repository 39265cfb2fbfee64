"""What holds for every page: our own requests only, little weight, headings, landmarks, room for large letters."""

from itertools import pairwise

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from tests.api.browser.kit import ASKED, POSTED, RECORDS, Scene, Watch, listed

pytestmark = pytest.mark.slow

MOST_BYTES = 150_000
HOME = Scene("home")


def test_no_page_asks_anybody_else_and_none_breaks_its_own_policy(
    page: Page, watch: Watch, home: str, app: FastAPI
) -> None:
    for scene in (*listed(app), *RECORDS, *POSTED):
        scene.show(page, home)
    assert watch.hosts == {home.removeprefix("http://")}
    assert watch.complaints == []


def test_the_policy_knows_no_unsafe_word(page: Page, home: str) -> None:
    answer = page.goto(f"{home}/en/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_a_script_in_a_page_would_not_run(page: Page, watch: Watch, home: str) -> None:
    """The watch hears what the policy forbids: else the test above could not fail."""
    page.goto(f"{home}/en/")
    page.evaluate("() => { const bad = document.createElement('script'); bad.text = '1'; document.head.append(bad) }")
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in text for text in watch.complaints)


def test_the_first_page_is_light(page: Page, watch: Watch, home: str) -> None:
    page.goto(f"{home}/en/", wait_until="networkidle")
    assert {url.rpartition("/")[2] for url in watch.bytes} >= {"", "style.css", "place.js"}
    assert sum(watch.bytes.values()) < MOST_BYTES


def test_an_answer_that_was_just_given_is_on_the_screen_at_once(page: Page, home: str) -> None:
    times = []
    for _ in range(3):
        Scene("again", form=ASKED).show(page, home)
        times.append(page.evaluate("() => performance.getEntriesByType('navigation')[0].domComplete"))
    assert min(times) < 300


_OUTLINE = """() => ({
  levels: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter((one) => one.checkVisibility())
    .map((one) => Number(one.tagName[1])),
  landmarks: ["header", "main", "footer"].map((name) => document.querySelectorAll("body > " + name).length),
  navs: [...document.querySelectorAll("nav")].map((one) => one.getAttribute("aria-label")),
  title: document.title, language: document.documentElement.lang,
})"""


def test_headings_and_landmarks(page: Page, home: str, app: FastAPI) -> None:
    titles = set()
    for scene in (*listed(app), *RECORDS, *POSTED):
        scene.show(page, home)
        outline = page.evaluate(_OUTLINE)
        levels = outline["levels"]
        assert levels.count(1) == 1, scene.name
        assert levels[0] == 1, scene.name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (scene.name, levels)
        assert outline["landmarks"] == [1, 1, 1], scene.name
        assert len(set(outline["navs"])) == len(outline["navs"]) > 0, scene.name
        assert outline["language"] == "en"
        titles.add(outline["title"])
    assert len(titles) > len(listed(app))


_WIDE = "() => [document.documentElement.scrollWidth, window.innerWidth]"


@pytest.mark.parametrize(("width", "zoom"), [(640, 200), (320, 400)])
def test_nothing_is_cut_off_when_the_page_is_zoomed(
    browser: Browser, home: str, app: FastAPI, width: int, zoom: int
) -> None:
    """A window of 1280 at 200 and 400 per cent; tables may scroll inside themselves."""
    context = browser.new_context(viewport={"width": width, "height": 700}, device_scale_factor=zoom / 100)
    page = context.new_page()
    for scene in (*listed(app), *RECORDS, *POSTED):
        scene.show(page, home, "de")
        needed, there = page.evaluate(_WIDE)
        assert needed <= there, scene.name
    context.close()


def test_letters_of_twice_the_size_fit(page: Page, home: str) -> None:
    for scene in (HOME, RECORDS[0], POSTED[0]):
        scene.show(page, home, "bg")
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        needed, there = page.evaluate(_WIDE)
        assert needed <= there, scene.name


_FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return { tag: one.tagName, text: (one.innerText || one.name || one.id || "").slice(0, 40),
    outline: style.outlineStyle,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    place: [...document.querySelectorAll("*")].indexOf(one) };
}"""


@pytest.mark.parametrize("scene", [HOME, POSTED[0], RECORDS[0]], ids=lambda scene: scene.name)
def test_the_focus_is_always_seen_and_goes_down_the_page(page: Page, home: str, scene: Scene) -> None:
    page.emulate_media(reduced_motion="reduce")
    scene.show(page, home)
    before = -1
    for step in range(300):
        page.keyboard.press("Tab")
        now = page.evaluate(_FOCUS)
        if now["tag"] in {"BODY", "HTML"} or (step and now["place"] < before):
            break
        assert step or now["text"] == "Skip to the content"
        assert now["seen"], now
        assert now["outline"] != "none", now
        assert now["place"] > before, now
        before = now["place"]
    assert step > 10
