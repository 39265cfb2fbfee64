"""What a web address can be made to do, on loopback: nothing but give a page."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corpus.desk import fetch
from corpus.desk.errors import ContentError
from corpus.desk.fetch import fetch_page, is_public

INSIDE = "http://169.254.169.254/latest/meta-data"
PAGE = b"<html><title>A kitchen</title></html>"


class Site(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(f"{self.headers['Host']}{self.path}")
        moved = {"/moved": "/page", "/circle": "/circle", "/file": "file:///etc/passwd", "/inside": INSIDE}
        if self.path in moved:
            self._redirect(moved[self.path])
        elif self.path == "/slow":
            self._drip()
        elif self.path == "/slow-headers":
            self._drip_headers()
        else:
            self._page()

    def _page(self) -> None:
        body = b"x" * (fetch.MOST_BYTES + 1) if self.path == "/huge" else PAGE
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Type", "image/png" if self.path == "/picture" else "text/html; charset=utf-8")
        if self.path != "/huge":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def _drip_headers(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the library
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://town.example:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def loopback(address: str) -> bool:
    return address == "127.0.0.1"


def test_a_page_comes_with_the_name_of_its_host(site: str) -> None:
    page = fetch_page(f"{site}/moved", resolver=here, allowed=loopback)
    assert (page.url, page.body) == (f"{site}/page", PAGE)
    assert [path.partition("/")[2] for path in Site.asked] == ["moved", "page"]
    assert all(path.startswith("town.example:") for path in Site.asked)


def test_a_name_is_resolved_once_and_the_connection_goes_there(site: str) -> None:
    """The second answer of a name that changes is never asked for."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    assert fetch_page(f"{site}/page", resolver=lambda _h, _p: next(answers), allowed=loopback).body == PAGE
    assert next(answers) == ["10.0.0.1"]


@pytest.mark.parametrize("path", ["/inside", "/file", "/circle", "/picture", "/gone", "/huge"])
def test_what_is_no_public_page_is_refused(site: str, path: str) -> None:
    def resolver(host: str, _port: int) -> list[str]:
        return ["169.254.169.254"] if host.startswith("169") else ["127.0.0.1"]

    with pytest.raises(ContentError):
        fetch_page(site + path, resolver=resolver, allowed=loopback)
    assert not any("meta-data" in path for path in Site.asked)


@pytest.mark.parametrize("path", ["/slow", "/slow-headers"])
def test_a_page_that_drips_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(fetch, "MOST_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(ContentError, match="too long"):
        fetch_page(site + path, resolver=here, allowed=loopback)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "url",
    [
        "ftp://town.example/x",
        "file:///etc/passwd",
        "town.example",
        "",
        "http://",
        "https://user:secret@town.example/",
        "http://town.example:99999/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_a_page_is_refused_before_anything_is_asked(url: str) -> None:
    def never(_host: str, _port: int) -> list[str]:
        raise AssertionError("nobody is asked")

    with pytest.raises(ContentError):
        fetch_page(url, resolver=never)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "0", "2130706433", "[::ffff:127.0.0.1]"])
def test_the_machine_itself_is_never_asked(host: str) -> None:
    with pytest.raises(ContentError):
        fetch_page(f"http://{host}:9/")


def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(ContentError, match="open internet"):
        fetch_page("http://town.example/", resolver=lambda _h, _p: ["8.8.8.8", "192.168.0.1"])


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
