"""`isopolis desk links` over loopback: its manners, what it notes, and what it never asks."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import update

from corpus.database import open_database
from corpus.desk.linkbook import Answer, LinkBook
from corpus.desk_tables import link as t
from corpus.snapshot import write_snapshot
from crawler.links.spider import _hosts, meaning
from tests.crawler.process import ROOT, environment, store_url
from tests.factories import NOW, practice

CODE = "import sys; from isopolis import main; main(['desk', 'links', *sys.argv[1:]])"
PAGES = {
    "a.example/there": 200,
    "a.example/gone": 404,
    "a.example/no-head": 200,
    "a.example/moved": 301,
    "a.example/forbidden": 200,
    "b.example/blocked": 403,
    "b.example/broken": 500,
}


@dataclass
class Town:
    """A replica of a few sites, and what it was asked."""

    address: str
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def town() -> Iterator[Town]:
    told = Town("")

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer("HEAD")

        def do_GET(self) -> None:
            self._answer("GET")

        def _answer(self, method: str) -> None:
            name = self.path.lstrip("/")
            told.asked.append((method, name, dict(self.headers)))
            robots = b"User-agent: *\nDisallow: /forbidden\n" if name == "a.example/robots.txt" else b""
            status = 200 if robots else PAGES.get(name, 404)
            if name.endswith("no-head") and method == "HEAD":
                status = 405
            if name.endswith("there") and self.headers.get("If-None-Match") == '"one"':
                status = 304
            self.send_response(status)
            if status == 301:
                self.send_header("Location", "https://a.example/gone")
            if name.endswith("there"):
                self.send_header("ETag", '"one"')
            self.send_header("Content-Length", str(len(robots)))
            self.end_headers()
            self.wfile.write(robots)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the library
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}"
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def links(home: Path, town: Town, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE, *options],
        env=environment(home, town.address),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def record(place: int, url: str) -> object:
    source = {"key": "s1", "url": url, "method": "curated", "read_on": "2026-11-01"}
    return practice(f"isopolis.p{place}", url=url, sources=[source])


def test_addresses_are_asked_politely_and_two_bad_days_make_a_dead_link(tmp_path: Path, town: Town) -> None:
    records = [record(place, f"https://{name}") for place, name in enumerate(PAGES)]
    write_snapshot(tmp_path / "snapshots", records, NOW)  # type: ignore[arg-type]
    done = links(tmp_path, town)
    assert done.returncode == 0, done.stderr
    assert "7 addresses asked for: 2 alive, 3 failed, 2 refused" in done.stdout
    assert "0 are dead" in done.stdout
    asked = [(method, name) for method, name, _ in town.asked]
    assert ("HEAD", "a.example/forbidden") not in asked
    assert asked.count(("HEAD", "a.example/there")) == 1
    assert ("GET", "a.example/there") not in asked
    assert ("GET", "a.example/no-head") in asked
    assert all("Isopolis" in headers["User-Agent"] for _, _, headers in town.asked)

    engine = open_database(store_url(tmp_path))
    book = LinkBook(engine)
    assert book.known()["https://a.example/there"].etag == '"one"'
    with engine.begin() as connection:  # as if it had been on another day
        failed = [url for url, link in book.known().items() if link.failed_days]
        connection.execute(update(t).where(t.c.url.in_(failed)).values(failed_days=["2026-11-01"]))
    town.asked.clear()
    again = links(tmp_path, town, "--all")
    assert "3 are dead" in again.stdout
    assert {link.url for link in book.dead().values()} == {
        "https://a.example/gone",
        "https://a.example/moved",
        "https://b.example/broken",
    }
    (there,) = [headers for _, name, headers in town.asked if name == "a.example/there"]
    assert there["If-None-Match"] == '"one"'
    engine.dispose()


def test_where_nothing_answers_nothing_is_noted(tmp_path: Path, town: Town) -> None:
    write_snapshot(tmp_path / "snapshots", [record(1, "https://a.example/gone")], NOW)  # type: ignore[list-item]
    done = links(tmp_path, town)
    assert done.returncode == 1
    assert "is this machine on the internet" in done.stderr
    engine = open_database(store_url(tmp_path))
    assert LinkBook(engine).known() == {}
    engine.dispose()


def test_what_lies_inside_a_network_is_never_asked() -> None:
    inside = {
        "10.0.0.1": ["10.0.0.1"],
        "inner.example": ["93.184.216.34", "127.0.0.1"],
        "there.example": ["93.184.216.34"],
    }

    def resolver(host: str, _port: int) -> list[str]:
        if host not in inside:
            raise OSError("no such name")
        return inside[host]

    urls = [f"https://{host}/x" for host in (*inside, "nowhere.example")]
    hosts, refused = _hosts(urls, resolver, everywhere=False)
    assert hosts == {"there.example"}
    assert [one.answer for one in refused] == [Answer.REFUSED, Answer.REFUSED, Answer.FAILED]


@pytest.mark.parametrize(
    ("status", "answer"),
    [(200, Answer.ALIVE), (304, Answer.ALIVE), (301, Answer.ALIVE), (404, Answer.FAILED), (410, Answer.FAILED),
     (403, Answer.REFUSED), (429, Answer.REFUSED), (503, Answer.FAILED)],
)  # fmt: skip
def test_what_a_status_says(status: int, answer: Answer) -> None:
    assert meaning(status) is answer
