from pathlib import Path

import pytest

from corpus.vocab import Language, Subject, TargetGroup
from matcher.index.kept import KeptVectors
from matcher.index.terms import TermVectors
from tests.fakes import KeywordEmbedder


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> TermVectors:
    return TermVectors.load(KeptVectors(tmp_path_factory.mktemp("terms"), KeywordEmbedder()))


@pytest.mark.parametrize(
    ("text", "group", "subject"),
    [
        ("Roma families", TargetGroup.ROMA, Subject.ROMA_INCLUSION),
        ("бездомни хора без жилище", TargetGroup.HOMELESS, Subject.HOMELESSNESS),
        ("Gewalt", TargetGroup.VICTIMS_OF_VIOLENCE, Subject.GENDER_BASED_VIOLENCE),
    ],
)
def test_an_idea_speaks_of_groups_and_subjects(
    vectors: TermVectors, text: str, group: TargetGroup, subject: Subject
) -> None:
    question = KeywordEmbedder().query(text)
    assert group in [code for code, _ in vectors.nearest(question, TargetGroup)[:2]]
    assert subject in [code for code, _ in vectors.nearest(question, Subject)[:2]]


def test_every_code_is_rated_once_and_ratings_are_standardised(vectors: TermVectors) -> None:
    rated = vectors.nearest(KeywordEmbedder().query("Roma children"), Subject)
    scores = [score for _, score in rated]
    assert sorted(code for code, _ in rated) == sorted(Subject)
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(0, abs=1e-3)


def test_an_idea_about_nothing_known_is_near_no_code(vectors: TermVectors) -> None:
    rated = vectors.nearest(KeywordEmbedder().query("submarine volcano"), Subject)
    assert {round(score, 6) for _, score in rated} == {0.0}


def test_shifts_of_languages_balance_each_other(vectors: TermVectors) -> None:
    shifts = vectors.offsets(KeywordEmbedder().query("Roma children"))
    assert sum(shifts.values()) == pytest.approx(0, abs=1e-5)
    assert {Language.EN, Language.BG, Language.LT} <= set(shifts)


def test_vectors_are_made_once_for_a_model(tmp_path: Path) -> None:
    first, second = KeywordEmbedder(), KeywordEmbedder()
    TermVectors.load(KeptVectors(tmp_path, first))
    TermVectors.load(KeptVectors(tmp_path, second))
    assert first.seen
    assert second.seen == []

    class Other(KeywordEmbedder):
        name = "other"

    third = Other()
    TermVectors.load(KeptVectors(tmp_path, third))
    assert third.seen == first.seen


def test_an_interruption_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(KeyboardInterrupt):
        TermVectors.load(KeptVectors(tmp_path, KeywordEmbedder()))
    monkeypatch.undo()
    again = KeywordEmbedder()
    TermVectors.load(KeptVectors(tmp_path, again))
    assert again.seen
