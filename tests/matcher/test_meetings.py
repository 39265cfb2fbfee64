"""What parts of an idea meet in a call, over the small corpus."""

import pytest

from corpus.vocab import Language
from matcher.engine import Matcher
from matcher.meetings import UNRELATED, Meetings
from matcher.parts import MEETS
from matcher.retrieve import prepare
from tests.matcher.factory import DAY_CENTRES_BG, GARDENS, MIGRANT_WOMEN, SMALL_CITIES, World, changed

IDEA = "We want a day centre for Roma children and families in our neighbourhood, submarine volcanology in the ocean."


@pytest.fixture(scope="module")
def meetings(small_matcher: Matcher) -> Meetings:
    return Meetings(small_matcher.index, small_matcher.embedder)


def asked(meetings: Meetings, matcher: Matcher, text: str, language: Language = Language.EN):  # type: ignore[no-untyped-def]
    return meetings.parts(prepare(text, matcher.embedder.read_query(text), language))


def test_each_part_meets_a_sentence_or_nothing(meetings: Meetings, small_matcher: Matcher) -> None:
    parts = asked(meetings, small_matcher, IDEA)
    ((centre, volcano),) = meetings.of_calls([DAY_CENTRES_BG], parts)
    assert centre.part == "We want a day centre for Roma children and families in our neighbourhood"
    assert centre.sentence is not None
    assert centre.sentence.field in ("summary", "objectives")
    assert centre.sentence.source_url == DAY_CENTRES_BG.sources[0].url
    assert centre.nearness >= MEETS
    assert (volcano.part, volcano.sentence) == ("submarine volcanology in the ocean", None)
    assert volcano.nearness < MEETS


def test_a_call_about_something_else_meets_no_part(meetings: Meetings, small_matcher: Matcher) -> None:
    parts = asked(meetings, small_matcher, IDEA)
    ((centre, volcano),) = meetings.of_calls([GARDENS], parts)
    assert centre.sentence is None
    assert volcano.sentence is None


def test_the_sentence_keeps_its_language_and_says_whose_words_it_is(meetings: Meetings, small_matcher: Matcher) -> None:
    parts = asked(meetings, small_matcher, "Искаме работа и обучение за жени", Language.BG)
    ((met,),) = meetings.of_calls([MIGRANT_WOMEN], parts)
    assert met.sentence is not None
    assert (met.sentence.language, met.sentence.words) == (Language.EN, "source")


def test_of_several_sentences_the_one_that_shares_words_is_shown(world: World) -> None:
    text = "Green parks are planted. Flats for Roma families in the neighbourhood. The page was read in May."
    world.write([changed(SMALL_CITIES, summary={"en": text})])
    world.reindex()
    matcher = world.matcher()
    meetings = Meetings(matcher.index, matcher.embedder)
    call = matcher.snapshot.get(SMALL_CITIES.id)
    for idea, language in (("Flats for Roma families", Language.EN), ("жилища за ромски семейства", Language.BG)):
        ((met,),) = meetings.of_calls([call], asked(meetings, matcher, idea, language))  # type: ignore[list-item]
        assert met.sentence is not None
        assert met.sentence.text == "Flats for Roma families in the neighbourhood."
    matcher.close()


def test_no_calls_and_no_parts_are_no_error(meetings: Meetings, small_matcher: Matcher) -> None:
    assert meetings.of_calls([], asked(meetings, small_matcher, IDEA)) == []
    assert meetings.of_calls([GARDENS], ()) == [()]


def test_unrelated_clauses_are_in_many_languages() -> None:
    assert len(set(UNRELATED)) >= 24
