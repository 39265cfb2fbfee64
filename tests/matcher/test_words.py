import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocab import Language
from matcher.words import fold, tokens


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "neighbourhood neighbourhoods"),
        ("en", "housing houses house"),
        ("en", "community communities"),
        ("bg", "град градът града градове градовете"),
        ("bg", "жена жената жени жените"),
        ("bg", "квартал кварталът квартала квартали"),
        ("bg", "общински общинска общинско"),
        ("bg", "училище училището училища училищата"),
        ("bg", "семейство семейства семействата"),
        ("bg", "ромски ромските ромска"),
        ("pl", "miasto miasta miastach miastom"),
        ("pl", "kobieta kobiety kobietom"),
        ("pl", "dzieci dzieciom"),
        ("lt", "vaikas vaikai vaikų vaikams"),
        ("lt", "moterys moterų moterims"),
        ("lt", "bendruomenė bendruomenės bendruomenių"),
        ("el", "γυναίκα γυναίκες γυναικών"),
        ("el", "πόλη πόλεις πόλεων"),
        ("fi", "lapset lapsia"),
        ("fi", "kaupungin kaupungissa kaupungit"),
        ("hu", "város városok városban"),
        ("hu", "lakás lakások lakásban"),
        ("de", "Kinder Kindern"),
        ("de", "Stadt Städte Städten"),
        ("de", "Wohnung Wohnungen"),
        ("fr", "enfant enfants"),
        ("fr", "municipal municipale municipales"),
        ("fr", "école écoles"),
    ],
)
def test_forms_of_a_word_meet(language: str, forms: str) -> None:
    assert len(set(tokens(forms, Language(language)))) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "housing horse"),
        ("bg", "жена женитба"),
        ("bg", "ром роман"),
        ("pl", "miasto miejsce"),
        ("lt", "vaikas vakaras"),
        ("el", "πόλη πύλη"),
        ("fi", "lapsi lasi"),
        ("hu", "város varrás"),
        ("de", "Stadt Staat"),
        ("fr", "école école-école écolier"),
    ],
)
def test_other_words_stay_apart(language: str, words: str) -> None:
    assert len(set(tokens(words, Language(language)))) > 1


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("İzmir", "izmir"),
        ("Straße", "strasse"),
        ("València", "valencia"),
        ("ΠΑΙΔΙΆ", "παιδια"),
        ("ﬁn", "fin"),
        ("𝐑𝐨𝐦𝐚", "roma"),
        ("Й", "и"),
    ],
)
def test_case_accents_and_ornament_are_folded(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "the children of the town", ["children", "town"]),
        ("de", "die Kinder und der Markt", ["kind", "markt"]),
        ("bg", "за децата и на града", ["дец", "град"]),
        ("fr", "les enfants et leur ville", ["enfant", "vill"]),
        ("pl", "dla dzieci i kobiet", ["dziec", "kobiet"]),
    ],
)
def test_stop_words_go(language: str, text: str, left: list[str]) -> None:
    assert tokens(text, Language(language)) == left


def test_without_a_language_words_are_folded_and_nothing_else() -> None:
    assert tokens("The Children of Łódź", None) == ["the", "children", "of", "łodz"]


def test_runs_of_letters_that_are_no_words_are_left_out() -> None:
    assert tokens("garden " + "x" * 41 + " park", None) == ["garden", "park"]


def test_composed_and_decomposed_letters_are_one_word() -> None:
    assert tokens("cafe\u0301", Language.FR) == tokens("caf\u00e9", Language.FR)


@given(st.text(), st.sampled_from([None, *Language]))
def test_tokens_never_raise_and_have_no_capital_letters(text: str, language: Language | None) -> None:
    assert all(token == token.casefold() for token in tokens(text, language))


@given(st.text(alphabet=st.characters(categories=["L", "N"]), max_size=30))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)
