"""Crawls over real HTTP against a replica on this machine, from the command to the store.

What goes wrong on the way is owned by test_faults, what is not asked twice by test_resume.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.issues import Issue
from corpus.store import Store
from tests.crawler import samples
from tests.crawler.process import crawl, store_url
from tests.crawler.replica import Asked, Replica, Reply, Site
from tests.crawler.site import API, EUMIS, guid, html, small_world
from tests.crawler.worlds import WORLDS, settings_of, world_of

pytestmark = pytest.mark.slow
REJECTED = b"<html><title>Request Rejected</title>Your support ID is: 7</html>"


@pytest.fixture
def site() -> Site:
    return small_world()


@pytest.fixture
def replica(site: Site) -> Iterator[str]:
    with Replica(site) as server:
        yield server.url


def keys(home: Path) -> dict[str, int]:
    """Number of records that the store has of each source."""
    store = Store.open(store_url(home))
    try:
        found: dict[str, int] = {}
        for member in store.members():
            found[member.source] = found.get(member.source, 0) + 1
        return found
    finally:
        store.close()


def issues(home: Path, source: str) -> list[Issue]:
    store = Store.open(store_url(home))
    try:
        return store.issues(store.runs(source, 1)[0].id)
    finally:
        store.close()


def body_of(site: Site, place: str) -> str:
    page = site.pages[place]
    assert isinstance(page, Reply)
    return page.body.decode()


OLD = ("ft_portal", "euroaccess", "bg_eumis")
"""The three sources whose runs are looked at closely here."""


def test_crawl_twice_the_second_time_nothing_changed(tmp_path: Path, site: Site, replica: str) -> None:
    first = crawl(tmp_path, replica, *OLD)
    assert (first.code, first.err) == (0, "")
    assert {name: (run.fetched, run.new) for name, run in first.runs.items()} == {
        "ft_portal": (191, 191),
        "euroaccess": (24, 24),
        "bg_eumis": (8, 8),
    }
    asked = len(site.log)
    second = crawl(tmp_path, replica, *OLD)
    assert second.code == 0
    for run in second.runs.values():
        assert (run.status, run.new, run.changed, run.vanished) == ("ok", 0, 0, 0)
        assert run.unchanged == run.fetched > 0
        assert run.issues == 0
    assert len(site.log) == 2 * asked
    assert len(site.unchanged) == 3 + 2 + 24 + 8  # robots.txt, lists, details: the API has no such sign
    assert "unchanged" in second.out.splitlines()[0]


def test_it_names_itself_and_asks_for_robots_first(tmp_path: Path, site: Site, replica: str) -> None:
    crawl(tmp_path, replica, "bg_eumis", ISOPOLIS_CRAWL_CONTACT="crawler@example.org")
    assert site.log[0].place == "eumis2020.government.bg/robots.txt"
    assert all("Isopolis" in asked.headers["User-Agent"] for asked in site.log)
    assert all("crawler@example.org" in asked.headers["User-Agent"] for asked in site.log)


def test_a_new_a_changed_and_a_vanished_call(tmp_path: Path, site: Site, replica: str) -> None:
    crawl(tmp_path, replica, "bg_eumis")
    place = f"eumis2020.government.bg/bg/s/Procedure/Info/{guid(1)}"
    site.pages[place] = html(body_of(site, place).replace("14.09.2026", "21.09.2026"))
    listing = body_of(site, EUMIS).replace("(8)", "(7)")
    start = listing.index("<li data-href", listing.index(guid(7)))
    site.pages[EUMIS] = html(listing[:start] + listing[listing.index("</li>", start) + 5 :])
    run = crawl(tmp_path, replica, "bg_eumis").runs["bg_eumis"]
    assert (run.fetched, run.new, run.changed, run.unchanged, run.vanished) == (7, 0, 1, 6, 1)


def test_one_failing_source_stops_no_other_and_the_last_good_data_stay(
    tmp_path: Path, site: Site, replica: str
) -> None:
    assert crawl(tmp_path, replica, *OLD).code == 0
    before = keys(tmp_path)

    def cut(asked: Asked, reply: Reply) -> Reply:
        return replace(reply, body=reply.body[:2000]) if asked.query["pageNumber"] == ["2"] else reply

    site.faults[API] = cut
    site.faults[EUMIS] = lambda _asked, _reply: Reply(REJECTED)
    done = crawl(tmp_path, replica, *OLD)
    assert done.code == 1
    assert {name: run.status for name, run in done.runs.items()} == {
        "ft_portal": "failed",
        "bg_eumis": "failed",
        "euroaccess": "ok",
    }
    assert "did not answer with whole JSON" in done.runs["ft_portal"].message
    assert "Request Rejected" in done.runs["bg_eumis"].message
    assert "kept the last good data" in done.runs["ft_portal"].message
    assert keys(tmp_path) == before
    assert "Traceback" not in done.err


def test_rows_that_the_search_withholds(tmp_path: Path, site: Site, replica: str) -> None:
    def claim(more: int) -> None:
        def fault(_asked: Asked, reply: Reply) -> Reply:
            return replace(
                reply, body=reply.body.replace(b'"totalResults": 141', f'"totalResults": {141 + more}'.encode())
            )

        site.faults[API] = fault

    claim(2)
    done = crawl(tmp_path, replica, "ft_portal")
    assert done.code == 0
    assert [(issue.code, issue.key) for issue in issues(tmp_path, "ft_portal")] == [("incomplete", "calls of CERV")]
    claim(20)
    failed = crawl(tmp_path, replica, "ft_portal").runs["ft_portal"]
    assert failed.status == "failed"
    assert "calls of CERV: 141 of 161 rows received" in failed.message


def test_smaller_pages_than_asked_for_and_rows_that_the_index_holds_twice(
    tmp_path: Path, site: Site, replica: str
) -> None:
    site.page_limit = 40
    site.rows["SEDIA"] += site.rows["SEDIA"][60:100]
    done = crawl(tmp_path, replica, "ft_portal")
    assert (done.code, done.runs["ft_portal"].fetched) == (0, 191)
    assert [(issue.code, issue.key) for issue in issues(tmp_path, "ft_portal")] == [("repeated_rows", "calls of CERV")]


def test_it_comes_back_when_asked_to(tmp_path: Path, site: Site, replica: str) -> None:
    times: list[float] = []

    def later(_asked: Asked, reply: Reply) -> Reply:
        times.append(time.monotonic())
        return Reply(b"", 503, headers=(("Retry-After", "1"),)) if len(times) == 1 else reply

    site.faults[EUMIS] = later
    assert crawl(tmp_path, replica, "bg_eumis").code == 0
    assert times[1] - times[0] >= 1


def test_a_source_that_does_not_answer(tmp_path: Path) -> None:
    with Replica(Site()) as server:
        url = server.url
    done = crawl(tmp_path, url, "bg_eumis")
    assert done.code == 1
    assert "did not answer" in done.runs["bg_eumis"].message
    assert "eumis2020.government.bg/bg/s/Procedure/Active" in done.runs["bg_eumis"].message


def test_real_samples_over_http(tmp_path: Path) -> None:
    with Replica(samples.sample_world()) as server:
        first = crawl(tmp_path, server.url, *OLD)
        second = crawl(tmp_path, server.url, *OLD)
    assert first.code == second.code == 0
    assert {name: run.fetched for name, run in first.runs.items()} == {
        "ft_portal": 55,
        "euroaccess": 72,
        "bg_eumis": 8,
    }
    assert all(run.unchanged == run.fetched for run in second.runs.values())


@pytest.mark.parametrize("world", WORLDS)
def test_every_world_is_crawled_twice_without_a_change(tmp_path: Path, world: str) -> None:
    with Replica(world_of(world)) as server:
        first = crawl(tmp_path, server.url, world, **settings_of(world)).runs[world]
        second = crawl(tmp_path, server.url, world, **settings_of(world)).runs[world]
    assert (first.status, first.message) == ("ok", "")
    assert first.new == first.fetched > 0
    assert (second.status, second.unchanged, second.new, second.changed, second.vanished) == (
        "ok",
        first.fetched,
        0,
        0,
        0,
    )
