"""Kohesio over HTTP: a file that cannot be trusted fails the run, says which one, and the last good data stay."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import Store
from corpus.vocab.places import country_name
from tests.crawler.process import crawl, store_url
from tests.crawler.replica import Asked, Replica, Reply
from tests.crawler.worlds import world_of
from tests.crawler.worlds.kohesio import FRANCE, GREECE, KEYS, LIST, SERVICES, content, place

pytestmark = pytest.mark.slow
SMALL = ("AT", "BG", "DE", "ES", "HU", "IT", "LT", "PL", "PT", "SE")


def records(home: Path) -> int:
    store = Store.open(store_url(home))
    try:
        return len(list(store.members()))
    finally:
        store.close()


def counted(home: Path) -> list[str]:
    store = Store.open(store_url(home))
    try:
        return [issue.message for issue in store.issues(store.runs("kohesio", 1)[0].id) if issue.code == "counted"]
    finally:
        store.close()


def test_files_that_cannot_be_trusted(tmp_path: Path) -> None:
    site = world_of("kohesio")
    with Replica(site) as server:
        good = crawl(tmp_path, server.url, "kohesio")
        assert (good.code, good.runs["kohesio"].status) == (0, "ok")
        before = records(tmp_path)
        assert counted(tmp_path)[0].startswith("2,500 rows read, ")
        greek, whole = place(GREECE), site.pages[place(GREECE)]
        assert isinstance(whole, Reply)
        faults = {
            "page came instead of a CSV file": Reply(b"<html>down</html>"),
            "the file is cut off": replace(whole, body=whole.body[: len(whole.body) // 2]),
            "the column fund is missing": replace(whole, body=whole.body.replace(b"Fund_Code", b"Money", 1)),
            "answered with status 404": Reply(b"", 404),
        }
        for says, reply in faults.items():
            site.pages[greek] = reply
            failed = crawl(tmp_path, server.url, "kohesio").runs["kohesio"]
            assert failed.status == "failed"
            assert says in failed.message
            assert GREECE in failed.message or "404" in says
            assert records(tmp_path) == before
    left = [path for path in (tmp_path / "downloads").rglob("*") if path.is_file()]
    assert left == []


def test_a_list_or_a_file_that_is_somewhere_else(tmp_path: Path) -> None:
    site = world_of("kohesio")
    away = Reply(b"", 302, headers=(("Location", "https://elsewhere.example.org/"),))
    with Replica(site) as server:
        for missing, page in (("the list of files", LIST), (GREECE, place(GREECE))):
            kept = site.pages[page]
            site.pages[page] = away
            failed = crawl(tmp_path, server.url, "kohesio").runs["kohesio"]
            assert (failed.status, f"{missing} did not come" in failed.message) == ("failed", True)
            site.pages[page] = kept


def test_one_lost_file_of_many_keeps_what_it_told(tmp_path: Path) -> None:
    site = world_of("kohesio")
    small = {code: f"data/projects-2021-2027/latest/{code}-pp21-27-latest.csv" for code in SMALL}
    site.pages[LIST] = Reply(json.dumps([*KEYS, *small.values()]).encode())
    for number, (code, key) in enumerate(small.items()):
        country = country_name(code)
        site.pages[place(key)] = Reply(content(5, 20_000 + 10 * number, country=country, code=code, **SERVICES))
    with Replica(site) as server:
        first = crawl(tmp_path, server.url, "kohesio").runs["kohesio"]
        site.pages[place(small["PL"])] = Reply(b"", 404)
        second = crawl(tmp_path, server.url, "kohesio")
        site.pages[place(small["PT"])] = Reply(b"<html>down</html>")
        third = crawl(tmp_path, server.url, "kohesio").runs["kohesio"]
    assert first.status == "ok"
    run = second.runs["kohesio"]
    assert (run.status, run.new, run.changed, run.vanished) == ("ok", 0, 0, 0)
    assert run.fetched == run.unchanged == first.fetched - 5
    assert (third.status, "2 of 12 files could not be read" in third.message) == ("failed", True)
    assert records(tmp_path) == first.fetched


def test_files_are_asked_for_one_after_another_and_no_other(tmp_path: Path) -> None:
    asked: list[str] = []

    def note(one: Asked, reply: Reply) -> Reply:
        asked.extend(one.query["id"])
        return reply

    site = world_of("kohesio")
    site.faults["kohesio.ec.europa.eu/api/data/object"] = note
    with Replica(site) as server:
        assert crawl(tmp_path, server.url, "kohesio").code == 0
    assert asked == [GREECE, FRANCE]
