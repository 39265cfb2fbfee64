"""The service with a desk in a small database, and people who are signed in."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from parsel import Selector
from sqlalchemy import Engine

from api.app import create_app
from api.desk.programs.guesses import Guesses
from api.desk.service import Desk
from api.settings import ApiSettings
from api.state import Service
from corpus.database import open_database
from corpus.desk.accounts import Accounts, Newcomer
from corpus.desk.fetch import FetchedPage, fetch_page
from corpus.desk.items import Items
from corpus.desk.rights import DeskRole
from tests.factories import NOW

PASSWORD = "four words that differ"  # noqa: S105  of people who exist in tests only


@dataclass
class Person:
    """Somebody in a browser of their own."""

    browser: TestClient

    def page(self, path: str) -> Selector:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return Selector(answer.text)

    def send(self, path: str, page: Selector | None = None, status: int = 303, **fields: object) -> Selector:
        """Send a form as the page gave it, with fields filled in."""
        shown = page if page is not None else self.page(path)
        token = shown.css("input[name=token]::attr(value)").get("")
        revision = shown.css("input[name=revision]::attr(value)").get("")
        data = {"token": token, "revision": revision, **fields}
        answer = self.browser.post(path, data=data, follow_redirects=False)
        assert answer.status_code == status, answer.text
        return Selector(answer.text or "<p></p>")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in the newest shape, made once: to make one takes longer than most of these tests."""
    path = tmp_path_factory.mktemp("desk") / "empty.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def engine(tmp_path: Path, empty: Path) -> Iterator[Engine]:
    shutil.copy(empty, tmp_path / "desk.db")
    opened = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    accounts = Accounts(engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return Desk(accounts, Items(engine), lambda: NOW, suggested, fetched)


class Words(NamedTuple):
    field: str
    value: str
    excerpt: str


def suggested(_body: bytes) -> list[Words]:
    return [Words("title", "A kitchen", ""), Words("cost", "12000", "It cost 12 000 euro."), Words("no_field", "x", "")]


def fetched(url: str) -> FetchedPage:
    """Pages of one town are there; all others are really asked for."""
    return FetchedPage(url, b"<html></html>") if url.startswith("https://town.example/") else fetch_page(url)


@pytest.fixture(scope="session")
def one_app(service: Service) -> FastAPI:
    """Built once, as its routes take longer than a test; nothing is limited, as all tests ask from one address."""
    return create_app(service, ApiSettings(limit_storage=""))


@pytest.fixture
def app(one_app: FastAPI, desk: Desk) -> FastAPI:
    """The application over the desk of this test."""
    one_app.state.desk, one_app.state.guesses = desk, Guesses()
    return one_app


@pytest.fixture
def somebody(app: FastAPI, desk: Desk) -> Callable[[str, DeskRole], Person]:
    """Invite a person, who accepts in the browser."""

    def join(name: str, role: DeskRole) -> Person:
        secret = desk.accounts.invite(Newcomer(f"{name}@example.org", role), NOW)
        browser = TestClient(app)
        path = f"/en/desk/invitation/{secret}"
        answer = browser.post(path, data={"name": name, "password": PASSWORD}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/en/desk")
        return Person(browser)

    return join
