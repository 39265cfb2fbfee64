import json

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.files.feeds import as_atom, as_json_feed
from tests.api.files.samples import ABOUT, bare, example, whole

SELF = "https://isopolis.example/en/calls.atom?fund=ERDF"


def test_another_reader_finds_the_rows() -> None:
    feed = feedparser.parse(as_atom(ABOUT, [whole(), bare()], SELF))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries] == ["Безопасни улици", "Safe streets for all"]
    first = feed.entries[0]
    assert first.link == "https://isopolis.example/en/calls/isopolis.call"
    assert [link.href for link in first.links if link.rel == "via"] == ["https://example.org/page"]
    assert first.updated == "2026-11-01T00:00:00+00:00"
    for words in ("Next deadline: 1 February 2027", "Largest grant: €200,000.50", "Checked: 1 November 2026"):
        assert words in first.content[0].value
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [SELF]


def test_both_feeds_say_the_same() -> None:
    rows = [whole(), bare(), example()]
    atom = feedparser.parse(as_atom(ABOUT, rows, SELF)).entries
    items = json.loads(as_json_feed(ABOUT, rows, SELF))["items"]
    told = [(item["id"], item["title"], item["url"], item["content_text"]) for item in items]
    assert told == [(e.id, e.title, e.link, e.content[0].value) for e in atom]


def test_a_json_feed_keeps_to_its_standard() -> None:
    feed = json.loads(as_json_feed(ABOUT, [whole()], SELF))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"]) == (SELF, ABOUT.page)
    assert feed["items"][0]["_isopolis"]["grant_max"] == {"amount": "200000.50", "currency": "EUR"}


def test_the_name_of_an_entry_outlives_its_words_and_the_address() -> None:
    before = json.loads(as_json_feed(ABOUT, [whole()], SELF))["items"][0]
    after = json.loads(as_json_feed(ABOUT, [whole(title="New title")], "https://elsewhere.example/x"))["items"][0]
    assert before["id"] == after["id"]
    assert before["title"] != after["title"]


@pytest.mark.parametrize("write", [as_atom, as_json_feed])
def test_a_feed_without_results_is_whole(write) -> None:  # type: ignore[no-untyped-def]
    data = write(ABOUT, [], SELF)
    if write is as_atom:
        feed = feedparser.parse(data)
        assert not feed.bozo
        assert feed.entries == []
        assert feed.feed.updated
    else:
        assert json.loads(data)["items"] == []


@settings(max_examples=50)
@given(st.text(min_size=1))
def test_any_title_makes_a_well_formed_feed(title: str) -> None:
    feed = feedparser.parse(as_atom(ABOUT, [whole().model_copy(update={"title": title})], SELF))
    assert not feed.bozo
    assert len(feed.entries) == 1
