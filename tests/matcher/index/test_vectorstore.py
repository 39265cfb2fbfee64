from pathlib import Path

import numpy as np

from matcher.index.kept import KeptVectors
from matcher.index.vectorstore import VectorStore
from tests.fakes import KeywordEmbedder


def key(number: int) -> str:
    return f"{number:032x}"


def rows(number: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(number, 8)).astype(np.float32)


def test_vectors_come_back_in_the_order_asked_for(tmp_path: Path) -> None:
    one, other = rows(1, 1), rows(1, 2)
    store = VectorStore(tmp_path, "small", 8)
    store.put([(key(1), one), (key(2), other)])
    for opened in (store, VectorStore(tmp_path, "small", 8)):
        found = opened.vectors([key(2), key(7), key(1)])
        np.testing.assert_allclose(found, [other[0], np.zeros(8), one[0]], atol=2e-3)
    assert store.vectors([]).shape == (0, 8)


def test_sentences_stand_behind_the_vector_of_their_passage(tmp_path: Path) -> None:
    three = rows(3)
    store = VectorStore(tmp_path, "small", 8)
    store.put([(key(1), three), (key(2), rows(1))])
    np.testing.assert_allclose(store.vectors([key(1)])[0], three[0], atol=2e-3)
    first, second, nothing = store.sentences([key(1), key(2), key(3)])
    np.testing.assert_allclose(first, three[1:], atol=2e-3)
    assert (len(second), len(nothing)) == (0, 0)


def test_fixed_texts_are_embedded_once_and_again_when_they_change(tmp_path: Path) -> None:
    first, second = KeywordEmbedder(), KeywordEmbedder()
    made = KeptVectors(tmp_path, first).passages("work", ["Roma children", "gardens"])
    np.testing.assert_array_equal(KeptVectors(tmp_path, second).passages("work", ["Roma children", "gardens"]), made)
    assert (len(first.seen), second.seen) == (2, [])
    KeptVectors(tmp_path, second).passages("work", ["Roma children", "parks"])
    assert second.seen == ["Roma children", "parks"]


def test_a_damaged_file_of_fixed_texts_is_made_again(tmp_path: Path) -> None:
    made = KeptVectors(tmp_path, KeywordEmbedder()).queries("unrelated", ["gardens"])
    (path,) = tmp_path.glob("unrelated-*.npy")
    path.write_bytes(path.read_bytes()[:40])
    np.testing.assert_array_equal(KeptVectors(tmp_path, KeywordEmbedder()).queries("unrelated", ["gardens"]), made)
