"""Pages in the wrong letters, and pages that do not end."""

import pytest
from scrapy.http import HtmlResponse, Response

from crawler.bodies import ends, is_markup, readable
from crawler.errors import ShapeError

TEXT = "<html><head>{head}</head><body>Домове за съседи, отворени врати и общи кухни. Краен срок: 14 май</body></html>"
DECLARED = '<meta charset="windows-1251">'


def page(body: bytes, content_type: str = "text/html") -> Response:
    return HtmlResponse("https://a.example/1", body=body, headers={"Content-Type": content_type})


def test_a_page_in_utf_8_is_left_as_it_is() -> None:
    body = TEXT.format(head="").encode()
    assert readable(page(body)) is body


@pytest.mark.parametrize(
    ("head", "content_type"),
    [("", "text/html; charset=windows-1251"), (DECLARED, "text/html"), (DECLARED, "text/plain")],
)
def test_a_page_in_other_declared_letters_is_given_in_utf_8(head: str, content_type: str) -> None:
    body = TEXT.format(head=head).encode("windows-1251")
    assert readable(page(body, content_type)).decode() == TEXT.format(head=head.replace("windows-1251", "utf-8"))


@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8", "text/html; charset=nonsense"])
def test_a_page_in_other_letters_than_declared_is_refused(content_type: str) -> None:
    with pytest.raises(ShapeError, match=r"a\.example/1 is mis-encoded: \d+ letters cannot be read as utf-8"):
        readable(page(TEXT.format(head="").encode("windows-1251"), content_type))


def test_one_broken_letter_is_the_sites_own() -> None:
    body = TEXT.format(head="").encode() * 20 + b"\xff"
    assert readable(page(body)) is body
    marked = TEXT.format(head="\ufffd" * 50).encode()
    assert readable(page(marked)) is marked


@pytest.mark.parametrize("body", [b"%PDF-1.7 \xff\xfe", b"PK\x03\x04\xff", b"a;b\n\xe9;\xe8\n", b"<\x00h\x00\xff"])
def test_files_are_left_as_they_are_whatever_the_site_calls_them(body: bytes) -> None:
    assert not is_markup(body)
    assert readable(page(body)) is body


def test_what_is_no_text_is_left_as_it_is() -> None:
    assert readable(Response("https://a.example/1", body=b"<\xff")) == b"<\xff"


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (b"<html><body>x</body></html>\n<!-- made in 3 ms -->", True),
        (b"\xef\xbb\xbf<!DOCTYPE html><HTML><body>x</body></HTML>", True),
        (b"<!DOCTYPE html><html><body><p>x", False),
        (b"<p>a piece of a page", None),
        (b'{"html": "<html>"}', None),
        (b"", None),
    ],
)
def test_whether_a_page_ends(body: bytes, verdict: bool | None) -> None:
    assert ends(body) is verdict
