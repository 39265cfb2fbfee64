import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocab import Language
from matcher.parts import LONG, MAX_PARTS, sentences_of, split_idea


def test_a_long_sentence_is_cut_at_its_marks() -> None:
    idea = "We want a day centre for Roma children and their parents in our quarter, with hot meals, and a debt desk."
    assert split_idea(idea, Language.EN) == (
        "We want a day centre for Roma children and their parents in our quarter",
        "with hot meals",
        "and a debt desk",
    )


def test_a_short_sentence_stays_whole() -> None:
    idea = "Housing, advice and work for Roma families."
    assert len(idea) < LONG
    assert split_idea(idea, Language.EN) == (idea.rstrip("."),)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("de", "Wir bauen z. B. ein Haus. Es kostet ca. 3 Mio. Euro.", 2),
        ("bg", "Искаме дневен център, напр. за деца. В гр. Габрово има много деца.", 2),
        ("pl", "Chcemy m.in. dom dla seniorów przy ul. Długiej 3. To jest bardzo ważne.", 2),
        ("el", "Θέλουμε ένα κέντρο για παιδιά. Χρειαζόμαστε και μαθήματα.", 2),
        ("en", "It costs approx. 2.5 mln. euro a year. Dr. Smith helps us.", 2),
        ("lt", "Norime dienos centro vaikams. Taip pat pagalbos tėvams.", 2),
    ],
)
def test_abbreviations_end_no_sentence(language: str, text: str, number: int) -> None:
    assert len(split_idea(text, Language(language))) == number


def test_pieces_of_one_or_two_words_stay_with_their_neighbours() -> None:
    idea = "A house for young mothers in the old school of our small town, with meals, play, rest and advice on rent."
    parts = split_idea(idea, Language.EN)
    assert parts[0] == "A house for young mothers in the old school of our small town"
    assert all(len(part.split()) >= 3 for part in parts)


def test_lines_are_sentences() -> None:
    assert split_idea("a new bus line\nflats for families", Language.EN) == ("a new bus line", "flats for families")


def test_a_whole_project_file_has_no_more_parts_than_can_be_looked_at() -> None:
    text = " ".join(f"The town of number {n} builds a house for its people, with help of all." for n in range(40))
    parts = split_idea(text, Language.EN)
    assert len(parts) == MAX_PARTS
    assert " ".join(parts).count("number") == 40


@pytest.mark.parametrize("text", ["", " ", "12 34", "?!", "\n\n"])
def test_without_words_there_are_no_parts(text: str) -> None:
    assert split_idea(text) == ()


@given(st.text(max_size=400), st.sampled_from(Language))
def test_parts_are_words_of_the_idea(text: str, language: Language) -> None:
    plain = "".join(text.split())
    parts = split_idea(text, language)
    assert len(parts) <= MAX_PARTS
    assert all("".join(part.split()) in plain for part in parts)


def test_sentences_of_a_text() -> None:
    assert sentences_of("One house. Two houses.") == ["One house.", "Two houses."]
