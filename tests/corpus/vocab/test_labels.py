"""Every coded value can be shown to everybody: labels and definitions in all interface languages."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus import vocab
from corpus.vocab import Fund, Language, Strategy, Theme, Topic, Verdict
from corpus.vocab.labels import TERMS, Term, file_name, label, terms
from corpus.vocab.places import INTERFACE_LANGUAGES

EIGHT = {"en", "fr", "it", "pl", "bg", "lt", "nl", "de"}
ENUMS = sorted(
    (value for value in vars(vocab).values() if isinstance(value, type) and issubclass(value, StrEnum)),
    key=lambda kind: kind.__name__,
)
DESCRIBED = [kind for kind in ENUMS if kind is not Language]  # names of languages come from the CLDR


class _Loader(yaml.CSafeLoader):
    """Refuses a key given twice, of which YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"a key twice near {node.start_mark}"
        return super().construct_mapping(node, deep)


def test_the_interface_speaks_eight_languages() -> None:
    assert [str(language) for language in INTERFACE_LANGUAGES] == ["en", "fr", "it", "pl", "bg", "lt", "nl", "de"]


def test_every_file_describes_an_enum_and_every_enum_has_a_file() -> None:
    assert {path.name for path in TERMS.iterdir()} == {file_name(kind) for kind in DESCRIBED}
    assert len(DESCRIBED) == 26


@pytest.mark.parametrize("kind", DESCRIBED)
def test_the_file_names_exactly_the_members_in_their_order(kind: type[StrEnum]) -> None:
    assert list(terms(kind)) == [member.value for member in kind]


@pytest.mark.parametrize("kind", DESCRIBED)
def test_no_entry_is_given_twice(kind: type[StrEnum]) -> None:
    text = (TERMS / file_name(kind)).read_text(encoding="utf-8")
    assert len(yaml.load(text, _Loader)) == len(kind)  # noqa: S506  a safe loader's child


@pytest.mark.parametrize("kind", DESCRIBED)
def test_labels_and_definitions_are_there_in_eight_languages_and_no_other(kind: type[StrEnum]) -> None:
    for code, term in terms(kind).items():
        assert set(term.labels) == EIGHT, code
        assert set(term.definition) == EIGHT, code
        assert all(text.strip() == text != "" for text in [*term.labels.values(), *term.definition.values()]), code


@pytest.mark.parametrize("kind", DESCRIBED)
def test_no_two_entries_of_a_list_look_alike(kind: type[StrEnum]) -> None:
    for language in INTERFACE_LANGUAGES:
        labels = [term.label(language) for term in terms(kind).values()]
        assert len(set(labels)) == len(labels), language


@pytest.mark.parametrize("kind", DESCRIBED)
def test_links_are_addresses(kind: type[StrEnum]) -> None:
    links = [term.link for term in terms(kind).values() if term.link is not None]
    assert all(link.startswith("https://") for link in links)


@pytest.mark.parametrize("kind", [kind for kind in DESCRIBED if kind is not Strategy])
def test_only_strategies_have_dates_and_successors(kind: type[StrEnum]) -> None:
    assert all((t.valid_from, t.valid_to, t.successor) == (None, None, None) for t in terms(kind).values())


def test_every_theme_belongs_to_a_topic() -> None:
    topics = {code: term.topic for code, term in terms(Theme).items()}
    assert set(topics.values()) == {topic.value for topic in Topic}
    assert topics[Theme.DATA_BIAS] == Topic.SPATIAL_SEGREGATION
    assert topics[Theme.LIMITED_CODESIGN] == Topic.ENGAGED_COMMUNITIES


def test_strategies_end_after_they_begin_and_successors_follow() -> None:
    strategies = terms(Strategy)
    for code, term in strategies.items():
        if term.valid_from and term.valid_to:
            assert term.valid_from < term.valid_to, code
        if term.successor:
            following = strategies[term.successor]
            assert term.valid_to is not None, f"{code} has a successor and no end"
            assert following.valid_from is not None, f"{code} is followed by one without a beginning"
            assert term.valid_from is None or term.valid_from < following.valid_from, code


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Strategy.GENDER_EQUALITY_2020, Strategy.GENDER_EQUALITY_2026),
        (Strategy.ANTI_RACISM_2020, Strategy.ANTI_RACISM_2026),
        (Strategy.LGBTIQ_2020, Strategy.LGBTIQ_2026),
    ],
)
def test_the_strategies_of_2020_name_those_of_2026(before: Strategy, after: Strategy) -> None:
    assert terms(Strategy)[before].successor is after


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (dt.date(2020, 12, 31), False),
        (dt.date(2021, 1, 1), True),
        (dt.date(2025, 12, 31), True),
        (dt.date(2026, 1, 1), False),
    ],
)
def test_a_strategy_is_in_force_from_its_first_to_its_last_day(day: dt.date, in_force: bool) -> None:
    term = Term(labels={Language.EN: "Plan"}, valid_from=dt.date(2021, 1, 1), valid_to=dt.date(2025, 12, 31))
    assert term.in_force(day) is in_force
    assert Term(labels={Language.EN: "Plan"}).in_force(day)


def test_labels_of_coded_values() -> None:
    assert label(Verdict.MEETS) == "Met"
    assert label(Verdict.MEETS, "bg") == "Изпълнено"
    assert label(Verdict.MEETS, Language.FI) == "Met"  # no interface language: English stands in
    assert label(Fund.ESF_PLUS, "de") != label(Fund.ESF_PLUS, "fr")


class Weather(StrEnum):
    """A list of this test."""

    SUN = "sun"
    RAIN = "rain"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sun: {labels: {}}", r"weather.yml: missing \{'rain'\}, unknown set\(\)"),
        ("sun: {labels: {}}\nrain: {labels: {}}\nfog: {labels: {}}", r"missing set\(\), unknown \{'fog'\}"),
        ("sun: {labels: {en: Sun}}\nrain: {labels: {en: Rain}}", "sun has no label in fr, it, pl, bg, lt, nl, de"),
        ("sun: {label: {en: Sun}}\nrain: {}", "Extra inputs are not permitted"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    monkeypatch.setattr("corpus.vocab.labels.TERMS", tmp_path)
    (tmp_path / file_name(Weather)).write_text(text)
    with pytest.raises(ValueError, match=message):
        terms(Weather)


def test_the_file_of_an_enum_is_its_name_in_snake_case() -> None:
    assert [file_name(kind) for kind in (Fund, Weather, vocab.CrossCuttingIssue)] == [
        "fund.yml",
        "weather.yml",
        "cross_cutting_issue.yml",
    ]
