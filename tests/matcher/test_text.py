from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocab import Language
from matcher.text import MAX_PASSAGE, MAX_PASSAGES, MAX_WHOLE, coded_text, is_indexed, passages, split, texts
from tests.matcher.factory import DAY_CENTRES_BG, LOST_GARDEN, PROGRAMME, ROMA_HOUSE, call, practice

TEXTS = st.text(alphabet=st.sampled_from("ab Яж.!?:\n\t\u00a01-"), max_size=300)


def without_blanks(text: str) -> str:
    return "".join(text.split())


@given(TEXTS, st.integers(1, 60))
def test_no_piece_is_over_the_limit_or_empty(text: str, limit: int) -> None:
    assert all(0 < len(piece) <= limit for piece in split(text, limit))


@given(TEXTS, st.integers(1, 60))
def test_nothing_is_lost_but_white_space(text: str, limit: int) -> None:
    assert without_blanks("".join(split(text, limit))) == without_blanks(text)


def test_whole_sentences_are_packed() -> None:
    assert list(split("One two. Three four. Five six.", 21)) == ["One two. Three four.", "Five six."]


def test_a_long_sentence_is_cut_between_words() -> None:
    assert list(split("alpha beta gamma", 11)) == ["alpha beta", "gamma"]


@pytest.mark.parametrize("text", ["Costs 3.5 million. In all.", "The law of 1. January applies."])
def test_a_dot_inside_a_sentence_ends_nothing_that_goes_on_small(text: str) -> None:
    assert next(iter(split(text, 19))).endswith(("million.", "of 1."))


def fields_of(record: Any) -> list[tuple[str, str]]:
    return [(passage.field, passage.language.value) for passage in passages(record)]


def test_passages_of_a_call_are_titles_codes_and_texts_in_order() -> None:
    assert fields_of(DAY_CENTRES_BG) == [
        ("whole", "en"),
        ("whole", "bg"),
        ("subjects", "en"),
        ("summary", "en"),
        ("objectives", "bg"),
    ]


def test_passages_of_a_practice_name_its_results_and_failures() -> None:
    assert ("results.0", "en") in fields_of(ROMA_HOUSE)
    assert ("what_failed", "en") in fields_of(LOST_GARDEN)


def test_the_title_in_the_same_language_goes_before_a_passage() -> None:
    embedded = {passage.field: passage.embedded for passage in passages(DAY_CENTRES_BG)}
    assert embedded["objectives"].startswith("Дневни центрове за ромски деца. Дневен център")
    bare = call("x.bare", "Only a title", "Gone.").model_copy(update={"summary": {}})
    assert [passage.embedded for passage in passages(bare)] == ["Only a title"]


def test_a_short_record_is_one_passage_and_the_whole_of_it() -> None:
    record = call("x.short", "Short", "One sentence.")
    whole, piece = passages(record)
    assert (whole.field, piece.field, whole.key) == ("whole", "summary", piece.key)


def test_texts_are_told_apart_by_language_with_codes_in_english() -> None:
    told = texts(DAY_CENTRES_BG)
    assert list(told) == ["en", "bg"]
    assert told[Language.EN][1].endswith("Roma people, Children")
    assert told[Language.BG][0] == "Дневни центрове за ромски деца"


def test_codes_are_written_as_words() -> None:
    assert coded_text(DAY_CENTRES_BG) == "Roma inclusion, Early childhood, Roma people, Children"
    assert "subjects" not in [passage.field for passage in passages(LOST_GARDEN)]


def test_a_long_record_does_not_fill_the_index() -> None:
    long = call("x.long", "Long", " ".join(f"Sentence number {n} is here." for n in range(900)))
    found = passages(long)
    assert len(found) == MAX_PASSAGES
    assert max(len(passage.text) for passage in found[1:]) <= MAX_PASSAGE
    assert len(found[0].text) <= MAX_WHOLE


def test_keys_are_made_from_content_and_nothing_else() -> None:
    same = call("x.other", DAY_CENTRES_BG.title["en"], DAY_CENTRES_BG.summary["en"], funds=["ERDF"])
    other = call("x.other", DAY_CENTRES_BG.title["en"], "Another summary.")
    known = {passage.key for passage in passages(DAY_CENTRES_BG)}
    assert {passage.key for passage in passages(same)} <= known
    assert len({passage.key for passage in passages(other)} - known) == 1


def test_keys_are_stable() -> None:
    """Changing this means that every vector of every installation is made again."""
    assert passages(DAY_CENTRES_BG)[0].key == "870f225590fd9b4af64c358ea3d70197"


def test_programmes_are_looked_up_and_not_searched() -> None:
    assert [is_indexed(record) for record in (DAY_CENTRES_BG, ROMA_HOUSE, PROGRAMME)] == [True, True, False]


def test_of_a_project_out_of_a_register_little_is_indexed() -> None:
    fetched = {"key": "s1", "url": "https://x.example/", "method": "source_field", "fetched_at": "2026-10-20T05:00:00Z"}
    long = " ".join(f"Sentence number {n} about the parks and the schools of the town." for n in range(40))
    listed = practice("x.a", "Parks", long, practice_kind="funded_project", sources=[fetched], subjects=["housing"])
    told = passages(listed)
    assert [passage.field for passage in told] == ["whole", "summary"]
    assert len({passage.key for passage in told}) == 2
    short = practice("x.b", "Parks", "Parks.", practice_kind="funded_project", sources=[fetched], subjects=["housing"])
    assert [passage.field for passage in passages(short)] == ["whole", "subjects"]
    written = practice("x.c", "Parks", long, practice_kind="funded_project")
    assert len(passages(written)) > 2
