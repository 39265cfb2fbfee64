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
from api.settings import ApiSettings
from api.state import Service
from corpus.build import build
from corpus.database import open_database
from corpus.desk.accounts import Accounts, Newcomer
from corpus.desk.fetch import FetchedPage, fetch_page
from corpus.desk.items import Items
from corpus.desk.rights import DeskRole
from corpus.model import Practice
from corpus.store import Store
from corpus.vocab import Language
from crawler.suggest import suggest
from matcher.query import IdeaQuery
from tests.api.browser.kit import axe_options, served
from tests.api.browser.test_rules import violations
from tests.corpus.desk.test_sheets import workbook
from tests.factories import NOW, raw, source_meta
from tests.matcher.factory import IDEA, RECORDS, World, new_world

pytestmark = pytest.mark.slow

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


def test_from_a_sheet_and_a_page_to_the_public_and_past_a_crawl(town: Town, web: str) -> None:
    ruta = town.join("ruta", DeskRole.CONTRIBUTOR)
    rasa, ema = town.join("rasa", DeskRole.REVIEWER), town.join("ema", DeskRole.EDITOR)

    ruta.get_by_role("link", name="Bring practices in").click()
    where = ("Zarasai", "LT", 6000)
    rest = ("2026-11-01", "roma; children")
    rows = [(*row, *where, f"https://zarasai.example.lt/{n}", *rest) for n, row in enumerate(ROWS)]
    sheet = {"name": "ours.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(HEADINGS, *rows)}
    ruta.get_by_label("A CSV or XLSX file").set_input_files(sheet)
    press(ruta, "Show the rows")
    press(ruta, "Begin 3 drafts")
    ruta.goto(f"{town.address}/en/desk/import")
    ruta.get_by_label("Address of the page").fill(web)
    press(ruta, "Read the page")
    assert ruta.get_by_label("What did it cost?").input_value() == "4000"
    assert "total budget of the project" in ruta.inner_text(".note")
    ruta.get_by_label("Town", exact=True).fill("Zarasai")
    ruta.get_by_label("Country", exact=True).select_option("LT")
    press(ruta, "Save the draft")
    assert len(town.desk.items.all()) == 4
    assert violations(ruta, axe_options()) == []

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
