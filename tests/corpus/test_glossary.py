"""The glossary is complete, refuses what is broken and finds its terms in texts."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.errors import CuratedError
from corpus.glossary import FILE, find, load_glossary, read_glossary
from corpus.vocab.places import INTERFACE_LANGUAGES, Language


def entry(**changes: Any) -> dict[str, Any]:
    words = {language.value: f"word in {language.value}" for language in INTERFACE_LANGUAGES}
    fields = {"term": dict(words), "text": dict(words), **changes}
    return {name: value for name, value in fields.items() if value is not None}


def without(language: str) -> dict[str, str]:
    return {other.value: "word" for other in INTERFACE_LANGUAGES if other.value != language}


def write(folder: Path, content: Any) -> Path:
    path = folder / "glossary.yml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")
    return path


def test_it_loads_once_and_has_at_least_fifty_entries() -> None:
    assert len(load_glossary()) >= 50
    assert load_glossary() is load_glossary()


def test_keys_stand_in_alphabetical_order() -> None:
    assert list(load_glossary()) == sorted(load_glossary())


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_entry_speaks_every_language(language: Language) -> None:
    for key, item in load_glossary().items():
        assert item.term[language], key
        assert len(item.text[language]) > 80, key
        assert item.text[language].endswith((".", ".“")), key


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_one_wording_belongs_to_one_entry(language: Language) -> None:
    wordings = Counter(w.casefold() for item in load_glossary().values() for w in item.wordings(language))
    assert [wording for wording, times in wordings.items() if times > 1] == []


@pytest.mark.parametrize("language", [language for language in INTERFACE_LANGUAGES if language is not Language.BG])
def test_no_cyrillic_letter_slipped_into_a_latin_text(language: Language) -> None:
    for key, item in load_glossary().items():
        for text in (*item.wordings(language), item.text[language]):
            assert not re.search(r"[\u0400-\u04ff]", text), f"{key}: {text}"


def test_no_bulgarian_word_mixes_alphabets() -> None:
    for key, item in load_glossary().items():
        for text in (*item.wordings(Language.BG), item.text[Language.BG]):
            assert not re.search(r"[a-zA-Z][\u0400-\u04ff]|[\u0400-\u04ff][a-zA-Z]", text), f"{key}: {text}"


def test_amounts_agree_between_languages() -> None:
    """The example has the same sums in all languages, however the digits are grouped."""
    for key, item in load_glossary().items():
        sums = {
            language: set(re.findall(r"\d{4,}", re.sub(r"(?<=\d)[.,\u00a0](?=\d{3}\b)", "", item.text[language])))
            for language in INTERFACE_LANGUAGES
        }
        assert all(found == sums[Language.EN] for found in sums.values()), f"{key}: {sums}"


def test_every_string_of_the_file_is_quoted() -> None:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        assert not re.match(r" {4}[a-z]{2}: [^\"\[]", line), line


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"one": entry(term=without("lt"))}, "one.term: missing in lt"),
        ({"one": entry(text=without("bg"))}, "one.text: missing in bg"),
        ({"one": entry(text=None)}, "one.text"),
        ({"one": entry(term={**without("pl"), "pl": " "})}, "one.term.pl"),
        ({"one": entry(term={**without("pl"), "pl": "x", "xx": "x"})}, "one.term.xx"),
        ({"one": entry(also={"en": "match funding"})}, "one.also.en"),
        ({"one": entry(see=["two"])}, "one.see: two"),
        ({"one": entry(see=["one"])}, "one.see: one"),
        ({"one": entry(link="www.example.eu")}, "one.link"),
        ({"one": entry(remark="x")}, "one.remark"),
        ({"one": "x"}, "one:"),
        ({"Own contribution": entry()}, "Own contribution: a key is written in kebab-case"),
        ({"own_contribution": entry()}, "own_contribution: a key"),
        ({"own-": entry()}, "own-: a key"),
        ({1: entry()}, "1: a key"),
        (["one"], "a mapping"),
        ("", "a mapping"),
        ("one: {}\none: {}\n", "one: the key stands there twice"),
        ("one: [", "not valid YAML"),
    ],
)
def test_a_broken_file_is_refused_and_the_place_named(tmp_path: Path, content: Any, named: str) -> None:
    with pytest.raises(CuratedError, match=re.escape(named)):
        read_glossary(write(tmp_path, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CuratedError, match="cannot be read"):
        read_glossary(tmp_path / "none.yml")


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, {"two": entry(see=["one"], also={"en": ["pair"]}), "one": entry(link="https://example.eu/")})
    entries = read_glossary(path)
    assert list(entries) == ["one", "two"]
    assert entries["two"].wordings("en") == ("word in en", "pair")
    assert entries["two"].wordings("sv") == ()


@pytest.mark.parametrize(
    ("text", "language", "keys"),
    [
        ("The co-financing rate is 80 %.", "en", ["co-financing-rate", "co-financing"]),
        ("Co\u2011financing\n  RATE", "en", ["co-financing-rate", "co-financing"]),
        ("You need match funding and a letter of\u00a0support.", "en", ["letter-of-support", "co-financing"]),
        ("a leader who went nuts", "en", []),
        ("LEADER and NUTS", "en", ["leader", "nuts"]),
        ("subpartners and consortiums", "en", []),
        ("L'autorité de gestion publie un appel à propositions.", "fr", ["call-for-proposals", "managing-authority"]),
        ("Die Stimmung war lau, der Ort lag am Meer.", "de", []),
        ("Die Verwaltungsbehörde verlangt einen Eigenanteil.", "de", ["managing-authority", "own-contribution"]),
        ("Wymagany jest wkład własny, LGD ogłasza nabór.", "pl", ["own-contribution", "call-for-proposals"]),
        ("Съфинансиране и ВОМР", "bg", ["co-financing", "clld"]),
        ("", "lt", []),
        ("Partner", "sv", []),
    ],
)
def test_terms_are_found_as_whole_words_longest_first(text: str, language: str, keys: list[str]) -> None:
    found = find(text, language)
    assert [key for key in found if key in keys] == keys
    assert bool(found) == bool(keys)


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_wording_finds_its_entry(language: Language) -> None:
    for key, item in load_glossary().items():
        for wording in item.wordings(language):
            assert find(f"({wording}).", language)[0] == key
