"""A robots.txt that cannot be read forbids everything; one that is not there forbids nothing."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from protego import Protego
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.utils.test import get_crawler

from crawler.robots import Robots, UnreadRobots

ROBOTS = Request("https://a.example/robots.txt", meta={"dont_obey_robotstxt": True})


@pytest.fixture
def spider() -> SimpleNamespace:
    return SimpleNamespace(unread_robots={})


@pytest.fixture
def middleware(spider: SimpleNamespace) -> UnreadRobots:
    return UnreadRobots.from_crawler(SimpleNamespace(spider=spider))  # type: ignore[arg-type]


def allowed(response: Response) -> bool:
    return bool(Protego.parse(response.body.decode()).can_fetch("https://a.example/calls", "Isopolis"))


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_error_forbids(middleware: UnreadRobots, spider: SimpleNamespace, status: int) -> None:
    found = middleware.process_response(ROBOTS, Response(ROBOTS.url, status=status))
    assert not allowed(found)
    assert spider.unread_robots == {"a.example": f"answered with status {status}"}


@pytest.mark.parametrize("status", [200, 301, 403, 404])
def test_what_is_there_or_not_is_left_as_it_is(middleware: UnreadRobots, spider: SimpleNamespace, status: int) -> None:
    response = TextResponse(ROBOTS.url, status=status, body=b"User-agent: *\nDisallow: /admin/")
    assert middleware.process_response(ROBOTS, response) is response
    assert spider.unread_robots == {}


def test_no_answer_forbids(middleware: UnreadRobots, spider: SimpleNamespace) -> None:
    found = middleware.process_exception(ROBOTS, DownloadTimeoutError("60 s"))
    assert found is not None
    assert not allowed(found)
    assert spider.unread_robots == {"a.example": "did not answer: DownloadTimeoutError: 60 s"}


def test_a_request_that_was_never_sent_says_nothing(middleware: UnreadRobots) -> None:
    assert middleware.process_exception(ROBOTS, IgnoreRequest("offsite")) is None


def test_other_pages_are_left_alone(middleware: UnreadRobots) -> None:
    for url in ("https://a.example/calls", "https://a.example/robots.txt"):
        request = Request(url)
        response = Response(url, status=500)
        assert middleware.process_response(request, response) is response
        assert middleware.process_exception(request, DownloadTimeoutError()) is None


def test_all_who_wait_for_the_same_rules_are_told_them() -> None:
    async def ask_at_once() -> list[Any]:
        asked = []

        async def download(request: Request) -> Response:
            asked.append(request.url)
            await asyncio.sleep(0.01)
            return TextResponse(request.url, body=b"User-agent: *\nDisallow: /")

        crawler = get_crawler(settings_dict={"ROBOTSTXT_OBEY": True})
        crawler.engine = SimpleNamespace(download_async=download)
        middleware = Robots.from_crawler(crawler)
        requests = [Request(f"https://a.example/{n}") for n in range(5)]
        found = await asyncio.gather(*map(middleware.process_request, requests), return_exceptions=True)
        assert asked == ["https://a.example/robots.txt"]
        return found

    found = asyncio.run(ask_at_once())
    assert [str(error) for error in found] == ["Forbidden by robots.txt"] * 5
