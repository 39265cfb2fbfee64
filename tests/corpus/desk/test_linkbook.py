"""Addresses: dead after two days, alive again by one answer, and an issue in the list of the next build."""

import datetime as dt
import json
from pathlib import Path

import pytest

from corpus.build import ISSUES, build
from corpus.desk.content import ItemKind
from corpus.desk.linkbook import AGAIN, Answer, Checked, LinkBook, addresses, dead_links
from corpus.store import Store
from tests.corpus.desk.conftest import Desk
from tests.corpus.desk.test_effect import publish
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW, practice

URL = PRACTICE["url"]
DAY = dt.timedelta(days=1)
GONE = Checked(URL, Answer.FAILED, 404)


def test_one_bad_day_kills_nothing_two_do_and_one_answer_saves(desk: Desk) -> None:
    book = LinkBook(desk.engine)
    book.note([GONE], NOW)
    book.note([GONE], NOW + dt.timedelta(hours=1))
    assert book.dead() == {}
    book.note([GONE], NOW + DAY)
    (link,) = book.dead().values()
    assert link.failed_days == (NOW.date().isoformat(), (NOW + DAY).date().isoformat())
    book.note([Checked(URL, Answer.ALIVE, 200, etag='"a"')], NOW + 2 * DAY)
    assert book.dead() == {}
    assert book.known()[URL].etag == '"a"'


def test_a_refusal_neither_kills_nor_saves(desk: Desk) -> None:
    book, refused = LinkBook(desk.engine), Checked(URL, Answer.REFUSED, 403)
    for days in range(3):
        book.note([refused], NOW + days * DAY)
    assert book.dead() == {}
    book.note([GONE], NOW + 3 * DAY)
    book.note([refused], NOW + 4 * DAY)
    book.note([GONE], NOW + 5 * DAY)
    assert list(book.dead()) == [URL]


@pytest.mark.parametrize(
    ("answer", "after", "due"),
    [(Answer.ALIVE, DAY, False), (Answer.ALIVE, AGAIN, True), (Answer.FAILED, DAY, True)],
)
def test_what_answered_is_left_alone_for_a_month(desk: Desk, answer: Answer, after: dt.timedelta, due: bool) -> None:
    book = LinkBook(desk.engine)
    book.note([Checked(URL, answer)], NOW)
    assert book.known()[URL].due(NOW + after) is due


def test_a_dead_address_is_work_in_the_next_build(desk: Desk, tmp_path: Path) -> None:
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    book = LinkBook(desk.engine)
    for days in range(2):
        book.note([GONE], NOW + days * DAY)
    (tmp_path / "curated").mkdir()
    manifest, _ = build(Store(desk.engine), tmp_path / "snapshots", NOW, tmp_path / "curated")
    lines = (tmp_path / "snapshots" / manifest.hash[:16] / ISSUES).read_text(encoding="utf-8").splitlines()
    (issue,) = [found for found in map(json.loads, lines) if found["code"] == "link_dead"]
    assert (issue["source"], issue["field"], issue["raw"]) == ("links", "url", URL)
    assert "status 404" in issue["message"]
    assert NOW.date().isoformat() in issue["message"]


def test_another_bad_day_asks_nobody_again(desk: Desk) -> None:
    book, told = LinkBook(desk.engine), []
    for days in range(40):
        book.note([GONE], NOW + days * DAY)
        told += [issue.message for issue in dead_links(practice("a.b", url=URL), book.dead())]
    assert len(told) == 39
    assert len(set(told)) == 1
    assert len(book.known()[URL].failed_days) < 40


def test_crawled_records_are_left_to_their_crawler(desk: Desk) -> None:
    fetched = {"key": "s1", "url": URL, "method": "parsed", "fetched_at": NOW}
    book = LinkBook(desk.engine)
    for days in range(2):
        book.note([GONE], NOW + days * DAY)
    assert list(dead_links(practice("a.b", url=URL, sources=[fetched]), book.dead())) == []
    assert len(list(dead_links(practice("a.b", url=URL), book.dead()))) == 1


def test_every_address_of_a_record_is_found_once() -> None:
    result = {"statement": {"en": "It works"}, "level": "anecdote", "url": "https://e.example/r"}
    record = practice("a.b", url="https://e.example/p", results=[result])
    found = {url: path for path, url in addresses(record)}
    assert found["https://e.example/p"] == "url"
    assert found["https://e.example/r"] == "results.0.url"
    assert len(found) == len(set(found))
