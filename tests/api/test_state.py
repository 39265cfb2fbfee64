import logging
import threading
from pathlib import Path

import pytest

from api.state import Service
from corpus.errors import SnapshotError
from matcher.engine import Matcher
from matcher.query import IdeaQuery
from tests.api.conftest import client_of
from tests.matcher.factory import GARDENS, World, changed

VOLCANO = changed(GARDENS, summary={"en": "Gardens on the slope of a volcano."})
QUESTION = {"text": "a garden on a volcano", "only": ["life.gardens"]}


class Opener:
    """Opens matchers over a world and keeps count."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.count = 0

    def __call__(self) -> Matcher:
        self.count += 1
        return self.world.matcher()


@pytest.fixture
def opener(world: World) -> Opener:
    return Opener(world)


def excerpt(service: Service) -> str:
    return service.matcher().match(IdeaQuery.model_validate(QUESTION)).calls[0].excerpts[0].text


def test_the_matcher_is_opened_once(opener: Opener) -> None:
    service = Service(opener.world.home, opener)
    assert service.matcher() is service.matcher()
    assert opener.count == 1


def test_questions_at_the_same_time_open_it_once(opener: Opener) -> None:
    service = Service(opener.world.home, opener)
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        service.matcher()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opener.count == 1


def test_a_newer_index_is_picked_up_without_a_restart(opener: Opener) -> None:
    client = client_of(Service(opener.world.home, opener))
    before = client.post("/v1/match", json=QUESTION).json()
    opener.world.write([VOLCANO])
    opener.world.reindex()
    after = client.post("/v1/match", json=QUESTION).json()
    assert before["snapshot"] != after["snapshot"]
    assert "volcano" in after["calls"][0]["excerpts"][0]["text"]
    assert client.get("/v1/calls/bg.day-centres").status_code == 404
    assert client.get("/health").json()["records"] == {"call": 1}


def test_while_the_newer_index_is_being_built_the_old_one_answers(
    opener: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    service = Service(opener.world.home, opener)
    old = excerpt(service)
    opener.world.write([VOLCANO])
    with caplog.at_level(logging.WARNING, "isopolis.api"):
        assert [excerpt(service), excerpt(service)] == [old, old]
    assert opener.count == 2, "a snapshot without its index is tried once, not at every question"
    assert "the one before answers" in caplog.text
    assert service.snapshot().get("bg.day-centres") is not None
    opener.world.reindex()
    assert "volcano" in excerpt(service)


def test_while_the_newer_index_is_being_opened_the_old_one_answers(opener: Opener) -> None:
    entered, go_on = threading.Event(), threading.Event()
    slow = False

    def opened() -> Matcher:
        if slow:
            entered.set()
            assert go_on.wait(30)
        return opener()

    service = Service(opener.world.home, opened)
    first = service.matcher()
    opener.world.write([VOLCANO])
    opener.world.reindex()
    slow = True
    thread = threading.Thread(target=service.matcher)
    thread.start()
    assert entered.wait(30)
    assert service.matcher() is first
    go_on.set()
    thread.join()
    assert service.matcher() is not first
    assert opener.count == 2


def test_without_anything_built_it_says_so_and_tries_again(world: World, tmp_path: Path) -> None:
    empty = World(tmp_path / "new", world.embedder)
    service = Service(empty.home, empty.matcher)
    with pytest.raises(SnapshotError, match="run `isopolis build`"):
        service.matcher()
    empty.write([VOLCANO])
    empty.reindex()
    assert "volcano" in excerpt(service)


def test_records_are_shown_before_there_is_an_index(tmp_path: Path, world: World) -> None:
    empty = World(tmp_path / "new", world.embedder)
    empty.write([VOLCANO])
    assert Service(empty.home, empty.matcher).snapshot().get(VOLCANO.id) == VOLCANO
