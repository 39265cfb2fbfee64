"""Which pages of earlier runs may be believed, and for how long they are kept."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.cache import Cache, Policy
from crawler.pages import Page, Pages

NOW = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
MONTH = 30 * DAY
REQUEST = Request("https://a.example/1")


def page(name: str = "1", lasting: bool = True, checked: dt.datetime = NOW) -> Page:
    return Page(
        name.encode(), f"https://a.example/{name}", b"ETag: x\r\n", b"body of " + name.encode(), lasting, checked
    )


def opened(path: Path, began: dt.datetime = NOW, since: dt.datetime | None = None) -> Pages:
    pages = Pages(path / "pages" / "source.db")
    pages.open(began, since)
    return pages


def closed(pages: Pages, status: str, now: dt.datetime = NOW) -> None:
    pages.close(status == "ok", status == "interrupted", MONTH, now)


def left(path: Path) -> list[str]:
    pages = opened(path)
    found = [name for name in "1234" if pages.get(name.encode())]
    closed(pages, "interrupted")
    return found


def test_a_page_is_read_back_as_it_was(tmp_path: Path) -> None:
    pages = opened(tmp_path)
    assert pages.get(b"1") is None
    pages.put(page())
    assert pages.get(b"1") == page()
    assert left(tmp_path) == ["1"]


def test_a_good_run_leaves_what_can_be_asked_for_changes(tmp_path: Path) -> None:
    pages = opened(tmp_path)
    pages.put(page("1"))
    pages.put(page("2", lasting=False))
    pages.put(page("3", checked=NOW - MONTH - HOUR))
    closed(pages, "ok")
    assert left(tmp_path) == ["1"]


def test_a_failed_run_takes_along_what_it_brought(tmp_path: Path) -> None:
    pages = opened(tmp_path, NOW - DAY)
    for name in "12":
        pages.put(page(name, checked=NOW - DAY))
    closed(pages, "ok")
    pages = opened(tmp_path, NOW)
    pages.confirm(b"1", b"ETag: y\r\n", NOW)
    pages.put(page("2", checked=NOW))
    pages.put(page("3", checked=NOW))
    closed(pages, "failed")
    assert left(tmp_path) == ["1"]


def test_a_failed_run_takes_along_what_the_interrupted_run_brought(tmp_path: Path) -> None:
    pages = opened(tmp_path, NOW)
    pages.put(page("1", checked=NOW))
    closed(pages, "interrupted")
    pages = opened(tmp_path, NOW + HOUR, since=NOW)
    closed(pages, "failed")
    assert left(tmp_path) == []


def test_an_interrupted_run_leaves_all(tmp_path: Path) -> None:
    pages = opened(tmp_path)
    pages.put(page("1", lasting=False))
    closed(pages, "interrupted")
    assert left(tmp_path) == ["1"]


@pytest.mark.parametrize(
    ("checked", "counts"), [(NOW - HOUR, False), (NOW, True), (NOW + HOUR, True), (NOW + 2 * HOUR, False)]
)
def test_only_pages_of_the_interrupted_run_need_not_be_asked_again(
    tmp_path: Path, checked: dt.datetime, counts: bool
) -> None:
    pages = opened(tmp_path, NOW + 2 * HOUR, since=NOW)
    assert pages.is_of_resumed_run(page(checked=checked)) is counts
    closed(pages, "ok")
    assert opened(tmp_path).is_of_resumed_run(page(checked=checked)) is False


def test_a_confirmed_page_counts_as_asked(tmp_path: Path) -> None:
    pages = opened(tmp_path, NOW - DAY)
    pages.put(page(checked=NOW - DAY))
    closed(pages, "ok", NOW - DAY)
    pages = opened(tmp_path, NOW)
    pages.confirm(b"1", b"ETag: y\r\n", NOW)
    closed(pages, "interrupted")
    pages = opened(tmp_path, NOW + HOUR, since=NOW)
    found = pages.get(b"1")
    assert found is not None
    assert (found.headers, found.body) == (b"ETag: y\r\n", b"body of 1")
    assert pages.is_of_resumed_run(found)


def test_a_page_can_be_forgotten(tmp_path: Path) -> None:
    pages = opened(tmp_path)
    pages.put(page("1"))
    pages.put(page("2"))
    pages.forget("https://a.example/1")
    assert (pages.get(b"1"), pages.get(b"2")) == (None, page("2"))
    pages.clear()
    assert pages.get(b"2") is None


@pytest.mark.parametrize("content", [b"no database" * 100, b""])
def test_a_broken_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "source.db").write_bytes(content)
    pages = opened(tmp_path)
    pages.put(page())
    assert pages.get(b"1") == page()


def test_a_file_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    pages = opened(tmp_path)
    pages._run("ALTER TABLE page DROP COLUMN lasting")
    closed(pages, "interrupted")
    assert left(tmp_path) == []


def test_a_file_that_another_crawl_uses_is_not_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = opened(tmp_path)
    pages.put(page())

    def locked(_path: Path) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr("crawler.pages._connect", locked)
    with pytest.raises(sqlite3.OperationalError):
        opened(tmp_path)
    assert pages.get(b"1") == page()


def test_what_cannot_be_written_or_sorted_out_is_not_believed(tmp_path: Path) -> None:
    pages = opened(tmp_path)
    pages.put(page("1"))
    pages._run("PRAGMA query_only=ON")  # as good as a full disk
    pages.put(page("2"))
    assert pages.get(b"2") is None
    closed(pages, "failed")
    assert list((tmp_path / "pages").iterdir()) == []


def test_nothing_is_read_before_the_run_or_after_it(tmp_path: Path) -> None:
    pages = opened(tmp_path)
    closed(pages, "ok")
    closed(pages, "ok")
    with pytest.raises(RuntimeError, match="is not open"):
        pages.get(b"1")


def answer(status: int = 200, body: bytes = b"x", **headers: str) -> Response:
    return Response(REQUEST.url, status=status, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("response", "kept"),
    [
        (answer(), True),
        (answer(304), False),
        (answer(301), False),
        (answer(404), False),
        (answer(429, Retry_After="5"), False),
        (answer(500), False),
        (answer(body=b"x" * 20_000_001), False),
        (answer().replace(flags=["partial"]), False),
    ],
)
def test_only_whole_good_answers_are_kept(response: Response, kept: bool) -> None:
    assert Policy(None).should_cache_response(response, REQUEST) is kept


def test_a_page_is_asked_for_on_condition_however_long_the_site_says_it_lasts() -> None:
    cached = answer(ETag='"a"', Last_Modified="Wed, 01 Jul 2020 12:00:00 GMT", Cache_Control="max-age=99999999")
    request = Request(REQUEST.url)
    assert Policy(None).is_cached_response_fresh(cached, request) is False
    assert request.headers["If-None-Match"] == b'"a"'
    assert request.headers["If-Modified-Since"] == b"Wed, 01 Jul 2020 12:00:00 GMT"


def test_a_search_is_never_asked_on_condition() -> None:
    request = Request(REQUEST.url, method="POST", body=b"q")
    assert Policy(None).is_cached_response_fresh(answer(ETag='"a"'), request) is False
    assert "If-None-Match" not in request.headers


@pytest.mark.parametrize(("status", "valid"), [(304, True), (200, False), (500, False), (503, False)])
def test_a_page_from_disk_never_stands_in_for_an_error(status: int, valid: bool) -> None:
    assert Policy(None).is_cached_response_valid(answer(), answer(status), REQUEST) is valid
    request = Request(REQUEST.url, meta={"cached_response": answer()})
    assert Cache.process_exception(None, request, TimeoutError()) is None  # type: ignore[arg-type,func-returns-value]
    assert "cached_response" not in request.meta
