"""Places and sections of pages about practices; names of persons stay where they are."""

from typing import Any

import pytest

from corpus.vocab import Language
from crawler.fields import Fields, IssueLog
from crawler.metadata import Mapping
from crawler.parsing import Facts
from crawler.practices import cut, own_sections, paragraphs, put_sections, read_place, take_sections, without_contacts

SECTIONS = Mapping(
    to="text", values={"what was done": "approach", "how": "approach", "what came*": "results", "who": ()}
)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Dupnitsa , Bulgaria", ("Dupnitsa", "BG")),
        ("Ghent / Belgium", ("Ghent", "BE")),
        ("Birmingham / United Kingdom", ("Birmingham", "GB")),
        ("Szeged, Hungary Small sized cities (50k > 250k)", ("Szeged", "HU")),
        ("Brno | Czech Republic", ("Brno", "CZ")),
        ("Laura Example, UIA expert", None),
        ("Kitchens, gardens, Italy", None),
        ("Atlantis, Ocean", None),
        ("Bulgaria", None),
        ("A long sentence that goes on, and on, until it names France", None),
    ],
)
def test_places(line: str, place: tuple[str, str] | None) -> None:
    found = read_place(line)
    assert (found and (found["name"], found["country"])) == place


def test_contacts_are_left_out() -> None:
    text = "Residents chose. Write to cook@example.org now. They cook.\nPhone +359 2 123 45 67\nname [at] town.example"
    assert without_contacts(text) == "Residents chose. They cook."
    assert paragraphs("Maria Example\nSenior expert\n" + "word " * 30) == ["word " * 30]


def fields(**values: Any) -> Fields:
    return Fields({name.replace("_", " "): text for name, text in values.items()}, "a", IssueLog("a"), {})


def test_sections_are_joined_by_what_they_tell() -> None:
    own = fields(what_was_done="One", how="Two\nThree", what_came_of_it="Four", who="Maria", weather="Sunny")
    assert take_sections(own, SECTIONS) == {"approach": "One\nTwo\nThree", "results": "Four"}
    own.audit()
    assert [(issue.field, issue.code) for issue in own.log.items] == [("weather", "unknown_field")]


def test_what_other_pages_tell_is_not_read() -> None:
    assert list(own_sections({"": "", "how": "x", "Related good practices": "", "bees": "y"})) == ["", "how"]


def test_texts_are_cut_between_words_and_results_are_the_weakest_evidence() -> None:
    assert cut("one two three", 9) == "one two ..."
    facts = Facts(Language.EN)
    put_sections({"approach": "word " * 2000, "results": "Four\nFive", "transfer": "A garage."}, facts, ("Lugo",))
    assert len(facts.values["approach"]["en"]) <= 3004
    assert facts.values["results"] == ({"statement": {"en": "Four Five"}, "level": "anecdote"},)
    assert facts.values["transfer"] == {"conditions": {"en": "A garage."}, "adopted_by": ("Lugo",)}
    assert set(facts.all_evidence()) == {"approach", "results", "transfer.conditions", "transfer.adopted_by"}
