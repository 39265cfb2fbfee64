import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.index.lexical import WordEntry, WordIndex

TEXTS = {
    "a": "roma child day centre",
    "b": "roma child roma child roma child",
    "c": "garden park tree garden",
    "d": "child school",
    "e": "a very long text about town hall street bus train museum theatre child",
    "f": "park",
}


def entry(name: str, body: str, title: str = "") -> WordEntry:
    return WordEntry(name, title.split(), body.split())


def even(*words: str) -> dict[str, float]:
    return dict.fromkeys(words, 1.0)


def filled(folder: Path, texts: dict[str, str]) -> WordIndex:
    index = WordIndex(folder)
    index.update([entry(name, text) for name, text in texts.items()], [])
    return index


def reference(texts: dict[str, list[str]], words: list[str]) -> dict[str, float]:
    """BM25 (Robertson, Sparck Jones) in its plain form, k1 1.2, b 0.75."""
    mean = sum(map(len, texts.values())) / len(texts)
    scores: dict[str, float] = {}
    for name, text in texts.items():
        counts, share = Counter(text), 0.25 + 0.75 * len(text) / mean
        for word in {word for word in words if word in counts}:
            n = sum(word in other for other in texts.values())
            rare = math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            scores[name] = scores.get(name, 0) + rare * counts[word] * 2.2 / (counts[word] + 1.2 * share)
    return scores


@pytest.mark.parametrize("words", ["roma", "child", "roma child", "park garden", "child school roma", "museum"])
def test_scores_are_those_of_plain_bm25(tmp_path: Path, words: str) -> None:
    hits = filled(tmp_path, TEXTS).search(even(*words.split()), 10)
    assert dict(hits) == pytest.approx(reference({k: t.split() for k, t in TEXTS.items()}, words.split()), rel=1e-4)


@settings(max_examples=15)
@given(texts=st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=6), min_size=1, max_size=8))
def test_order_is_that_of_plain_bm25(texts: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    named = {f"r{place}": text for place, text in enumerate(texts)}
    index = filled(tmp_path_factory.mktemp("words"), {name: " ".join(text) for name, text in named.items()})
    hits = index.search(even("a", "b"), 20)
    expected = reference(named, ["a", "b"])
    assert dict(hits) == pytest.approx(expected, rel=1e-4)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


def test_titles_count_more(tmp_path: Path) -> None:
    index = WordIndex(tmp_path)
    index.update([entry("body", "roma child", title="x y"), entry("title", "x y", title="roma child")], [])
    assert [name for name, _ in index.search(even("roma"), 10)] == ["title", "body"]


def test_a_word_counts_as_often_as_it_weighs(tmp_path: Path) -> None:
    index = filled(tmp_path, TEXTS)
    once, twice = index.search({"roma": 1.0}, 10), index.search({"roma": 2.0}, 10)
    assert dict(twice) == pytest.approx({name: 2 * score for name, score in once})


def test_a_record_has_the_score_of_its_best_language(tmp_path: Path) -> None:
    index = WordIndex(tmp_path)
    index.update([entry("a", "roma roma"), entry("a", "roma child school"), entry("b", "roma child")], [])
    hits = index.search(even("roma"), 10)
    assert [name for name, _ in hits] == ["a", "b"]
    index.update([], ["a"])
    assert (len(index), [name for name, _ in index.search(even("roma"), 10)]) == (1, ["b"])


def test_rare_words_tell_more(tmp_path: Path) -> None:
    index = filled(tmp_path, TEXTS)
    often, rare, never = index.rarity(["child", "garden", "volcano"])
    assert 0 < often < rare < never
    assert rare == pytest.approx(math.log(1 + (106 - 1 - 0.5) / 2.5))


def test_no_words_and_unknown_words_find_nothing(tmp_path: Path) -> None:
    index = filled(tmp_path, TEXTS)
    assert index.search(even(), 10) == []
    assert index.search(even("volcano"), 10) == []


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert WordIndex(tmp_path / "new").search(even("roma"), 10) == []


def test_at_most_n_are_returned(tmp_path: Path) -> None:
    assert len(filled(tmp_path, TEXTS).search(even("child"), 2)) == 2


def test_a_linked_copy_changes_and_the_original_does_not(tmp_path: Path) -> None:
    old = filled(tmp_path / "old", TEXTS)
    before = old.search(even("roma", "park"), 10)
    WordIndex.copy(tmp_path / "old", tmp_path / "new")
    new = WordIndex(tmp_path / "new")
    new.update([entry("c", "roma"), entry("g", "park park")], ["b", "c", "f"])
    assert {name for name, _ in new.search(even("roma"), 10)} == {"a", "c"}
    assert {name for name, _ in new.search(even("park"), 10)} == {"g"}
    assert old.search(even("roma", "park"), 10) == before
    assert WordIndex(tmp_path / "old").search(even("roma", "park"), 10) == before


def test_a_copy_needs_no_space_of_its_own(tmp_path: Path) -> None:
    filled(tmp_path / "old", TEXTS)
    WordIndex.copy(tmp_path / "old", tmp_path / "new")
    assert all(file.stat().st_nlink == 2 for file in (tmp_path / "new").iterdir())


def test_an_index_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    filled(tmp_path, TEXTS)
    assert [name for name, _ in WordIndex(tmp_path).search(even("school"), 10)] == ["d"]
