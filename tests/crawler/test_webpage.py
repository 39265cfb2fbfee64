"""Walls are told from pages, subjects from navigation, and lists go on while links say so."""

import re

import pytest

from crawler.errors import RefusedError, ShapeError
from crawler.html import page, text_of
from crawler.known import identifiers_of, pages_of, path_of
from crawler.metadata import Mapping
from crawler.webpage import content, next_page, open_page

LONG = "<p>" + "Neighbours share a kitchen and a garden. " * 30 + "</p>"


def html(body: str, title: str = "A page") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (html("<p>Your support ID is: 7</p>", "Request Rejected"), "Request Rejected"),
        (html("<p>wait</p>", "Just a moment..."), "Just a moment"),
        (html("<h1>Access denied</h1>"), "Access denied"),
        (html("<p>Please enable JavaScript and cookies to go on</p>"), "enable JavaScript and cookies"),
        (html("<h1>Log in</h1><form><input type=password></form>"), "login"),
        (html("<div>We use cookies. Accept?</div>"), "cookies"),
    ],
)
def test_a_wall_is_refused(body: bytes, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        open_page(body, "site.example")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        html("<p>The website encountered an unexpected error. Try again later.</p>"),
        html(LONG, "Page not found | Site"),
        html("<h1>503 Service Unavailable</h1>", ""),
        html("<h1>Site under maintenance</h1>"),
    ],
)
def test_an_error_page_with_status_200_is_no_page(body: bytes) -> None:
    with pytest.raises(ShapeError, match=r"site\.example"):
        open_page(body, "site.example")


def test_a_page_that_speaks_of_such_things_is_a_page() -> None:
    body = html(f"<h1>Homes for 500 families</h1>{LONG}<p>Access denied is what they heard. We use cookies.</p>")
    root = open_page(body, "site.example")
    assert "Access denied" in text_of(root)
    form = html(f"<h1>Homes</h1><form><input type=password></form>{LONG}")
    assert open_page(form, "site.example")


def test_content_is_what_the_page_is_about() -> None:
    root = page(
        "<body><nav>Menu</nav><div class='messages'>Error message: User error</div>"
        "<main><h1>Homes</h1><form>Search</form><p>Text</p></main><footer>Legal</footer></body>"
    )
    assert text_of(content(root)) == "Homes\nText"
    assert text_of(content(page("<body><header>Site</header><p>Text</p></body>"))) == "Site\nText"
    assert text_of(content(page("<body><article>One</article><article>Longer one</article></body>"))) == "Longer one"


@pytest.mark.parametrize(
    ("url", "links", "following"),
    [
        ("https://a.example/list", ["?page=1", "?page=2"], "https://a.example/list?page=1"),
        ("https://a.example/list?page=1", ["?page=0", "?page=2"], "https://a.example/list?page=2"),
        ("https://a.example/list?page=2", ["?page=0", "?page=1"], None),
        ("https://a.example/list?topic=7&page=0", ["?topic=7&page=1"], "https://a.example/list?topic=7&page=1"),
        ("https://a.example/list", ["/other?page=3"], None),
        ("https://a.example/list", ["/list/?page=1"], "https://a.example/list?page=1"),
        ("https://a.example/list", ["?page=%2C%2C1"], "https://a.example/list?page=1"),
        ("https://a.example/list", ["?page=x", "?mypage=4"], None),
        ("https://a.example/list", [], None),
    ],
)
def test_the_next_page(url: str, links: list[str], following: str | None) -> None:
    root = page("".join(f"<a href='{link}'>page</a>" for link in links))
    assert next_page(root, url) == following


def test_known_pages() -> None:
    pages = Mapping(to="text", values={"/homes/aalst": ("uia:1-99", "urbact:aalst"), "/homes/brugge": ()})
    found = identifiers_of("https://a.example/fr/homes/aalst/?utm=1#top", pages)
    assert [(item.scheme, item.value) for item in found] == [("uia", "1-99"), ("urbact", "aalst")]
    assert identifiers_of("https://a.example/homes/brugge", pages) == ()
    assert identifiers_of("https://a.example/homes/lugo", pages) == ()
    assert path_of("https://a.example/en/") == "/en"
    assert path_of("https://a.example/homes/caf%C3%A9/") == "/homes/café"
    assert path_of("https://a.example") == "/"


def test_one_page_under_several_addresses_is_asked_once() -> None:
    root = page(
        "<a href='/homes/a'>A</a><a href='/fr/homes/a#top'>A</a><a href='https://www.s.example/homes/a/?x=1'>A</a>"
        "<a href='https://other.example/homes/b'>B</a><a href='/homes/c/d'>D</a><a href='/homes/e'>E</a>"
    )
    hosts, path = ("s.example", "www.s.example"), re.compile(r"/homes/[^/]+")
    assert pages_of(root, "https://s.example/list?page=1", hosts, path) == [
        "https://s.example/homes/a",
        "https://s.example/homes/e",
    ]
    assert pages_of(root, "https://s.example/en/list", hosts, path, "/en")[0] == "https://s.example/en/homes/a"
