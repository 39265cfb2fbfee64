"""One shape for every way to fail, as JSON and as a page."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from fastapi.testclient import TestClient

from api.state import Service
from matcher.embed import Embedder
from matcher.engine import Matcher
from matcher.query import IdeaQuery
from tests.api.conftest import client_of
from tests.api.reading import error_of, page
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import GARDENS, IDEA, World

PRIVATE = "a day centre in the street of the three lindens"


class OtherModel(KeywordEmbedder):
    name = "other-model"


def answers_with(world: World, embedder: Embedder) -> TestClient:
    return client_of(Service(world.home, World(world.home, embedder).matcher))


class Failing:
    """A matcher that fails with words that repeat the idea."""

    def match(self, query: IdeaQuery) -> NoReturn:
        raise RuntimeError(f"cannot digest {query.text}") from ValueError(query.text)


@pytest.fixture
def failing_client(tmp_path: Path) -> TestClient:
    def opened() -> Matcher:
        failing: Any = Failing()
        return failing  # type: ignore[no-any-return]

    return client_of(Service(tmp_path, opened))


JSON = {"content-type": "application/json"}

BAD_QUESTIONS = [
    ({"json": {"text": ""}}, "text", "describe the idea in a sentence or two"),
    ({"json": {"text": "12 34"}}, "text", "describe the idea"),
    ({"json": {}}, "text", "Field required"),
    ({"json": {"text": "x" * 4001}}, "text", "at most 4000 characters"),
    ({"json": {"text": PRIVATE, "applicant": {"country": "XY"}}}, "applicant.country", "'XY' is not a country code"),
    ({"json": {"text": PRIVATE, "applicant": {"population": -1}}}, "applicant.population", "greater than or equal"),
    ({"json": {"text": PRIVATE, "applicant": {"type": "town"}}}, "applicant.type", "Input should be 'municipality'"),
    ({"json": {"text": PRIVATE, "colour": "blue"}}, "colour", "Extra inputs are not permitted"),
    ({"json": {"text": PRIVATE, "limit": 51}}, "limit", "less than or equal to 50"),
    ({"json": {"text": PRIVATE, "as_of": "soon"}}, "as_of", "valid date"),
    ({"json": {"text": PRIVATE, "place": "Atlantis"}}, "place", "no town called “Atlantis”"),
    ({"json": [PRIVATE]}, "body", "valid dictionary"),
    ({"content": '{"text": "' + PRIVATE, "headers": JSON}, "body", "JSON decode error"),
    ({"content": "", "headers": JSON}, "body", "Field required"),
    ({"content": b"\xff\xfe", "headers": JSON}, "body", ""),
]


@pytest.mark.parametrize(("request_", "field", "told"), BAD_QUESTIONS)
def test_422_names_the_field(client: TestClient, request_: dict[str, Any], field: str, told: str) -> None:
    response = client.post("/v1/match", **request_)
    assert response.status_code == 422
    error = error_of(response)
    assert error["code"] == "invalid"
    assert [item["field"] for item in error["fields"]] == [field]
    assert told in error["fields"][0]["message"]
    assert PRIVATE not in response.text


def test_several_problems_are_told_at_once(client: TestClient) -> None:
    given = {"text": "", "applicant": {"population": -1}}
    fields = error_of(client.post("/v1/match", json=given))["fields"]
    assert {item["field"] for item in fields} == {"text", "applicant.population"}


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/programmes", "/v1/calls/no.such", "/v1/"])
def test_404(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert error_of(response)["code"] == "not_found"


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/match"), ("DELETE", "/v1/calls/x"), ("POST", "/health")])
def test_405(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert error_of(response)["code"] == "method_not_allowed"
    assert response.headers["allow"]


def test_409_when_nothing_was_built(empty_client: TestClient) -> None:
    for response in (empty_client.post("/v1/match", json={"text": IDEA}), empty_client.get("/v1/calls/x")):
        assert response.status_code == 409
        error = error_of(response)
        assert error["code"] == "not_ready"
        assert "run `isopolis build`" in error["message"]


def test_409_when_the_index_was_built_by_another_model(small_world: World) -> None:
    response = answers_with(small_world, OtherModel()).post("/v1/match", json={"text": IDEA})
    assert response.status_code == 409
    error = error_of(response)
    assert error["code"] == "not_ready"
    assert "keywords" in error["message"]
    assert "other-model" in error["message"]
    assert "isopolis index" in error["message"]


def test_409_when_the_index_is_of_another_snapshot_and_records_are_still_shown(world: World) -> None:
    world.write([GARDENS])
    client = answers_with(world, KeywordEmbedder())
    assert error_of(client.post("/v1/match", json={"text": IDEA}))["code"] == "not_ready"
    assert client.get("/v1/calls/life.gardens").status_code == 200


def test_411_when_the_size_of_the_body_is_not_said(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"text": "a garden"}'

    response = client.post("/v1/match", content=pieces(), headers=JSON)
    assert response.status_code == 411
    assert error_of(response)["code"] == "length_required"


@pytest.mark.parametrize("length", [None, "-1", "many"])
def test_413(service: Service, length: str | None) -> None:
    headers = JSON | ({"content-length": length} if length else {})
    response = client_of(service, max_body=1000).post("/v1/match", json={"text": "a" * 1000}, headers=headers)
    assert response.status_code == 413
    error = error_of(response)
    assert (error["code"], error["message"]) == ("too_large", "the body is larger than 1000 bytes")


def test_the_largest_body_is_read(service: Service) -> None:
    content = b'{"text": "a garden"' + b" " * 980 + b"}"
    assert len(content) == 1000
    response = client_of(service, max_body=1000).post("/v1/match", content=content, headers=JSON)
    assert response.status_code == 200


def test_500_has_a_reference_and_no_stack(failing_client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    response = failing_client.post("/v1/match", json={"text": PRIVATE})
    assert response.status_code == 500
    error = error_of(response)
    assert error["code"] == "internal"
    assert error["reference"] in error["message"]
    assert "Traceback" not in response.text
    assert "RuntimeError" not in response.text
    assert PRIVATE not in response.text
    assert f"internal error {error['reference']}: RuntimeError" in caplog.text


def test_500_logs_where_it_happened_and_not_the_idea(
    failing_client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    failing_client.post("/v1/match", json={"text": PRIVATE})
    failing_client.post("/en/", data={"idea": PRIVATE})
    assert "in match" in caplog.text
    assert "three lindens" not in caplog.text


@pytest.mark.parametrize("path", ["/v1/match", "/en/"])
def test_ideas_are_never_logged(client: TestClient, caplog: pytest.LogCaptureFixture, path: str) -> None:
    caplog.set_level(logging.DEBUG)
    for text in (PRIVATE, PRIVATE + " " + "x" * 4000):
        client.post(path, json={"text": text, "place": "Atlantis"})
        client.post(path, data={"idea": text, "place": "Atlantis"})
    assert "three lindens" not in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status", "heading"),
    [
        ("GET", "/nothing", 404, "There is no such page"),
        ("PUT", "/en/", 405, "That did not work"),
        ("GET", "/static/none.css", 404, "There is no such page"),
    ],
)
def test_pages_fail_as_pages(client: TestClient, method: str, path: str, status: int, heading: str) -> None:
    response = client.request(method, path)
    shown = page(response)
    assert response.status_code == status
    assert shown.xpath("//h1/text()").get() == heading
    assert "Reference" in shown.xpath("string(//main)").get("")


def test_a_page_that_breaks_shows_its_reference(failing_client: TestClient) -> None:
    response = failing_client.post("/en/", data={"idea": PRIVATE})
    assert response.status_code == 500
    assert page(response).xpath("//h1/text()").get() == "That did not work"
    assert PRIVATE not in response.text


SAFE = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/en/", 200),
        ("GET", "/health", 200),
        ("GET", "/static/style.css", 200),
        ("GET", "/v1/calls/bg.day-centres", 200),
        ("GET", "/v1/calls/no.such", 404),
        ("GET", "/nothing", 404),
        ("GET", "/v1/match", 405),
        ("POST", "/v1/match", 422),
        ("POST", "/en/", 422),
    ],
)
def test_every_answer_carries_the_security_headers(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert all(response.headers[name].startswith(value) for name, value in SAFE.items())


def test_so_do_those_that_are_given_early_and_late(failing_client: TestClient) -> None:
    early = failing_client.post("/v1/match", json={"text": "a" * 70_000})
    late = failing_client.post("/v1/match", json={"text": PRIVATE})
    assert (early.status_code, late.status_code) == (413, 500)
    for response in (early, late):
        assert all(response.headers[name].startswith(value) for name, value in SAFE.items())
