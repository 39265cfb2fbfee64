from pathlib import Path

import numpy as np
import pytest

from matcher.bridge import things
from matcher.index.bridged import ThingVectors
from tests.fakes import KeywordEmbedder

NAMES = [names[0] for names in things()]
CENTRE = np.zeros(KeywordEmbedder.dimension, np.float32)


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> ThingVectors:
    return ThingVectors.load(tmp_path_factory.mktemp("things"), KeywordEmbedder(), CENTRE)


def test_an_idea_moves_towards_what_it_speaks_of(vectors: ThingVectors) -> None:
    idea, homeless = KeywordEmbedder().query("volcano"), NAMES.index("homeless")
    target = KeywordEmbedder().query("homeless")
    aimed = vectors.aimed(idea, [(homeless, 1.0)], 1.0)
    assert float(np.linalg.norm(aimed)) == pytest.approx(1.0)
    assert float(aimed @ target) > float(idea @ target)
    assert float(aimed @ idea) > 0.8


def test_what_is_more_telling_moves_more(vectors: ThingVectors) -> None:
    idea, both = KeywordEmbedder().query("volcano"), [NAMES.index("homeless"), NAMES.index("roma")]
    target = KeywordEmbedder().query("homeless")
    more, less = (vectors.aimed(idea, zip(both, weights, strict=True), 1.0) @ target for weights in ((3, 1), (1, 3)))
    assert more > less


def test_an_idea_that_is_hardly_known_moves_less(vectors: ThingVectors) -> None:
    idea, homeless = KeywordEmbedder().query("volcano"), NAMES.index("homeless")
    known, hardly = (float(vectors.aimed(idea, [(homeless, 1.0)], sure) @ idea) for sure in (1.0, 0.2))
    assert known < hardly < 1.0
    assert np.linalg.norm(vectors.words([homeless], 0.2)) < np.linalg.norm(vectors.words([homeless], 1.0)) < 1.0


def test_an_idea_that_speaks_of_nothing_known_stays(vectors: ThingVectors) -> None:
    idea = KeywordEmbedder().query("volcano")
    assert (vectors.aimed(idea, [], 1.0) == idea).all()


def test_words_of_things_are_in_order_and_shorter_than_those_of_the_idea(vectors: ThingVectors) -> None:
    rows = vectors.words([NAMES.index("homeless"), NAMES.index("roma")], 1.0)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([0.9, 0.9], abs=1e-5)
    assert (vectors.words([NAMES.index("roma")], 1.0)[0] == rows[1]).all()


def test_vectors_are_made_once_for_a_model(tmp_path: Path) -> None:
    ThingVectors.load(tmp_path, KeywordEmbedder(), CENTRE)
    (file,) = tmp_path.glob("things-*.npy")
    written = file.stat().st_mtime_ns
    ThingVectors.load(tmp_path, KeywordEmbedder(), CENTRE)
    assert file.stat().st_mtime_ns == written

    class Other(KeywordEmbedder):
        name = "other"

    ThingVectors.load(tmp_path, Other(), CENTRE)
    assert len(list(tmp_path.glob("things-*.npy"))) == 2
