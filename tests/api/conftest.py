"""The service over the small corpus of the matcher's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from api.state import Service
from tests.fakes import FrozenClock
from tests.matcher.conftest import small_world, towns, world
from tests.matcher.factory import NOW, World

__all__ = ["small_world", "towns", "world"]


@pytest.fixture(scope="session", autouse=True)
def unlimited() -> Iterator[None]:
    """All tests ask from one address: only those of the limiter are counted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISOPOLIS_API_LIMIT_STORAGE", "")
        yield


def client_of(service: Service, **changes: int) -> TestClient:
    return TestClient(create_app(service, ApiSettings(**changes)))


@pytest.fixture(scope="session")
def service(small_world: World) -> Service:
    return Service(small_world.home, small_world.matcher, FrozenClock(NOW))


@pytest.fixture(scope="session")
def client(service: Service) -> TestClient:
    return client_of(service)


@pytest.fixture
def empty_client(tmp_path: Path) -> TestClient:
    """A service in a home folder where nothing was built yet."""
    return client_of(Service(tmp_path, World(tmp_path, None).matcher))  # type: ignore[arg-type]
