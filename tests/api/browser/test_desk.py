"""The story of the desk in a real browser: three practices come in from a sheet and one from a page of the web, a
reviewer asks for changes, an editor publishes, everybody finds it, and a crawl that disagrees overwrites nothing."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from api.app import create_app
from api.desk.service import Desk
from api.desk.session import COOKIE
from api.settings import ApiSettings
from api.state import Service
from corpus.build import build
from corpus.database import open_database
from corpus.desk.accounts import Accounts, Newcomer
from corpus.desk.content import ItemKind
from corpus.desk.fetch import FetchedPage, fetch_page
from corpus.desk.items import Items, Seen
from corpus.desk.rights import Action, DeskRole
from corpus.desk.unsent import NEW, UnsentForms
from corpus.model import Practice
from corpus.store import Store
from corpus.vocab import Language
from crawler.suggest import suggest
from matcher.query import IdeaQuery
from tests.api.browser.kit import axe_options, served
from tests.api.browser.test_journeys import enter, tab_to
from tests.api.browser.test_rules import violations
from tests.corpus.desk.test_sheets import workbook
from tests.factories import NOW, raw, source_meta
from tests.matcher.factory import IDEA, RECORDS, World, new_world

pytestmark = pytest.mark.slow

EMA = Newcomer("ema@example.org", DeskRole.ADMINISTRATOR)
PASSWORD = "four words that differ"  # noqa: S105  of people who exist in tests only
HEADINGS = ("title", "summary", "place", "country", "population", "url", "read_on", "target_groups")
ROWS = (
    ("Day centre with a kitchen", "A day centre for Roma children and their families, with meals."),
    ("A garden of many hands", "Neighbours grow vegetables on an empty plot."),
    ("Letters for newcomers", "Volunteers read letters from offices with newcomers."),
)
WEB = b"""<!doctype html><html lang="en"><head><title>The repair table of Zarasai</title></head><body><main>
<h1>The repair table of Zarasai</h1><p>Once a month retired craftsmen mend lamps, chairs and bicycles with young people
at a long table in the library of the town, and everybody eats soup together. The total budget of the project is
EUR 4 000. The library leads it, and a group of retired people keeps the tools.</p></main></body></html>"""


class OnePage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(WEB)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the library
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), OnePage)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/table"
    server.shutdown()
    server.server_close()
    thread.join()


def fetched(url: str) -> FetchedPage:
    """As the service does, but loopback is the open internet of this test."""
    return fetch_page(url, allowed=lambda address: address == "127.0.0.1")


@dataclass
class Town:
    """A service with a desk, and what it is built from."""

    world: World
    engine: Engine
    desk: Desk
    address: str
    browser: Browser

    def join(self, name: str, role: DeskRole) -> Page:
        """Somebody takes an invitation up in a browser of their own."""
        secret = self.desk.accounts.invite(Newcomer(f"{name}@example.org", role), NOW)
        page = self.browser.new_context(locale="en-IE").new_page()
        page.goto(f"{self.address}/desk/invitation/{secret}")
        page.get_by_label("Your name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Begin").click()
        return page

    def rebuild(self) -> list[str]:
        """Build and index; gives the codes of what somebody should look at."""
        empty = self.world.home / "curated"
        empty.mkdir(exist_ok=True)
        _, issues = build(Store(self.engine), self.world.home / "snapshots", NOW, empty)
        self.world.reindex()
        return [issue.code for issue in issues if issue.key.endswith("day-centre-with-a-kitchen")]


@pytest.fixture
def town(tmp_path: Path, browser: Browser) -> Iterator[Town]:
    world = new_world(tmp_path / "home")
    engine = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    run = Store(engine).begin_run(source_meta(), NOW)
    for record in RECORDS:
        run.add(raw(record.id, record))
    run.finish(NOW)
    accounts = Accounts(engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    desk = Desk(accounts, Items(engine), lambda: NOW, lambda body: suggest(body, lambda _text: Language.EN), fetched)
    service = Service(world.home, world.matcher, lambda: NOW)
    with served(create_app(service, ApiSettings(), desk)) as address:
        yield Town(world, engine, desk, address, browser)
    engine.dispose()


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def open_item(page: Page, town: Town, title: str) -> None:
    page.goto(f"{town.address}/en/desk")
    page.get_by_role("link", name=title).click()


def bring_in(page: Page, town: Town, web: str) -> None:
    """Three practices from a sheet and one from a web page, whose suggestions are looked at before they are saved."""
    page.get_by_role("link", name="Bring practices in").click()
    where = ("Zarasai", "LT", 6000)
    rest = ("2026-11-01", "roma; children")
    rows = [(*row, *where, f"https://zarasai.example.lt/{n}", *rest) for n, row in enumerate(ROWS)]
    sheet = {"name": "ours.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(HEADINGS, *rows)}
    page.get_by_label("A CSV or XLSX file").set_input_files(sheet)
    press(page, "Show the rows")
    press(page, "Begin 3 drafts")
    page.goto(f"{town.address}/en/desk/import")
    page.get_by_label("Address of the page").fill(web)
    press(page, "Read the page")
    assert page.get_by_label("What did it cost?").input_value() == "4000"
    assert "total budget of the project" in page.inner_text(".note")
    page.get_by_label("Town", exact=True).fill("Zarasai")
    page.get_by_label("Country", exact=True).select_option("LT")
    press(page, "Save the draft")
    assert len(town.desk.items.all()) == 4
    assert violations(page, axe_options()) == []


def test_from_a_sheet_and_a_page_to_the_public_and_past_a_crawl(town: Town, web: str) -> None:
    ruta = town.join("ruta", DeskRole.CONTRIBUTOR)
    rasa, ema = town.join("rasa", DeskRole.REVIEWER), town.join("ema", DeskRole.EDITOR)

    bring_in(ruta, town, web)
    open_item(ruta, town, ROWS[0][0])
    press(ruta, "Submit for review")
    open_item(rasa, town, ROWS[0][0])
    press(rasa, "Start the review")
    rasa.locator("#reason-request_changes").fill("Say since when")
    press(rasa, "Ask for changes")
    open_item(ruta, town, ROWS[0][0])
    assert "Say since when" in ruta.inner_text("main")
    ruta.get_by_role("link", name="Edit", exact=True).click()
    ruta.get_by_label("From (year)").fill("2025")
    ruta.get_by_label("What did you change").fill("Since 2025")
    press(ruta, "Save the draft")
    press(ruta, "Submit for review")
    for page, steps in ((rasa, ("Start the review", "Approve")), (ema, ("Publish",))):
        open_item(page, town, ROWS[0][0])
        for step in steps:
            press(page, step)

    assert town.rebuild() == []
    found = town.world.matcher().match(IdeaQuery(text=IDEA))
    assert "isopolis.day-centre-with-a-kitchen" in [match.id for match in found.practices]
    ema.get_by_role("link", name="version 2 is public").click()
    assert ema.locator("h1").inner_text() == ROWS[0][0]
    assert "Checked by a partner (reviewer)" in ema.inner_text("main")

    told = town.world.snapshot().get("isopolis.day-centre-with-a-kitchen")
    assert isinstance(told, Practice)
    elsewhere = told.model_copy(update={"places": (told.places[0].model_copy(update={"population": 9000}),)})
    run = Store(town.engine).begin_run(source_meta("source-b"), NOW)
    run.add(raw("kitchen", elsewhere, "source-b"))
    run.finish(NOW)
    assert town.rebuild() != []
    still = town.world.snapshot().get(told.id)
    assert isinstance(still, Practice)
    assert still.places[0].population == 6000
    decide_in_the_queue(rasa, town)


def decide_in_the_queue(page: Page, town: Town) -> None:
    """What the crawl says differently is a question; who answers it closes it, and nothing was overwritten."""
    questions = f"{town.address}/en/desk/issues?country=LT"
    page.goto(questions)
    assert violations(page, axe_options()) == []
    page.get_by_role("link", name=f"{ROWS[0][0]}: Place").click()
    assert "9,000" in page.inner_text("main")
    assert violations(page, axe_options()) == []
    page.get_by_label("what a person read is right").check()
    page.get_by_label("Why?").fill("The census of 2021 says 6,000.")
    press(page, "Decide")
    assert "answered a question with it" in page.inner_text("main")
    page.goto(questions)
    assert "0 questions" in page.inner_text("main")


PAGES = ("/desk", "/desk/new", "/desk/1", "/desk/1/edit", "/desk/1/versions/1", "/desk/due", "/desk/gaps")
PAGES += ("/desk/correct/bg.day-centres/money.budget",)
PAGES += ("/desk/account", "/desk/people", "/desk/log", "/desk/forgotten")
DRAFT = {
    "title": {"en": "Roma house"},
    "summary": {"en": "A day centre for Roma children and their families, with meals."},
}


@pytest.fixture
def small_desk(tmp_path: Path, service: Service) -> Iterator[tuple[Desk, str]]:
    """A desk over the collection that all tests share, with one draft in two versions and an open comment."""
    engine = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    accounts = Accounts(engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    desk = Desk(accounts, Items(engine), lambda: NOW)
    ema = accounts.accept(accounts.invite(EMA, NOW), "ema", PASSWORD, NOW).actor()
    content = {**DRAFT, "original_language": "en", "practice_kind": "practice"}
    item = desk.items.begin(ema, ItemKind.PRACTICE, "roma-house", content, NOW)
    desk.items.comment(ema, item.id, "title", "Which house?", NOW)
    more = {**content, "problem": {"en": "No school", "lt": "Nėra mokyklos"}}
    desk.items.act(ema, Action.EDIT, Seen(item.id, item.revision), NOW, "The problem", more)
    with served(create_app(service, ApiSettings(), desk)) as address:
        yield desk, address
    engine.dispose()


def signed_in(desk: Desk, address: str, browser: Browser, *, scripts: bool = True) -> Page:
    secret = desk.accounts.sign_in(EMA.email, PASSWORD, NOW)
    context = browser.new_context(locale="en-IE", java_script_enabled=scripts)
    context.add_cookies([{"name": COOKIE, "value": secret, "url": address}])
    return context.new_page()


def test_axe_finds_nothing_at_the_desk(small_desk: tuple[Desk, str], browser: Browser) -> None:
    desk, address = small_desk
    page = signed_in(desk, address, browser)
    told = []
    for language in ("en", "de"):
        for path in PAGES:
            page.emulate_media(color_scheme="light")
            page.goto(f"{address}/{language}{path}")
            page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
            if path.endswith("edit"):
                page.locator("#problem").press_sequentially(" near the house")
                page.locator("#help h3").first.wait_for()
            told += violations(page, axe_options(practices=language == "en"))
            page.emulate_media(color_scheme="dark")
            told += violations(page, axe_options("color-contrast"))
    page.context.close()
    assert told == []


def test_help_while_writing_comes_by_itself_and_sets_nothing(small_desk: tuple[Desk, str], browser: Browser) -> None:
    desk, address = small_desk
    page = signed_in(desk, address, browser)
    page.goto(f"{address}/en/desk/new")
    page.locator("#title").fill("Roma house")
    page.locator("#summary").fill("A house in the quarter where Roma children and their families get meals and advice.")
    page.locator("#help h3").first.wait_for()
    assert page.locator("#help a[href='/en/desk/1']").count() == 1
    assert page.locator("input[type=checkbox]:checked").count() == 0
    button = page.locator("#help button[name=take]").first
    field, _, code = (button.get_attribute("value") or "").partition(":")
    button.press("Enter")
    assert page.locator(f"input[name={field}][value={code}]").is_checked()
    page.wait_for_function("() => document.activeElement.id === 'help-title'")
    with page.expect_response(lambda answer: answer.url.endswith("/keep")):
        page.evaluate("() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden' });"
                      " document.dispatchEvent(new Event('visibilitychange')) }")  # fmt: skip
    left = UnsentForms(desk.items.engine).of(1, NEW)
    assert left is not None
    assert left.form["title"] == "Roma house"
    page.context.close()


def test_a_draft_is_checked_and_saved_by_keyboard_without_scripts(
    small_desk: tuple[Desk, str], browser: Browser
) -> None:
    desk, address = small_desk
    page = signed_in(desk, address, browser, scripts=False)
    page.goto(f"{address}/en/desk/new")
    tab_to(page, "#title")
    page.keyboard.type("Roma house, again")
    tab_to(page, "#summary")
    page.keyboard.type("A day centre for Roma children and their families, with meals.")
    tab_to(page, "button[formaction$='/desk/check#help']")
    enter(page)
    assert "questions" in page.inner_text("#help")
    taken = page.locator("#help button[name=take]").first.get_attribute("value") or ""
    tab_to(page, f"#help button[value='{taken}']")
    enter(page)
    assert page.locator(f"input[value={taken.partition(':')[2]}]").first.is_checked()
    tab_to(page, ".fields button:not([formaction])")
    enter(page)
    assert page.inner_text("h1") == "Roma house, again"
    assert len(desk.items.all()) == 2
    page.context.close()
