"""A desk on each database that we support, with people of every role."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from corpus.database import open_database
from corpus.desk.accounts import Accounts, Newcomer
from corpus.desk.items import Items
from corpus.desk.rights import Actor, DeskRole
from tests.corpus.conftest import store_url
from tests.factories import NOW

__all__ = ["store_url"]

PASSWORD = "four words that differ"  # noqa: S105  of people who exist in tests only
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True, slots=True)
class Desk:
    engine: Engine
    accounts: Accounts
    items: Items
    people: dict[str, Actor]


def join(accounts: Accounts, name: str, role: DeskRole, countries: frozenset[str] | None = None) -> Actor:
    secret = accounts.invite(Newcomer(f"{name}@example.org", role, countries), NOW)
    return accounts.accept(secret, name, PASSWORD, NOW).actor()


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    opened = open_database(store_url)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    accounts = Accounts(engine, FAST)
    people = {
        "admin": join(accounts, "admin", DeskRole.ADMINISTRATOR),
        "ruta": join(accounts, "ruta", DeskRole.CONTRIBUTOR, frozenset({"LT"})),
        "rasa": join(accounts, "rasa", DeskRole.REVIEWER),
        "ema": join(accounts, "ema", DeskRole.EDITOR),
    }
    return Desk(engine, accounts, Items(engine), people)
