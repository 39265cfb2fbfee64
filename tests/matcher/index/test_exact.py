import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.index.exact import ExactIndex


def unit(rows: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, 8)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(1, 60), st.integers(1, 80), st.integers(0, 50))
def test_the_nearest_are_those_of_sorting_all(rows: int, n: int, seed: int) -> None:
    vectors, questions = unit(rows, seed), unit(3, seed + 1)
    keys = [f"{place:03}" for place in range(rows)]
    for question, found in zip(questions, ExactIndex(keys, vectors).nearest_many(list(questions), n), strict=True):
        cosines = vectors @ question
        assert [key for key, _ in found] == [keys[place] for place in np.argsort(-cosines, kind="stable")[:n]]
        np.testing.assert_allclose([cosine for _, cosine in found], -np.sort(-cosines)[:n], rtol=1e-6)


def test_of_equal_ones_the_first_by_key_are_taken() -> None:
    same = np.repeat(unit(1, 0), 9, axis=0)
    (found,) = ExactIndex([f"k{place}" for place in range(9)], same).nearest_many([same[0]], 4)
    assert [key for key, _ in found] == ["k0", "k1", "k2", "k3"]


def test_nothing_is_near_in_an_empty_index() -> None:
    assert ExactIndex([], unit(0, 0)).nearest_many([unit(1, 0)[0]], 5) == [[]]
