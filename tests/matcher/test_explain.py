import datetime as dt

from corpus.model import Call, Practice
from corpus.vocab import Language
from matcher.explain import checked_on, excerpts
from matcher.index.search import PassageHit
from matcher.text import passages
from tests.matcher.factory import (
    DAY_CENTRES_BG,
    FETCHED,
    GARDENS,
    LOST_GARDEN,
    MIGRANT_WOMEN,
    ROMA_HOUSE,
    SOURCE,
    changed,
)


def hits(record: Call | Practice, *fields: str) -> list[PassageHit]:
    """Hits on the passages of these fields, in this order."""
    keys = {passage.field: (passage.key, passage.language) for passage in passages(record)}
    return [PassageHit(record.id, *keys[field], 0.9) for field in fields]


def test_curated_words_are_ours_and_say_where_they_come_from() -> None:
    (excerpt,) = excerpts(DAY_CENTRES_BG, hits(DAY_CENTRES_BG, "objectives"))
    assert (excerpt.words, excerpt.place, excerpt.source_title) == ("ours", "section 1", "The page")
    assert excerpt.language is Language.BG
    assert excerpt.text.startswith("Дневен център")
    assert excerpt.source_url == SOURCE["url"]


def test_fetched_words_are_those_of_the_source() -> None:
    (excerpt,) = excerpts(MIGRANT_WOMEN, hits(MIGRANT_WOMEN, "summary"))
    assert (excerpt.words, excerpt.place, excerpt.source_url) == ("source", "field summary", FETCHED["url"])


def test_without_a_place_of_its_own_ours_names_the_page() -> None:
    (excerpt,) = excerpts(GARDENS, hits(GARDENS, "summary"))
    assert excerpt.place == "The page"


def test_the_source_is_that_of_the_field() -> None:
    two = changed(
        GARDENS,
        sources=[SOURCE, {**FETCHED, "key": "s2"}],
        evidence={"summary": [{"source": "s2", "excerpt": "Green gardens"}]},
    )
    (excerpt,) = excerpts(two, hits(two, "summary"))
    assert (excerpt.words, excerpt.source_url, excerpt.place) == ("source", FETCHED["url"], None)


def test_evidence_of_a_list_holds_for_its_parts() -> None:
    stated = changed(ROMA_HOUSE, evidence={"results": [{"source": "s1", "statement": "Counted.", "place": "table 3"}]})
    (excerpt,) = excerpts(stated, hits(stated, "results.0"))
    assert (excerpt.field, excerpt.place) == ("results.0", "table 3")


def test_the_nearest_come_first_and_the_whole_stays_out() -> None:
    found = excerpts(LOST_GARDEN, hits(LOST_GARDEN, "whole", "what_failed", "summary"))
    assert [excerpt.field for excerpt in found] == ["what_failed", "summary"]


def test_codes_are_no_sentence_of_anybody() -> None:
    assert [e.field for e in excerpts(DAY_CENTRES_BG, hits(DAY_CENTRES_BG, "subjects"))] == ["summary"]


def test_a_record_found_by_words_alone_still_shows_a_sentence() -> None:
    assert [excerpt.field for excerpt in excerpts(GARDENS, [])] == ["summary"]


def test_a_record_of_nothing_but_a_title_shows_it() -> None:
    bare = changed(GARDENS, summary={}, subjects=[])
    assert [excerpt.text for excerpt in excerpts(bare, hits(bare, "whole"))] == ["Trees and parks"]
    assert excerpts(bare, []) == ()


def test_at_most_the_limit_and_unknown_keys_are_passed_over() -> None:
    many = [PassageHit("x", "gone", Language.EN, 1.0), *hits(LOST_GARDEN, "what_failed", "summary")]
    assert [excerpt.field for excerpt in excerpts(LOST_GARDEN, many, limit=1)] == ["what_failed"]


def test_the_latest_reading_counts() -> None:
    assert checked_on(DAY_CENTRES_BG) == dt.date(2026, 10, 1)
    assert checked_on(changed(GARDENS, sources=[SOURCE, {**FETCHED, "key": "s2"}])) == dt.date(2026, 10, 20)
