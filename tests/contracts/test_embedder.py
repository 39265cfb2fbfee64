"""What every embedder promises: the small one of the tests, and both engines of the packaged model."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from matcher.embed import Embedder, OpenVinoEmbedder, SentenceTransformerEmbedder, build_embedder
from matcher.errors import ModelError
from matcher.settings import PACKAGED, MatcherSettings
from matcher.unpack import Floats
from tests.fakes import KeywordEmbedder
from tests.models import models_home

TEXTS = [
    "A day centre for Roma children and their families.",
    "A garden.",
    "Жилища за бездомни хора, които спят на улицата, и съвети за наем.",
    "Praca i kurs języka dla migrantek, które szukają zatrudnienia w naszym mieście.",
    "Μουσείο και πολιτισμός",
    "Support for survivors of violence. " * 12,
]

ENGLISH = {
    "roma": "A day centre in the neighbourhood for Roma children and their families.",
    "housing": "Housing and rent advice for homeless people who sleep rough.",
    "women": "Work and jobs for migrant women.",
    "garden": "A community garden and a park with trees.",
    "older": "A club for older people and pensioners.",
    "disability": "Ramps in buildings for wheelchair users and other disabled persons.",
    "violence": "Help for survivors of domestic violence.",
    "museum": "A museum and music festival on local culture.",
    "energy": "Insulated homes and lower heating bills; energy poverty.",
    "school": "Help for pupils at school.",
    "bus": "Cheap buses, trains and bicycles.",
    "health": "A health centre with doctors for everybody.",
}
QUESTIONS = {
    "bg": ("Дневен център за ромски деца и семействата им", "roma"),
    "pl": ("Klub dla seniorów i emerytów: senior w dzielnicy", "older"),
    "lt": ("Sodas ir parkas su medžiais", "garden"),
    "el": ("Δουλειά και εργασία για μετανάστριες γυναίκες", "women"),
    "fi": ("Asuntoja ja vuokraneuvontaa asunnottomille ihmisille, jotka yöpyvät ulkona", "housing"),
    "hu": ("Múzeum és zene a helyi kultúráról", "museum"),
    "de": ("Rampen für Menschen im Rollstuhl und mit Behinderung", "disability"),
    "fr": ("Aide aux victimes de violence conjugale", "violence"),
    "es": ("Apoyo a los alumnos en la escuela", "school"),
}

ENGINES = ["keywords", "openvino", pytest.param("torch", marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def openvino(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return build_embedder(MatcherSettings(home=models_home(tmp_path_factory)))


@pytest.fixture(scope="module")
def torch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedder]:
    import torch as library  # noqa: PLC0415  seconds to import

    threads = library.get_num_threads()
    library.set_num_threads(1)  # on a busy machine its threads wait for each other longer than they work
    yield build_embedder(MatcherSettings(home=models_home(tmp_path_factory), engine="torch"))
    library.set_num_threads(threads)


@pytest.fixture(scope="module")
def keywords() -> Embedder:
    return KeywordEmbedder()


@pytest.fixture(scope="module", params=ENGINES)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    made: Embedder = request.getfixturevalue(request.param)
    return made


def passages(embedder: Embedder, texts: list[str]) -> Floats:
    """Vectors of texts in the order of the texts."""
    pairs = list(embedder.passages(texts))
    assert sorted(place for place, _ in pairs) == list(range(len(texts)))
    return np.stack([vector for _, vector in sorted(pairs, key=lambda pair: pair[0])])


def test_it_says_its_name_and_size(embedder: Embedder) -> None:
    assert embedder.name
    assert embedder.query("a garden").shape == (embedder.dimension,)
    assert passages(embedder, TEXTS).shape == (len(TEXTS), embedder.dimension)


def test_vectors_have_length_one_and_are_small_floats(embedder: Embedder) -> None:
    vectors = np.vstack([passages(embedder, TEXTS), embedder.query(TEXTS[0])])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_text_has_the_same_vector(embedder: Embedder) -> None:
    np.testing.assert_array_equal(embedder.query(TEXTS[2]), embedder.query(TEXTS[2]))
    np.testing.assert_array_equal(passages(embedder, TEXTS), passages(embedder, TEXTS))


def test_a_batch_gives_what_single_texts_give(embedder: Embedder) -> None:
    single = np.vstack([passages(embedder, [text]) for text in TEXTS])
    np.testing.assert_allclose(passages(embedder, TEXTS), single, atol=2e-5)


def test_every_passage_is_given_at_its_place(embedder: Embedder) -> None:
    """More texts than one batch, long and short in turn, so that sorting by length would show."""
    texts = [f"{TEXTS[number % 6]} {'garden ' * (number * 7 % 11)}" for number in range(18)]
    many = passages(embedder, texts)
    for place in (0, 5, 17):
        np.testing.assert_allclose(many[place], passages(embedder, [texts[place]])[0], atol=2e-5)


def test_no_texts_no_vectors(embedder: Embedder) -> None:
    assert list(embedder.passages([])) == []


def test_an_empty_text_has_a_vector_too(embedder: Embedder) -> None:
    assert np.linalg.norm(passages(embedder, [""])[0]) == pytest.approx(1, abs=1e-5)


def test_a_long_text_is_cut(embedder: Embedder) -> None:
    """What comes after thousands of words changes nothing, and nothing fails."""
    long = "garden " * 2000
    tail = long + "homes for homeless people"
    np.testing.assert_allclose(embedder.query(tail), embedder.query(long), atol=1e-6)
    np.testing.assert_allclose(passages(embedder, [tail])[0], passages(embedder, [long])[0], atol=1e-6)


@pytest.fixture(scope="module")
def shelf(embedder: Embedder) -> Floats:
    """The English texts, embedded once for all questions."""
    return passages(embedder, list(ENGLISH.values()))


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_finds_the_right_one_of_twelve_english_texts(
    embedder: Embedder, shelf: Floats, language: str
) -> None:
    question, right = QUESTIONS[language]
    cosines = shelf @ embedder.query(question)
    assert list(ENGLISH)[int(cosines.argmax())] == right


MIXED = [*TEXTS, *ENGLISH.values(), *(question for question, _ in QUESTIONS.values())][:20]


@pytest.mark.slow
def test_both_engines_agree(openvino: OpenVinoEmbedder, torch: SentenceTransformerEmbedder) -> None:
    assert (openvino.name, openvino.dimension) == (torch.name, torch.dimension) == (PACKAGED, 384)
    assert len(MIXED) == 20
    assert (passages(openvino, MIXED) * passages(torch, MIXED)).sum(axis=1).min() >= 0.999
    assert min(float(openvino.query(text) @ torch.query(text)) for text in MIXED[:5]) >= 0.999


@pytest.mark.slow
@pytest.mark.parametrize("model", ["no/such-model", "an empty folder"])
def test_a_model_that_is_not_there_names_the_setting(tmp_path: Path, model: str) -> None:
    source = str(tmp_path) if model == "an empty folder" else model
    with pytest.raises(ModelError, match="ISOPOLIS_MODEL: cannot load"):
        build_embedder(MatcherSettings(home=tmp_path, model=source))
