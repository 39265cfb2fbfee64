import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocab import Language
from matcher.embed import Reading
from matcher.index.wordvectors import Wanted, cosines, mean_token, meet, packed, word_vectors

DIMENSION = 384
ZERO = np.zeros(DIMENSION, np.float32)


def unit(rows: int, seed: int = 0, dimension: int = DIMENSION) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def wanted(vectors: np.ndarray, counts: list[float] | None = None) -> Wanted:
    """One vector for each word."""
    return Wanted(np.array(counts or [1.0] * len(vectors), np.float32), vectors, np.arange(len(vectors)))


def reading(pieces: list[tuple[int, int]]) -> Reading:
    return Reading(ZERO, unit(len(pieces)), pieces)


@pytest.mark.parametrize("dimension", [384, 37, 2])
def test_two_bits_keep_the_direction(dimension: int) -> None:
    vectors = unit(20, dimension=dimension)
    near = np.diag(cosines(vectors, packed(vectors)))
    assert near.min() > (0.9 if dimension == 384 else 0.6)


def test_a_vector_takes_a_quarter_of_a_byte_a_dimension() -> None:
    assert packed(unit(3)).shape == (3, 96)
    assert packed(unit(3, dimension=37)).shape == (3, 10)


@given(st.integers(0, 50), st.integers(51, 99))
def test_cosines_of_what_is_packed_are_near_the_true_ones(one: int, other: int) -> None:
    mine, theirs = unit(4, one), unit(5, other)
    np.testing.assert_allclose(cosines(mine, packed(theirs)), mine @ theirs.T, atol=0.12)


def test_tokens_of_a_word_are_one_vector() -> None:
    text = "Roma children"
    read = reading([(0, 0), (0, 2), (2, 4), (5, 13), (0, 0)])
    found = word_vectors(read, text, Language.EN, ZERO)
    assert found.words == ("roma", "children")
    middle = read.tokens[1] + read.tokens[2]
    np.testing.assert_allclose(found.vectors[0], middle / np.linalg.norm(middle), atol=1e-5)


def test_a_word_said_twice_is_one_and_stop_words_are_none() -> None:
    text = "the child and the child"
    read = reading([(0, 3), (4, 9), (10, 13), (14, 17), (18, 23)])
    assert word_vectors(read, text, Language.EN, ZERO).words == ("child",)


def test_a_blank_before_a_token_belongs_to_no_word() -> None:
    text = "green park"
    read = reading([(0, 5), (5, 10)])
    assert word_vectors(read, text, Language.EN, ZERO).words == ("green", "park")


def test_words_past_what_the_model_reads_have_no_vector() -> None:
    text = "green park garden"
    found = word_vectors(reading([(0, 5), (6, 10)]), text, Language.EN, ZERO)
    assert found.words == ("green", "park")


@pytest.mark.parametrize("text", ["", "...", "the and of"])
def test_a_text_without_words_has_no_vectors(text: str) -> None:
    found = word_vectors(reading([(0, len(text))]), text, Language.EN, ZERO)
    assert found.words == ()
    assert found.vectors.shape == (0, DIMENSION)


def test_what_all_words_have_in_common_is_taken_off() -> None:
    read = reading([(0, 5), (6, 10)])
    centre = mean_token([read])
    plain, centred = (word_vectors(read, "green park", Language.EN, c).vectors for c in (ZERO, centre))
    assert float(centred[0] @ centred[1]) < float(plain[0] @ plain[1])


def test_an_idea_is_told_by_the_text_that_has_its_words() -> None:
    question = unit(3)
    same, half, other = packed(question), packed(np.vstack([question[:1], unit(4, 7)])), packed(unit(4, 8))
    met = meet(wanted(question), [same, half, other])
    assert met[0].told > 0.9 > met[1].told > met[2].told
    assert met[0].asked > 0.9 > met[1].asked > met[2].asked


def test_words_that_count_more_tell_more() -> None:
    question, text = unit(2), packed(unit(2)[:1])
    heavy, light = (meet(wanted(question, c), [text])[0].told for c in ([9, 1], [1, 9]))
    assert heavy > 0.8 > light


def test_nothing_meets_an_idea_or_a_text_without_words() -> None:
    none = np.zeros((0, 96), np.uint8)
    (met,) = meet(wanted(unit(2)), [none])
    assert (met.told, met.asked) == (0.0, 0.0)
    (met,) = meet(wanted(np.zeros((0, DIMENSION), np.float32)), [packed(unit(2))])
    assert (met.told, met.asked) == (0.0, 0.0)
    assert meet(wanted(unit(2)), []) == []


def test_a_word_is_told_by_what_stands_for_it() -> None:
    own, stands_in = unit(2), unit(1, 5)
    text = packed(np.vstack([own[:1], stands_in]))
    alone = meet(wanted(own), [text])[0].told
    helped = meet(Wanted(np.ones(2, np.float32), np.vstack([own, stands_in]), np.array([0, 1])), [text])[0].told
    assert helped > 0.9
    assert alone < 0.6
