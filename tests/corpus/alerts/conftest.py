"""A database with alerts, on every kind of database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from corpus.database import open_database
from tests.corpus.conftest import store_url

__all__ = ["store_url"]


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    opened = open_database(store_url)
    yield opened
    opened.dispose()
