"""One browser and one server over the small world for all tests in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from api.alerts.post import Post
from api.app import create_app
from api.desk.service import Desk
from api.errors import TooManyError
from api.settings import ApiSettings
from api.state import Service
from corpus.database import open_database
from corpus.desk.accounts import Accounts, Newcomer
from corpus.desk.items import Items
from corpus.desk.rights import DeskRole
from corpus.mail import Outbox
from tests.api.browser.kit import Watch, served, start_browser
from tests.matcher.factory import NOW

EDITOR = Newcomer("ona@example.org", DeskRole.EDITOR)
PASSWORD = "four words that differ"  # noqa: S105  of a person who exists in tests only


@pytest.fixture(scope="session")
def outbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where letters lie."""
    return tmp_path_factory.mktemp("letters")


@pytest.fixture(scope="session")
def engine(outbox: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{outbox / 'isopolis.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def desk(engine: Engine) -> Desk:
    """A desk at which one editor has an account."""
    accounts = Accounts(engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts.accept(accounts.invite(EDITOR, NOW), "Ona", PASSWORD, NOW)
    return Desk(accounts, Items(engine), lambda: NOW)


@pytest.fixture(scope="session")
def app(service: Service, outbox: Path, engine: Engine, desk: Desk) -> FastAPI:
    post = Post(engine, Outbox(outbox), "news@isopolis.example", "https://isopolis.example", service)
    app = create_app(service, ApiSettings(contact="help@isopolis.example"), desk, post)
    app.add_api_route("/{language}/often", too_often, response_model=None)
    app.add_api_route("/{language}/broken", broken, response_model=None)
    return app


def too_often() -> NoReturn:
    """Who asks too often sees the page for it."""
    raise TooManyError(17)


def broken() -> NoReturn:
    """What nobody foresaw."""
    raise RuntimeError("the words of this error are withheld")


@pytest.fixture(scope="session")
def home(app: FastAPI) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for a file of tests: its library keeps an event loop running, which later tests must not meet."""
    yield from start_browser()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-IE")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser whose scripts are off."""
    context = browser.new_context(java_script_enabled=False, accept_downloads=True, locale="en-IE")
    yield context.new_page()
    context.close()


@pytest.fixture
def watch(page: Page) -> Watch:
    return Watch(page)
