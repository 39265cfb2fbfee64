"""One store for each database that we support: every test that takes `store` runs on both."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from corpus.store import Store
from tests import servers

_NUMBERS = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return servers.new_schema(request.getfixturevalue("postgres_url"), f"test_{next(_NUMBERS)}")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store.open(store_url)
    yield opened
    opened.close()
