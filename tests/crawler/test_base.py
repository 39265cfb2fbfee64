"""Why an answer did not come, and what counts as a whole walk. Spiders at work are owned by test_run."""

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.base import explain
from crawler.parsing import Parsed
from crawler.search import Page, Walk

REQUEST = Request("https://a.example/calls?x=1")


def failure(error: Exception) -> Failure:
    found = Failure(error)  # type: ignore[no-untyped-call]
    found.request = REQUEST  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (HttpError(Response(REQUEST.url, status=500)), "a.example/calls answered with status 500"),
        (
            HttpError(Response(REQUEST.url, status=429, headers={"Retry-After": "9999"})),
            "a.example/calls answered with status 429 and asks to be left alone for 9999 seconds",
        ),
        (IgnoreRequest("Forbidden by robots.txt"), "robots.txt of a.example forbids /calls"),
        (IgnoreRequest("offsite"), "a.example/calls was not asked: offsite"),
        (TimeoutError("60 s"), "a.example/calls did not answer: TimeoutError: 60 s"),
        (TimeoutError(), "a.example/calls did not answer: TimeoutError"),
    ],
)
def test_explain(error: Exception, says: str) -> None:
    assert explain(failure(error)) == says


def test_explain_a_robots_txt_that_could_not_be_read() -> None:
    forbidden = failure(IgnoreRequest("Forbidden by robots.txt"))
    unread = {"a.example": "answered with status 503"}
    assert explain(forbidden, unread) == "a.example/calls was not asked: robots.txt answered with status 503"
    assert explain(forbidden, {"b.example": "x"}) == "robots.txt of a.example forbids /calls"


def test_explain_what_broke_a_connection() -> None:
    error = DownloadFailedError("[<a failure>]")
    error.__cause__ = ResponseFailed([failure(ConnectionResetError("reset by peer"))])  # type: ignore[no-untyped-call]
    assert explain(failure(error)) == "a.example/calls did not answer: DownloadFailedError: reset by peer"


def test_explain_without_a_request() -> None:
    unknown = Failure(ValueError("x"))  # type: ignore[no-untyped-call]
    assert explain(unknown) == "the source did not answer: ValueError: x"


def test_a_walk_counts_rows_and_gives_each_once() -> None:
    walk = Walk("calls", "https://a.example/?a=b", {}, lambda _rows: Parsed())
    one, two = ("1", {"n": 1}), ("2", {"n": 2})
    assert walk.take(Page(4, (one, two, one))) == [{"n": 1}, {"n": 2}]
    assert walk.take(Page(4, (two,))) == []
    assert (walk.received, walk.found, len(walk.seen)) == (4, 2, 2)
    walk.again()
    assert walk.take(Page(4, (one, two))) == []
    assert (walk.passes, walk.received, walk.found) == (2, 2, 0)
