"""What tests in a real browser share: the browser, the served application, and the states of pages that are seen."""

import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.matcher.factory import FAR_IDEA, IDEA

SANDBOXED = os.geteuid() != 0
"""Chromium refuses its sandbox to root, as whom CI runs."""
WIDTHS = (360, 768, 1280)


def find_chromium() -> Path | None:
    """Debian's chromium, or what another system calls it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("ISOPOLIS_CHROMIUM") or next((path for n in names if (path := shutil.which(n))), None)
    return Path(found) if found else None


def start_browser() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        if os.environ.get("ISOPOLIS_REQUIRE_SERVERS") == "1":
            pytest.fail("ISOPOLIS_REQUIRE_SERVERS=1, but there is no chromium")
        pytest.skip("there is no chromium on this machine: apt install chromium")
    with sync_playwright() as playwright:
        arguments = ["--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments, chromium_sandbox=SANDBOXED)
        yield browser
        browser.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application on a port of loopback, in a thread of this process."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@dataclass
class Watch:
    """What a page asks for and complains of."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    bytes: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("requestfinished", self._weigh)
        self.page.on("console", lambda message: self._hear(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _weigh(self, request: Request) -> None:
        sizes = request.sizes()
        self.bytes[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def _hear(self, text: str) -> None:
        # That a page which is not there answers 404 is no complaint.
        if "the server responded with a status of" not in text:
            self.complaints.append(text)


@dataclass(frozen=True)
class Scene:
    """A state of a page: its address without the language, what is posted there, and what is opened then."""

    name: str
    path: str = "/"
    form: dict[str, str] | None = None
    opened: bool = False

    def show(self, page: Page, home: str, language: str = "en") -> None:
        if self.form is None:
            page.goto(f"{home}/{language}{self.path}")
        else:
            page.goto(f"{home}/{language}/glossary")
            with page.expect_navigation():
                page.evaluate(_POST, [f"/{language}{self.path}", self.form])
        if self.opened:
            page.evaluate("() => document.querySelectorAll('main details').forEach((one) => { one.open = true })")


_POST = """([path, fields]) => {
  const form = document.createElement("form");
  form.method = "post"; form.action = path;
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement("textarea"); field.name = name; field.value = value; form.append(field);
  }
  document.body.append(form); form.submit();
}"""

WHO = {"applicant": "municipality", "place": "Gabrovo", "country": "BG", "population": "10000"}
ASKED = {"idea": IDEA, **WHO}

POSTED = (
    Scene("answer", form=ASKED),
    Scene("answer-opened", form=ASKED, opened=True),
    Scene("answer-filtered", form={**ASKED, "fund": "ESF+", "status": "open", "sort": "deadline"}),
    Scene("answer-none-left", form={**ASKED, "fund": "AMIF", "where": "BG"}),
    Scene("answer-nothing", form={"idea": FAR_IDEA}),
    Scene("answer-shared", form={**ASKED, "share": "yes", "consent": "yes"}),
    Scene("wrong-fields", form={"idea": "", "country": "XY", "population": "many", "place": "Atlantis"}),
    Scene("which-town", form={"idea": IDEA, "place": "Valencia"}),
    Scene("no-consent", form={**ASKED, "share": "yes"}),
    Scene("alerts-idea", "/alerts/idea", form=ASKED),
    Scene("too-long", form={"idea": "long " * 20_000}),
    Scene("alerts-wrong", "/alerts", form={"kind": "calls", "email": "nobody", "rhythm": "daily"}),
)
RECORDS = (
    Scene("call", "/calls/eui.small-cities?applicant=municipality&country=BG&population=10000", opened=True),
    Scene("call-closed", "/calls/eu.day-centres-2024"),
    Scene("call-wrong", "/calls/bg.day-centres?population=many"),
    Scene("practice", "/practices/isopolis.roma-house", opened=True),
    Scene("practice-failed", "/practices/isopolis.lost-garden"),
    Scene("programme", "/programmes/cci.2021BG05SFPR002", opened=True),
    Scene("not-there", "/calls/no.such"),
    Scene("compared", "/compare?call=bg.day-centres&call=eui.small-cities"),
    Scene("calls-filtered", "/calls?fund=ESF%2B&status=open", opened=True),
    Scene("calls-none", "/calls?fund=LIFE&q=choir"),
    Scene("calls-wrong", "/calls?fund=gold"),
    Scene("alerts-search", "/alerts?list=calls&fund=ESF%2B"),
    Scene("alerts-gone", "/alerts/confirm/too-old"),
    Scene("practices-filtered", "/practices?country=BG", opened=True),
)


_DOORS_OF_THE_DESK = {"/desk/sign-in", "/desk/forgotten"}


def listed(app: FastAPI) -> list[Scene]:
    """Every page without a name in its address, as the application has them; the inside of the desk has own tests."""
    paths = {path.removeprefix("/{language}") for path in paths_of(app.routes) if path.startswith("/{language}/")}
    public = [path for path in sorted(paths) if not path.startswith("/desk") or path in _DOORS_OF_THE_DESK]
    scenes = [Scene(path.strip("/") or "home", path) for path in public if "{" not in path and "." not in path]
    assert {"home", "calls", "practices", "glossary"} <= {scene.name for scene in scenes}
    return scenes


def paths_of(routes: Iterable[object]) -> Iterator[str]:
    """Addresses that are read, also those of routers that the application holds as a whole."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from paths_of(inner.routes)
        elif "GET" in (getattr(route, "methods", None) or ()):
            yield str(getattr(route, "path", ""))


_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def axe_options(*rules: str, practices: bool = False) -> str:
    """What axe looks at: all rules of WCAG 2.2 A and AA, or some rules."""
    tags = [*_TAGS, *(["best-practice"] if practices else [])]
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": tags}
    return json.dumps({"runOnly": only, "resultTypes": ["violations"], "preload": False})
