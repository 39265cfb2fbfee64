"""Timetables over HTTP: one that fails keeps its last good rows and stops no other."""

from pathlib import Path

import pytest

from corpus.store import Store
from tests.crawler.process import crawl, store_url
from tests.crawler.replica import Replica, Reply, Site
from tests.crawler.worlds import timetable_fr_sud as sud
from tests.crawler.worlds import timetable_pt_portugal2030 as portugal

pytestmark = pytest.mark.slow
SUD, PORTUGAL = "timetable_fr_sud", "timetable_pt_portugal2030"


def kept(home: Path, source: str) -> int:
    store = Store.open(store_url(home))
    try:
        return sum(member.source == source for member in store.members())
    finally:
        store.close()


def test_a_renamed_column_fails_one_timetable_only_and_its_last_good_rows_stay(tmp_path: Path) -> None:
    site = Site()
    sud.build(site)
    portugal.build(site)
    with Replica(site) as server:
        first = crawl(tmp_path, server.url, SUD, PORTUGAL)
        site.pages[sud.PLACE] = Reply(sud.table(9, closes="Remise des dossiers"))
        second = crawl(tmp_path, server.url, SUD, PORTUGAL)
    assert (first.code, first.runs[SUD].fetched, first.runs[PORTUGAL].fetched) == (0, 6, 36)
    assert (second.code, second.runs[PORTUGAL].status, second.runs[SUD].status) == (1, "ok", "failed")
    message = second.runs[SUD].message
    assert "timetables/authorities/fr_sud.yml:18: columns.closes: the table has no column 'Dates de dépôt'" in message
    assert "its headers are: Appels à projets | Zone géographique" in message
    assert "Remise des dossiers" in message
    assert (kept(tmp_path, SUD), kept(tmp_path, PORTUGAL)) == (6, 36)


def test_a_page_whose_file_is_gone(tmp_path: Path) -> None:
    site = Site()
    portugal.build(site)
    del site.pages[portugal.FILE]
    with Replica(site) as server:
        run = crawl(tmp_path, server.url, PORTUGAL).runs[PORTUGAL]
    assert run.status == "failed"
    assert "answered with status 404" in run.message
