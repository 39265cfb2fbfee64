from pathlib import Path

import numpy as np
import pytest

from corpus.vocab import Language
from matcher.errors import IndexMismatchError, IndexMissingError
from matcher.index.build import current_folder
from matcher.index.manifest import FORMAT
from matcher.index.search import Background, SearchIndex
from matcher.text import passages
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import DAY_CENTRES_BG, DAY_CENTRES_PL, GARDENS, RECORDS, World


class OtherModel(KeywordEmbedder):
    name = "other-model"


def test_no_index_says_what_to_run(tmp_path: Path) -> None:
    world = World(tmp_path, KeywordEmbedder())
    world.write(RECORDS)
    with pytest.raises(IndexMissingError, match=r"there is no index in .*run `isopolis index`"):
        world.search()


def test_an_index_of_another_model_is_refused(small_world: World) -> None:
    with pytest.raises(IndexMismatchError, match=r"keywords \(\d+\).*other-model \(\d+\).*ISOPOLIS_MODEL"):
        SearchIndex.current(small_world.index, small_world.client(), OtherModel(), small_world.snapshot())


def test_an_index_of_another_snapshot_is_refused(world: World) -> None:
    old = world.snapshot().manifest.hash
    new = world.write([GARDENS]).manifest.hash
    with pytest.raises(IndexMismatchError, match=f"{old[:16]}.*{new[:16]}.*run `isopolis index`"):
        world.search()


def test_an_index_of_another_format_is_refused(world: World) -> None:
    folder = current_folder(world.index)
    assert folder is not None
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace(f'"format": {FORMAT}', '"format": 99'))
    with pytest.raises(IndexMismatchError, match=f"format 99, not {FORMAT}; run `isopolis index`"):
        world.search()


@pytest.fixture(scope="module")
def index(small_world: World) -> SearchIndex:
    return small_world.search()


def test_the_nearest_passage_is_that_of_the_right_record(index: SearchIndex) -> None:
    hits = index.nearest(KeywordEmbedder().query("green gardens and trees"), "call", 5)
    assert hits[0].record_id == GARDENS.id
    assert [hit.cosine for hit in hits] == sorted((hit.cosine for hit in hits), reverse=True)
    assert hits[0].cosine == pytest.approx(float(np.sqrt(2 / 3)), abs=0.2)


def test_kinds_are_kept_apart(index: SearchIndex) -> None:
    hits = index.nearest(KeywordEmbedder().query("green gardens"), "practice", 50)
    assert {hit.record_id.split(".")[0] for hit in hits} == {"isopolis"}


def test_several_questions_at_once_are_answered_like_one_by_one(index: SearchIndex) -> None:
    questions = [KeywordEmbedder().query(text) for text in ("gardens", "homeless people")]
    assert index.nearest_many(questions, "call", 9) == [index.nearest(one, "call", 9) for one in questions]
    assert index.nearest_many([], "call", 9) == []


def test_a_record_is_known_in_the_languages_of_its_passages(index: SearchIndex) -> None:
    assert index.languages(DAY_CENTRES_BG.id) == {Language.EN, Language.BG}
    assert index.languages(DAY_CENTRES_PL.id) == {Language.EN}
    assert index.languages("no.such") == frozenset()


def test_chance_is_judged_on_the_collection(index: SearchIndex) -> None:
    question = KeywordEmbedder().query("green gardens")
    background = index.background(question, "call")
    near = index.nearest(question, "call", 1)[0]
    assert background.standard(near.cosine, near.language) > 2
    assert abs(background.standard(background.mean, Language.FI)) < 1e-6


def test_the_shift_of_a_language_is_taken_off() -> None:
    background = Background(0.5, 0.1, {Language.BG: 0.1})
    assert background.standard(0.7, Language.EN) == pytest.approx(2.0)
    assert background.standard(0.7, Language.BG) == pytest.approx(1.4)


def test_between_lies_between(index: SearchIndex) -> None:
    embedder = KeywordEmbedder()
    question = embedder.query("homeless")
    keys = [passage.key for passage in passages(GARDENS)]
    middle, alone = index.between(question, [keys, []])
    assert np.linalg.norm(middle) == pytest.approx(1, abs=1e-6)
    assert 0.3 < float(middle @ question) < 0.99
    assert float(middle @ embedder.query("garden")) > 0.3
    np.testing.assert_array_equal(alone, question)
