"""The catalogs: every sentence that code and templates say is said in every language of the interface."""

import re
from collections.abc import Iterable

import pytest
from babel.messages.catalog import Catalog, Message

from corpus.messages import LOCALE, gettext, ngettext, speaking
from corpus.vocab.places import INTERFACE_LANGUAGES, Language
from docs.messages import catalog_of, said, updated, written

OTHERS = [language for language in INTERFACE_LANGUAGES if language is not Language.EN]
_PLACES = re.compile(r"\{(\w*)\}")


@pytest.fixture(scope="module")
def template() -> Catalog:
    return said()


def forms(words: str | Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def test_there_is_a_catalog_for_every_language_but_english() -> None:
    assert {path.stem for path in LOCALE.glob("*.po")} == {language.value for language in OTHERS}


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalog_is_in_step_with_the_code(language: Language, template: Catalog) -> None:
    """If this fails: `python -m docs.messages`, then translate what is new."""
    there = {(message.context, str(message.id)) for message in messages(catalog_of(language))}
    assert there == {(message.context, str(message.id)) for message in messages(template)}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_in_every_form(language: Language) -> None:
    catalog = catalog_of(language)
    for message in messages(catalog):
        expected = catalog.num_plurals if isinstance(message.id, tuple | list) else 1
        assert len([form for form in forms(message.string) if form]) == expected, message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_sentence(language: Language) -> None:
    for message in messages(catalog_of(language)):
        wanted = {place for form in forms(message.id) for place in _PLACES.findall(form)}
        for form in forms(message.string):
            assert set(_PLACES.findall(form)) == wanted, (message.id, form)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalog_is_written_as_it_would_be_written(language: Language, template: Catalog) -> None:
    path = LOCALE / f"{language}.po"
    lines = [line for line in path.read_bytes().splitlines() if not line.startswith(b'"')]
    again = [line for line in written(updated(language, template)).splitlines() if not line.startswith(b'"')]
    assert lines == again


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.PL, ["1 organizacja", "2 organizacje", "5 organizacji", "22 organizacje", "112 organizacji"]),
        (Language.LT, ["1 organizacija", "2 organizacijos", "10 organizacijų", "21 organizacija"]),
        (Language.FR, ["0 organisation", "1 organisation", "2 organisations"]),
        (Language.EN, ["1 organisation", "2 organisations"]),
    ],
)
def test_plurals_follow_the_rules_of_the_language(language: Language, words: list[str]) -> None:
    with speaking(language):
        said_ = [ngettext("{n} organisation", "{n} organisations", int(form.split()[0])) for form in words]
    assert said_ == words


def test_a_sentence_is_said_in_the_language_that_is_spoken() -> None:
    with speaking(Language.BG):
        assert gettext("the call asks for at least {count}", count=5) == "поканата иска поне 5"
    assert gettext("the call asks for at least {count}", count=5) == "the call asks for at least 5"


def test_a_point_of_a_date_is_also_that_of_the_sentence() -> None:
    assert gettext("Read on {date}.", date="22 ноември 2026 г.") == "Read on 22 ноември 2026 г."
    assert gettext("{words} and so on ...", words="a") == "a and so on ..."
