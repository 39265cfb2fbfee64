"""What somebody tries who means no good: refused, in the log without secrets, and nothing is changed."""

import csv
import io
import logging
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from fastapi.testclient import TestClient
from parsel import Selector
from sqlalchemy import Engine, text

from api.app import create_app
from api.desk.service import Desk
from api.desk.session import COOKIE
from api.settings import ApiSettings
from api.state import Service
from corpus.database import metadata
from corpus.desk import audit
from corpus.desk.fetch import fetch_page
from corpus.desk.keys import KeyScope
from corpus.desk.rights import DeskRole
from tests.api.desk.conftest import PASSWORD
from tests.api.desk.programs import Program, program
from tests.api.reading import Response
from tests.corpus.desk.test_items import PRACTICE
from tests.corpus.desk.test_sheets import bomb, laughs
from tests.factories import NOW

SECRET_URL = "http://admin:hunter2@169.254.169.254/latest/meta-data?token=s3cret"  # noqa: S105  of nobody
SCRIPT = "<script>alert(document.cookie)</script>"


@dataclass(frozen=True, slots=True)
class Target:
    """A desk with a record, and somebody who is signed in at it."""

    browser: TestClient
    engine: Engine
    desk: Desk
    ema: Program
    session: str
    token: str

    def kept(self) -> dict[str, list[Any]]:
        """Every row of the desk; only when a key was used may differ."""
        with self.engine.connect() as connection:
            tables = [table for name, table in metadata.tables.items() if name.startswith("desk_")]
            rows = {table.name: connection.execute(table.select()).mappings().all() for table in tables}
        return {name: [{**row, "last_used": None} for row in found] for name, found in rows.items()}

    def send(self, path: str, **sent: Any) -> Response:
        """A form of the session."""
        data = {"token": self.token, **sent.pop("data", {})}
        cookie = {"Cookie": f"{COOKIE}={self.session}"}
        return self.browser.post(f"/en/desk{path}", data=data, headers=cookie, follow_redirects=False, **sent)


@pytest.fixture
def target(service: Service, desk: Desk, engine: Engine) -> Target:
    browser = TestClient(create_app(service, ApiSettings(), replace(desk, fetch=fetch_page)))
    ema = program(browser, desk, "ema", DeskRole.EDITOR)
    ema.ask("POST", "/records", 201, json={"content": PRACTICE, "name": "kitchen"})
    session = desk.accounts.sign_in("ema@example.org", PASSWORD, NOW)
    page = Selector(browser.get("/en/desk/new", headers={"Cookie": f"{COOKIE}={session}"}).text)
    return Target(browser, engine, desk, ema, session, page.css("input[name=token]::attr(value)").get(""))


@pytest.fixture
def refused(target: Target, caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[Response, int], None]]:
    """Whatever a test sent was refused, is in the log without secrets, and changed nothing."""
    before, answers = target.kept(), list[Response]()
    caplog.set_level(logging.INFO)

    def expect(answer: Response, status: int) -> None:
        assert answer.status_code == status, answer.text
        answers.append(answer)

    yield expect
    assert answers
    assert target.kept() == before
    with target.engine.connect() as connection:
        assert audit.broken(connection) is None
    told = caplog.get_records("call")
    lines = [record.getMessage() for record in told if record.name == "isopolis.desk"]
    assert len(lines) >= len(answers)
    assert all(line.startswith("refused: ") for line in lines)
    secrets = (target.session, target.token, target.ema.key, PASSWORD, "hunter2", "s3cret", "example.org", "guessed")
    # The client of these tests tells of itself what it asks; a service does not.
    said = "\n".join(record.getMessage() for record in told if not record.name.startswith("httpx"))
    assert not any(secret in said for secret in (*secrets, SCRIPT, "testclient"))


class Evil(BaseHTTPRequestHandler):
    """A site that leads inside."""

    def do_GET(self) -> None:
        if self.path == "/leads-inside":
            self.send_response(302)
            self.send_header("Location", SECRET_URL)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            while self.path == "/endless":
                self.wfile.write(b"x" * 65_536)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the library
        """Say nothing."""


@pytest.fixture
def evil() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Evil)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


Refused = Callable[[Response, int], None]


INSIDE = (
    SECRET_URL,
    "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1:22/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://0x7f000001/",
    "http://2130706433/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
)


def test_an_internal_address_is_not_fetched(target: Target, refused: Refused) -> None:
    for url in INSIDE:
        refused(target.send("/from-page", data={"url": url}), 422)


def test_a_name_that_resolves_to_loopback_is_not_fetched(
    target: Target, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inside(*_args: object, **_named: object) -> list[tuple[Any, ...]]:
        return [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    refused(target.send("/from-page", data={"url": "http://rebind.evil.example/"}), 422)


def test_a_page_that_leads_inside_or_never_ends_is_given_up(
    service: Service, target: Target, refused: Refused, evil: str
) -> None:
    near = partial(fetch_page, allowed=lambda address: address == "127.0.0.1")
    app = create_app(service, ApiSettings(), replace(target.desk, fetch=near))
    here = replace(target, browser=TestClient(app))
    for path, told in (("/leads-inside", "such as https"), ("/endless", "too large")):
        answer = here.send("/from-page", data={"url": evil + path})
        refused(answer, 422)
        assert told in answer.text


def nested_zip() -> bytes:
    """A workbook that says it is small and is not."""
    data = bytearray(bomb())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.infolist()[0].file_size.to_bytes(4, "little")
    return bytes(data.replace(size, (1000).to_bytes(4, "little")))


HOSTILE = (
    ("a.xlsx", bomb()),
    ("a.xlsx", nested_zip()),
    ("a.xlsx", laughs()),
    ("a.yml", b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"),
    ("a.yml", b"!!python/object/apply:os.system ['true']"),
    ("a.jsonl", b"[" * 50_000),
)


def test_a_file_that_grows_or_runs_is_refused(target: Target, refused: Refused) -> None:
    headers = {"Authorization": f"Bearer {target.ema.key}"}
    for name, data in HOSTILE:
        refused(target.send("/import", files={"file": (name, data)}), 422)
        answer = target.browser.post("/v1/desk/import/preview", files={"file": (name, data)}, headers=headers)
        refused(answer, 422)
        assert answer.json()["error"]["fields"][0]["field"] == "file"


def test_a_formula_in_a_csv_is_a_text_wherever_it_goes(target: Target) -> None:
    sheet = b"title,place,country,url,read_on,lead\nA,B,LT,https://a.example/,2026-11-01,\"=cmd|'/c calc'!A0\"\n"
    preview = target.ema.ask("POST", "/import/preview", files={"file": ("a.csv", sheet)})
    drafts = [{key: row[key] for key in ("name", "content")} for row in preview["rows"]]
    target.ema.ask("POST", "/import", json={"drafts": drafts})
    text_ = target.ema.ask("GET", "/out.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text_)) for cell in row]
    assert "'=cmd|'/c calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


FIELDS = (
    "title",
    "summary",
    "problem",
    "approach",
    "lead",
    "partners",
    "payer",
    "results",
    "conditions",
    "place",
    "url",
)


def test_script_in_any_field_is_shown_as_text(target: Target) -> None:
    cookie = {"Cookie": f"{COOKIE}={target.session}"}
    said = {"original_language": "en", "practice_kind": "practice", **dict.fromkeys(FIELDS, f"A kitchen {SCRIPT}")}
    answer = target.send("/new", data=said)
    assert answer.status_code == 303
    target.send("/2/comments", data={"field": SCRIPT, "text": SCRIPT})
    for path in ("", "/2", "/2/edit"):
        shown = target.browser.get(f"/en/desk{path}", headers=cookie)
        assert shown.status_code == 200
        assert SCRIPT not in shown.text
        assert "&lt;script&gt;" in shown.text
        assert "script-src 'self'" in shown.headers["content-security-policy"]
    refused_form = target.send("/new", data={**said, "title": f"A kitchen {SCRIPT}"})
    assert (refused_form.status_code, SCRIPT in refused_form.text) == (422, False)


def test_an_address_that_is_a_script_is_no_link(target: Target) -> None:
    """A draft may hold any text; a link is made only of what is an address."""
    target.send("/new", data={"title": "K", "original_language": "en", "url": "javascript:alert(1)"})
    for path in ("", "/2", "/2/edit"):
        shown = target.browser.get(f"/en/desk{path}", headers={"Cookie": f"{COOKIE}={target.session}"})
        assert not Selector(shown.text).css("a[href^='javascript']")


FORMS = ("/new", "/1/edit", "/1/steps/submit", "/1/comments", "/import/keep", "/import", "/from-page", "/sign-out")


def test_a_forged_form_does_nothing(target: Target, refused: Refused) -> None:
    said = {"title": "Forged", "revision": "1", "text": "forged", "packed": "[]", "url": "https://a.example/"}
    for token in ("", "guessed", "0" * 64):
        for path in FORMS:
            sent = {"files": {"file": ("a.csv", b"title\nA\n")}} if path == "/import" else {}
            refused(target.send(path, data={**said, "token": token}, **sent), 403)


def test_a_form_without_a_session_does_nothing(target: Target, refused: Refused) -> None:
    cookie = {"Cookie": f"{COOKIE}=guessed"}
    for path in ("/new", "/1/edit", "/1/steps/submit"):
        data = {"title": "Forged", "token": target.token}
        refused(target.browser.post(f"/en/desk{path}", data=data, headers=cookie, follow_redirects=False), 303)


def test_guessed_secrets_open_nothing(target: Target, refused: Refused) -> None:
    data = {"name": "x", "password": PASSWORD}
    refused(target.browser.post("/en/desk/invitation/guessed", data=data), 410)
    refused(target.browser.get("/v1/desk/records", headers={"Authorization": "Bearer guessed"}), 401)
    refused(target.browser.get("/en/desk/1", headers={"Cookie": f"{COOKIE}=guessed"}, follow_redirects=False), 303)


def test_a_stolen_session_is_worth_nothing_after_the_sign_out(target: Target, caplog: pytest.LogCaptureFixture) -> None:
    cookie = {"Cookie": f"{COOKIE}={target.session}"}
    assert target.browser.get("/en/desk/1", headers=cookie).headers["cache-control"] == "no-store"
    assert target.send("/sign-out").status_code == 303
    before = target.kept()
    for path in ("", "/1", "/1/edit", "/new", "/import", "/out.csv", "/1/record.yml"):
        answer = target.browser.get(f"/en/desk{path}", headers=cookie, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/en/desk/sign-in")
    for path in ("/new", "/1/edit", "/1/steps/submit", "/1/comments", "/import/keep", "/from-page"):
        assert target.send(path, data={"title": "Stolen", "revision": "1"}).status_code == 303
    assert target.kept() == before
    assert caplog.text.count("account nobody") == 13
    assert target.session not in caplog.text


def test_the_record_of_another_country_is_out_of_reach(target: Target, caplog: pytest.LogCaptureFixture) -> None:
    pia = program(target.browser, target.desk, "pia", DeskRole.EDITOR, KeyScope.WRITE, frozenset({"PL"}))
    before = target.kept()
    home = {**PRACTICE, "places": [{"name": "Suwałki", "country": "PL"}]}
    told = pia.ask("PUT", "/records/1", 403, seen=1, json={"content": home})
    assert "works for PL; the record is of LT" in told["error"]["message"]
    pia.ask("POST", "/records/1/steps", 403, seen=1, json={"action": "submit"})
    pia.ask("POST", "/records/1/restore", 403, seen=1, json={"version": 1, "reason": "mine now"})
    pia.ask("POST", "/records/1/comments", 403, json={"text": "Mine now"})
    pia.ask("POST", "/records", 403, json={"content": PRACTICE, "name": "other"})
    kept = pia.ask("POST", "/import", json={"drafts": [{"name": "other", "content": PRACTICE}]})
    assert (kept["kept"], len(kept["refused"])) == ([], 1)
    assert target.kept() == before
    assert caplog.text.count(f"account {pia.account}") == 5


def test_nobody_moves_a_record_into_a_country_that_is_not_theirs(target: Target) -> None:
    pia = program(target.browser, target.desk, "pia", DeskRole.EDITOR, KeyScope.WRITE, frozenset({"PL"}))
    home = {**PRACTICE, "places": [{"name": "Suwałki", "country": "PL"}]}
    number = pia.ask("POST", "/records", 201, json={"content": home, "name": "own"})["number"]
    before = target.kept()
    pia.ask("PUT", f"/records/{number}", 403, seen=1, json={"content": PRACTICE})
    assert target.kept() == before


def test_the_log_of_the_desk_stays_whole_and_says_no_secret(target: Target) -> None:
    with target.engine.connect() as connection:
        log = str(connection.execute(text("SELECT * FROM desk_event")).all())
    assert not any(word in log for word in ("example.org", target.ema.key, target.session, PASSWORD))
