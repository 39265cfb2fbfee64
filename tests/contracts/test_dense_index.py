"""What the vector store promises, in files and on a server."""

import socket
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.embed import Embedder
from matcher.errors import MatcherError
from matcher.index.dense import DenseIndex, connect
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import RECORDS, World

Floats = NDArray[np.float32]


def unit_vectors(count: int, dimension: int = 48, seed: int = 3) -> Floats:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def keys(count: int) -> list[str]:
    return [f"k{number:05d}" for number in range(count)]


@pytest.fixture
def index(client: Any, request: pytest.FixtureRequest) -> DenseIndex:
    """An empty collection of this test's own."""
    return DenseIndex(client, "call", f"{abs(hash(request.node.name))}")


def test_an_empty_index_finds_nothing(index: DenseIndex) -> None:
    assert index.nearest(unit_vectors(1)[0], 5) == []
    assert index.nearest_many(list(unit_vectors(2)), 5) == [[], []]
    assert index.missing(["a"]) == ["a"]
    assert index.missing([]) == []


def test_what_was_added_is_not_missing(index: DenseIndex) -> None:
    index.add(["a", "b"], unit_vectors(2))
    assert index.missing(["c", "a", "d", "b"]) == ["c", "d"]


def test_vectors_come_back_by_key(index: DenseIndex) -> None:
    vectors = unit_vectors(3)
    index.add(["a", "b", "c"], vectors)
    found = index.vectors(["c", "a", "unknown"])
    assert set(found) == {"a", "c"}
    np.testing.assert_allclose(found["c"], vectors[2], atol=1e-6)


def test_what_was_removed_is_missing_again(index: DenseIndex) -> None:
    vectors = unit_vectors(3)
    index.add(["a", "b", "c"], vectors)
    index.remove(["b", "never there"])
    index.remove([])
    assert index.missing(["a", "b", "c"]) == ["b"]
    assert [key for key, _ in index.nearest(vectors[1], 5)] != ["b"]
    assert len(index.nearest(vectors[1], 5)) == 2


def test_adding_twice_changes_nothing(index: DenseIndex) -> None:
    vectors = unit_vectors(20)
    index.add(keys(20), vectors)
    before = index.nearest(vectors[4], 20)
    index.add(keys(20), vectors)
    after = index.nearest(vectors[4], 20)
    assert [key for key, _ in after] == [key for key, _ in before]
    assert len({key for key, _ in after}) == 20


def test_cosines_are_those_of_plain_arithmetic(index: DenseIndex) -> None:
    vectors = unit_vectors(30)
    index.add(keys(30), vectors)
    exact = {key: float(cosine) for key, cosine in zip(keys(30), vectors @ vectors[7], strict=True)}
    hits = index.nearest(vectors[7], 30)
    assert dict(hits) == pytest.approx(exact, abs=1e-5)
    assert hits[0][0] == "k00007"
    assert all(first[1] >= second[1] - 1e-6 for first, second in pairwise(hits))


def test_recall_against_exact_search(index: DenseIndex) -> None:
    vectors, questions, n = unit_vectors(2000), unit_vectors(40, seed=9), 50
    index.add(keys(2000), vectors)
    answers = index.nearest_many(list(questions), n)
    exact = np.argsort(-(questions @ vectors.T), axis=1)[:, :n]
    found = [
        len({f"k{row:05d}" for row in rows} & {key for key, _ in hits})
        for rows, hits in zip(exact, answers, strict=True)
    ]
    assert sum(found) / (len(questions) * n) >= 0.99


def test_several_questions_are_answered_like_one_by_one(index: DenseIndex) -> None:
    index.add(keys(50), unit_vectors(50))
    questions = list(unit_vectors(3, seed=9))
    many = index.nearest_many(questions, 5)
    for question, hits in zip(questions, many, strict=True):
        assert [key for key, _ in index.nearest(question, 5)] == [key for key, _ in hits]


def test_more_keys_than_one_call_takes(index: DenseIndex) -> None:
    index.add(keys(2500), unit_vectors(2500, 8))
    assert index.missing([*keys(2500), "other"]) == ["other"]
    index.remove(keys(2400))
    assert index.missing(keys(2500)) == keys(2400)


def test_kinds_and_models_do_not_see_each_other(client: Any) -> None:
    index = DenseIndex(client, "call", "apart-1")
    index.add(["a"], unit_vectors(1))
    assert DenseIndex(client, "practice", "apart-1").missing(["a"]) == ["a"]
    assert DenseIndex(client, "call", "apart-2").missing(["a"]) == ["a"]
    assert DenseIndex(client, "call", "apart-1").missing(["a"]) == []


def test_a_whole_index_is_built_and_searched_on_a_server(tmp_path: Path, server_client: Any) -> None:
    class OnServer(World):
        def client(self) -> Any:
            return server_client

    class OwnName(KeywordEmbedder):
        name = "keywords-on-a-server"

    embedder: Embedder = OwnName()
    world = OnServer(tmp_path, embedder)
    world.write(RECORDS)
    assert world.reindex().embedded > 0
    assert world.reindex().embedded == 0
    hits = world.search().nearest(embedder.query("gardens and trees"), "call", 3)
    assert hits[0].record_id == "life.gardens"
    assert not (tmp_path / "chroma").exists()


def test_a_server_that_does_not_answer_names_the_setting(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can answer there
        url = f"http://127.0.0.1:{held.getsockname()[1]}"
        with pytest.raises(MatcherError, match=f"ISOPOLIS_CHROMA_URL: no Chroma server answers at {url}"):
            connect(tmp_path, url)
