"""One client that asks too often is told to wait; others are answered, and nobody can claim to be another."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from starlette.requests import Request

from api.app import create_app
from api.limiter import Limiter, client_of
from api.settings import ApiSettings
from api.state import Service
from tests.api.reading import error_of, page
from tests.matcher.factory import IDEA

TWO = {
    "limit_storage": "memory://",
    "limit_ideas": "2/minute",
    "limit_files": "2/minute",
    "limit_letters": "2/hour",
    "limit_secrets": "2/minute",
}


def client(service: Service, address: str = "192.0.2.1", app: Any = None, **changes: str) -> TestClient:
    app = app or create_app(service, ApiSettings(**{**TWO, **changes}))  # type: ignore[arg-type]
    return TestClient(app, client=(address, 5000))


def request(method: str, path: str, host: str = "192.0.2.1") -> Request:
    return Request({"type": "http", "method": method, "path": path, "headers": [], "client": (host, 1)})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/match"),
        ("POST", "/bg/"),
        ("POST", "/en/answer.pdf"),
        ("GET", "/en/calls.csv"),
        ("HEAD", "/en/practices.atom"),
        ("GET", "/lt/calls/bg.day-centres.ics"),
        ("POST", "/en/alerts"),
        ("GET", "/en/alerts/confirm/guess"),
        ("POST", "/en/alerts/stop/guess"),
        ("POST", "/en/desk/sign-in"),
        ("POST", "/en/desk/invitation/guess"),
        ("POST", "/en/desk/forgotten"),
        ("POST", "/en/desk/reset/guess"),
        ("POST", "/en/desk/account/erase"),
    ],
)
def test_what_is_costly_or_could_be_guessed_is_limited(method: str, path: str) -> None:
    limiter = Limiter(ApiSettings(**TWO))  # type: ignore[arg-type]
    limiter.check(request(method, path))
    limiter.check(request(method, path))
    with pytest.raises(Exception, match="then try again"):
        limiter.check(request(method, path))
    limiter.check(request(method, path, "192.0.2.2"))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_the_machine_itself_asks_as_often_as_it_likes_but_guesses_no_oftener_than_others(host: str) -> None:
    limiter = Limiter(ApiSettings(**TWO))  # type: ignore[arg-type]
    for _ in range(20):
        limiter.check(request("POST", "/v1/match", host))
    for _ in range(2):
        limiter.check(request("POST", "/en/desk/sign-in", host))
    with pytest.raises(Exception, match="then try again"):
        limiter.check(request("POST", "/en/desk/sign-in", host))


@pytest.mark.parametrize(("method", "path"), [("GET", "/en/calls"), ("GET", "/v1/calls"), ("GET", "/en/desk/sign-in")])
def test_pages_are_read_without_a_limit(method: str, path: str) -> None:
    limiter = Limiter(ApiSettings(**TWO))  # type: ignore[arg-type]
    for _ in range(20):
        limiter.check(request(method, path))


def test_programs_are_told_in_the_one_shape_and_when_to_come_back(service: Service) -> None:
    asking = client(service)
    answers = [asking.post("/v1/match", json={"text": IDEA, "limit": 1}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert error_of(answers[-1])["code"] == "too_many"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_people_are_told_on_a_page_of_their_language(service: Service) -> None:
    asking = client(service, limit_files="1/minute")
    asking.get("/de/calls.csv")
    answer = asking.get("/de/calls.csv")
    assert answer.status_code == 429
    assert page(answer).xpath("/html/@lang").get() == "de"
    assert re.search(r"\d+", page(answer).css("main p:nth-of-type(2)::text").get(""))
    assert "content-security-policy" in answer.headers


def test_nobody_escapes_by_claiming_an_address(service: Service) -> None:
    asking = client(service)
    codes = [asking.get("/en/calls.csv", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(3)]
    assert codes == [200, 200, 429]


def test_behind_a_proxy_that_is_trusted_each_client_counts_for_itself(service: Service) -> None:
    app = create_app(service, ApiSettings(**TWO, proxies="10.0.0.0/24"))  # type: ignore[arg-type]
    proxy, other = client(service, "10.0.0.7", app), client(service, "192.0.2.9", app)
    seen = [proxy.get("/en/calls.csv", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(3)]
    assert seen == [200, 200, 200]
    # What stands left of the address that the proxy saw was claimed by the client.
    for claimed in ("198.51.100.1", "198.51.100.2"):
        proxy.get("/en/calls.csv", headers={"X-Forwarded-For": f"{claimed}, 203.0.113.77"})
    last = proxy.get("/en/calls.csv", headers={"X-Forwarded-For": "198.51.100.3, 203.0.113.77"})
    assert last.status_code == 429
    told = [other.get("/en/calls.csv", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(3)]
    assert told == [200, 200, 429]


def test_where_something_else_limits_nothing_is_counted(service: Service) -> None:
    asking = client(service, limit_storage="")
    assert [asking.get("/en/calls.csv").status_code for _ in range(4)] == [200] * 4


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("testclient", "testclient"),
    ],
)
def test_of_an_ipv6_address_the_network_counts(host: str, name: str) -> None:
    assert client_of(request("GET", "/", host)) == name


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("limit_ideas", "often", "write 60/minute"),
        ("limit_storage", "paper://", "write memory://"),
        ("proxies", "10.0.0.0/24, home", "'home' is no address or network"),
    ],
)
def test_an_impossible_setting_says_what_would_be_right(field: str, value: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        ApiSettings(**{field: value})  # type: ignore[arg-type]
