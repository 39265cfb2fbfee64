"""Addresses on a replica, and the waits that hosts ask for. The rest is owned by test_run, over real HTTP."""

import datetime as dt

import pytest
from scrapy.http import Response

from crawler.downloads import replica_url, retry_after

NOW = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://a.example/b/c?d=e&f=***", "/a.example/b/c?d=e&f=***"),
        ("https://a.example", "/a.example/"),
        ("https://a.example:8443/x", "/a.example:8443/x"),
        ("https://a.example/robots.txt", "/a.example/robots.txt"),
    ],
)
def test_replica_url(url: str, place: str) -> None:
    assert replica_url("http://127.0.0.1:8099", url) == f"http://127.0.0.1:8099{place}"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Wed, 01 Jul 2026 12:00:30 GMT", 30),
        ("Wed, 01 Jul 2026 11:00:00 GMT", 0),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
    ],
)
def test_retry_after(header: str, seconds: float) -> None:
    response = Response("https://a.example/", status=503, headers={"Retry-After": header} if header else {})
    assert retry_after(response, NOW) == seconds


def test_only_an_answer_that_says_later_can_ask_for_a_wait() -> None:
    assert retry_after(Response("https://a.example/", status=200, headers={"Retry-After": "120"}), NOW) == 0
