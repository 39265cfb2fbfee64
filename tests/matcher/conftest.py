"""Parts that tests of the matcher read and do not change; what they change, they make in their own folder."""

import shutil
from pathlib import Path

import pytest

from matcher import places
from matcher.engine import Matcher
from tests.matcher.factory import TOWNS, World, new_world


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of places made from a few towns: reading all of GeoNames takes seconds."""
    path = tmp_path_factory.mktemp("places") / "places.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "_rows", lambda: ((town["geonameid"], town) for town in TOWNS))
        places.build_places(path)
    return path


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory, towns: Path) -> World:
    """The small corpus, indexed. Not to be changed."""
    world = new_world(tmp_path_factory.mktemp("world"))
    (world.home / "places.db").symlink_to(towns)
    return world


@pytest.fixture(scope="session")
def small_matcher(small_world: World) -> Matcher:
    return small_world.matcher()


@pytest.fixture
def world(tmp_path: Path, small_world: World) -> World:
    """The small corpus, indexed, to be changed by one test: a copy, since indexing takes a second."""
    shutil.copytree(small_world.home, tmp_path / "home", symlinks=True)
    return World(tmp_path / "home", small_world.embedder)
