from pathlib import Path

import numpy as np
import pytest

from matcher.index.wordstore import WordStore
from tests.fakes import KeywordEmbedder

TEXTS = ["Roma children", "green gardens"]
WIDTH = -(-KeywordEmbedder.dimension // 4)


def store(folder: Path) -> WordStore:
    return WordStore.open(folder, KeywordEmbedder(), TEXTS)


def codes(rows: int, fill: int) -> np.ndarray:
    return np.full((rows, WIDTH), fill, np.uint8)


def key(number: int) -> str:
    return f"{number:032x}"


def values(opened: WordStore, *keys: str) -> list[list[int]]:
    return [found[:, 0].tolist() for found in opened.read(keys)]


def test_what_was_added_is_read_back_in_any_order(tmp_path: Path) -> None:
    made = store(tmp_path)
    made.add([(key(9), codes(2, 9)), (key(1), codes(1, 1))])
    made.add([(key(5), codes(3, 5))])
    for opened in (made, store(tmp_path)):
        assert values(opened, key(5), key(9), key(1)) == [[5, 5, 5], [9, 9], [1]]
        assert opened.missing([key(1), key(2), key(9)]) == [key(2)]


def test_a_text_that_is_not_there_has_no_words(tmp_path: Path) -> None:
    made = store(tmp_path)
    assert values(made, key(1)) == [[]]
    made.add([(key(1), codes(1, 1)), (key(2), codes(0, 0))])
    assert values(made, key(2), key(3), key(1)) == [[], [], [1]]
    assert made.missing([key(2), key(3)]) == [key(3)]


def test_a_reader_keeps_what_it_opened_while_others_write(tmp_path: Path) -> None:
    writer = store(tmp_path)
    writer.add([(key(1), codes(1, 1))])
    reader = store(tmp_path)
    writer.add([(key(2), codes(1, 2))])
    assert values(reader, key(1), key(2)) == [[1], []]


@pytest.mark.parametrize("cut", [1, WIDTH, 2 * WIDTH])
def test_half_written_codes_are_missing_and_written_again(tmp_path: Path, cut: int) -> None:
    store(tmp_path).add([(key(1), codes(2, 1)), (key(2), codes(2, 2))])
    (path,) = tmp_path.glob("*.codes")
    path.write_bytes(path.read_bytes()[:-cut])
    opened = store(tmp_path)
    assert opened.missing([key(1), key(2)]) == [key(2)]
    opened.add([(key(2), codes(1, 7))])
    assert values(store(tmp_path), key(1), key(2)) == [[1, 1], [7]]


def test_a_half_written_line_of_the_list_is_written_over(tmp_path: Path) -> None:
    store(tmp_path).add([(key(1), codes(1, 1)), (key(2), codes(1, 2))])
    (path,) = tmp_path.glob("*.list")
    path.write_bytes(path.read_bytes()[:-3])
    opened = store(tmp_path)
    assert opened.missing([key(1), key(2)]) == [key(2)]
    opened.add([(key(2), codes(1, 4))])
    assert values(store(tmp_path), key(1), key(2)) == [[1], [4]]


def test_what_words_have_in_common_is_measured_once(tmp_path: Path) -> None:
    first = store(tmp_path)
    second = WordStore.open(tmp_path, KeywordEmbedder(), ["other words"])
    np.testing.assert_array_equal(first.centre, second.centre)
