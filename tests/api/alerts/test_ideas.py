"""Alerts for an idea: kept only for somebody who agreed to that."""

import email
from collections.abc import Iterator
from email.policy import default
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.alerts.post import Post, run
from api.app import create_app
from api.settings import ApiSettings
from api.state import Service
from corpus import alert_tables as t
from corpus.database import open_database
from corpus.mail import Outbox
from tests.api.alerts.office import HOME, WHO, links
from tests.api.reading import page
from tests.matcher.factory import IDEA, World

FORM = {"idea": IDEA, "applicant": "municipality", "country": "BG", "population": "10000"}


@pytest.fixture
def post(small_world: World, tmp_path: Path) -> Iterator[Post]:
    engine = open_database(f"sqlite:///{tmp_path / 'alerts.db'}")
    service = Service(small_world.home, small_world.matcher)
    yield Post(engine, Outbox(tmp_path / "outbox"), "news@isopolis.example", HOME, service)
    engine.dispose()


@pytest.fixture
def office(post: Post) -> TestClient:
    return TestClient(create_app(post.service, ApiSettings(), post=post), base_url=HOME)


def kept(post: Post) -> list[str]:
    with post.engine.connect() as connection:
        return list(connection.execute(select(t.alert.c.query)).scalars())


def saved(office: TestClient) -> str:
    shown = page(office.post("/en/alerts/idea", data=FORM))
    assert shown.xpath("//input[@name='consent']/@type").get() == "checkbox"
    return shown.xpath("//input[@name='query']/@value").get("")


def test_the_form_shows_the_idea_and_asks_for_consent(office: TestClient) -> None:
    response = office.post("/en/alerts/idea", data=FORM)
    assert f"Your idea: {IDEA}" in response.text
    assert IDEA not in str(response.headers)


def test_without_consent_nothing_is_kept(office: TestClient, post: Post) -> None:
    form = {"email": WHO, "kind": "idea", "query": saved(office), "rhythm": "daily"}
    response = office.post("/en/alerts", data=form)
    assert response.status_code == 422
    assert page(response).xpath("//p[@id='consent-error']")
    assert kept(post) == []


def test_with_consent_the_idea_begins_and_stops_like_any_search(office: TestClient, post: Post, tmp_path: Path) -> None:
    form = {"email": WHO, "kind": "idea", "query": saved(office), "rhythm": "daily", "consent": "yes"}
    assert office.post("/en/alerts", data=form).status_code == 200
    (query,) = kept(post)
    assert IDEA in query
    assert "consent" not in query
    (file,) = (tmp_path / "outbox").glob("*.eml")
    letter = email.message_from_bytes(file.read_bytes(), policy=default)
    (confirm,) = links(letter, "confirm")  # type: ignore[arg-type]
    assert "The search finds" in office.post(confirm).text
    assert run(post).written == 0


def test_an_idea_that_is_no_idea_is_a_clear_page(office: TestClient) -> None:
    for query in ("", "{}", "[1]", '{"idea": 7}'):
        form = {"email": WHO, "kind": "idea", "query": query, "rhythm": "daily", "consent": "yes"}
        response = office.post("/en/alerts", data=form)
        assert response.status_code == 422
        assert "idea" in page(response).xpath("string(//main)").get("")
