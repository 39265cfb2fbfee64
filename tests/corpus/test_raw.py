"""What a crawler hands over: equal contents have equal hashes, whenever they were fetched."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from corpus.model import Call
from corpus.raw import canonical_json, content_hash
from tests.factories import call, page, proof, raw, source_meta
from tests.strategies import calls, lang_texts


def fetched(when: str, digest: str) -> dict[str, object]:
    return page(method="parsed", read_on=None, fetched_at=when, content_hash=digest)


def test_when_and_from_which_bytes_it_was_read_does_not_count() -> None:
    first = raw(record=call(sources=[fetched("2026-11-01T10:00:00Z", "aa")]))
    again = raw(record=call(sources=[fetched("2026-11-22T10:00:00Z", "bb")]))
    assert first != again
    assert first.content_hash() == again.content_hash()


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"en": "Another title"}},
        {"status_at_source": "open"},
        {"timeline": {"continuous": True}},
        {"sources": [page(title="Guide")]},
        {"evidence": {"money": [proof()]}},
    ],
)
def test_what_it_says_counts(change: dict[str, object]) -> None:
    assert raw(record=call(**change)).content_hash() != raw(record=call()).content_hash()


def test_the_hash_is_that_of_the_content_for_ever() -> None:
    # Written down: if this moves, every record of every store counts as changed at the next run.
    known = "14dd763fa48baa4e9edb93b449ed3dd5274f2fe6e8ab6979efcf30076a8c2e91"
    assert content_hash({"b": 1, "a": {"fetched_at": "x", "c": ["é", None]}}) == known


@settings(max_examples=25)
@given(calls())
def test_a_record_that_was_written_and_read_back_has_the_same_hash(record: Call) -> None:
    copy = Call.model_validate_json(record.model_dump_json())
    assert raw(record=copy).content_hash() == raw(record=record).content_hash()


@given(st.dictionaries(st.text(), st.integers() | st.text() | lang_texts()))
def test_the_order_of_keys_plays_no_part(value: dict[str, object]) -> None:
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


def test_canonical_json_has_sorted_keys_no_blanks_and_plain_letters() -> None:
    assert canonical_json({"b": [1, None], "a": "ъ"}) == '{"a":"ъ","b":[1,null]}'


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"rank": 0}, "rank"), ({"rank": 101}, "rank"), ({"expect_min": 0}, "expect_min"), ({"confidence": "x"}, "conf")],
)
def test_impossible_sources_are_refused(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError, match=name):
        source_meta(**fields)
