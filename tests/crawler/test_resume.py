"""Asking only for what changed or is missing, over real HTTP: pages that did not change, runs that were killed."""

import os
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from corpus import tables
from tests.crawler.process import ROOT, command, crawl, environment, last_runs, store_url, wait_until
from tests.crawler.replica import Asked, Replica, Reply, Site
from tests.crawler.site import API, EUMIS, guid, html, small_world
from tests.crawler.test_run import body_of, issues

pytestmark = pytest.mark.slow
DETAIL = "eumis2020.government.bg/bg/s/Procedure/Info/"


@pytest.fixture
def site() -> Site:
    return small_world()


@pytest.fixture
def replica(site: Site) -> Iterator[str]:
    with Replica(site) as server:
        yield server.url


def conditions(site: Site, place: str) -> list[bool]:
    """Of every request for a place, whether it was asked on condition."""
    return ["If-None-Match" in asked.headers for asked in site.log if asked.place == place]


def table(home: Path, wanted: Any) -> list[dict[str, Any]]:
    engine = create_engine(store_url(home))
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(select(wanted)).mappings()]
    engine.dispose()
    return found


def kept_pages(home: Path, source: str) -> int:
    with closing(sqlite3.connect(home / "pages" / f"{source}.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM page").fetchone()[0])


def test_what_was_no_good_is_not_believed_to_be_unchanged(tmp_path: Path, site: Site, replica: str) -> None:
    lost = f"{DETAIL}{guid(3)}"
    good = {EUMIS: body_of(site, EUMIS), lost: body_of(site, lost)}
    assert crawl(tmp_path, replica, "bg_eumis").code == 0

    # A page of another shape in a good run. One in eight is more than a tenth, so the list gets longer.
    site.pages[EUMIS] = html(good[EUMIS].replace("(8)", "(18)").replace("</ul></li>", more_rows() + "</ul></li>"))
    for number in range(9, 19):
        site.pages[f"{DETAIL}{guid(number)}"] = site.pages[f"{DETAIL}{guid(1)}"]
    site.pages[lost] = html("<html><body>Моля, влезте в системата</body></html>")
    run = crawl(tmp_path, replica, "bg_eumis").runs["bg_eumis"]
    assert (run.status, run.kept, run.vanished) == ("ok", 1, 0)
    (issue,) = [found for found in issues(tmp_path, "bg_eumis") if found.code == "lost_page"]
    assert f"; kept what it told on {run.started_at:%Y-%m-%d}" in issue.message

    # A firewall page in place of the list fails the run.
    site.pages[EUMIS] = html("<html><title>Request Rejected</title>Your support ID is: 7</html>")
    assert crawl(tmp_path, replica, "bg_eumis").code == 1

    site.pages[EUMIS], site.pages[lost] = html(good[EUMIS]), html(good[lost])
    site.log.clear()
    run = crawl(tmp_path, replica, "bg_eumis").runs["bg_eumis"]
    assert (run.status, run.fetched, run.changed) == ("ok", 8, 0)
    assert conditions(site, EUMIS) == [False]
    assert conditions(site, lost) == [False]
    assert conditions(site, f"{DETAIL}{guid(1)}") == [True]


def more_rows() -> str:
    return "".join(
        f'<li data-href="/bg/s/Procedure/Info/{guid(n)}">BG05SFPR002-2.{n:03d} -  Още {n}</li>' for n in range(9, 19)
    )


def test_a_page_that_answers_with_an_error_is_kept_and_not_taken_from_disk(
    tmp_path: Path, site: Site, replica: str
) -> None:
    assert crawl(tmp_path, replica, "euroaccess").code == 0
    for number, reply in enumerate((Reply(b"", 500), Reply(b"", reset=True)), 3):
        site.pages[f"www.euro-access.eu/en/calls/{number}/houses"] = reply
    run = crawl(tmp_path, replica, "euroaccess").runs["euroaccess"]
    assert (run.status, run.unchanged, run.kept, run.vanished) == ("ok", 22, 2, 0)
    assert [issue.code for issue in issues(tmp_path, "euroaccess")] == ["lost_page"] * 2
    assert len(table(tmp_path, tables.version)) == 24


def killed(home: Path, replica: str, site: Site, number: int, *sources: str) -> list[str]:
    """Start a crawl, kill it when so many details were asked for, and give all that it asked for."""
    env = environment(home, replica)
    process = subprocess.Popen(command(*sources), env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_until(lambda: details(site) >= number)
    process.kill()
    process.communicate()
    return [name_of(asked) for asked in site.log]


def details(site: Site) -> int:
    """How many details were asked for."""
    return sum(asked.place.startswith(DETAIL) for asked in site.log)


def name_of(asked: Asked) -> str:
    return f"{asked.method} {asked.place}?{asked.query_string} {asked.body!r}"


def test_a_killed_crawl_goes_on_and_ends_like_one_that_was_not(tmp_path: Path, site: Site, replica: str) -> None:
    assert crawl(tmp_path / "whole", replica, "bg_eumis", "ft_portal").code == 0
    whole = {name_of(asked) for asked in site.log}

    def slow(_asked: Asked, reply: Reply) -> Reply:
        time.sleep(0.3)
        return reply

    site.faults |= {f"{DETAIL}{guid(number)}": slow for number in range(1, 9)}
    site.faults[API] = slow
    site.log.clear()
    before = killed(tmp_path / "killed", replica, site, 4, "bg_eumis", "ft_portal")
    assert last_runs(tmp_path / "killed")["bg_eumis"].status == "running"
    site.log.clear()
    killed(tmp_path / "killed", replica, site, 3, "bg_eumis", "ft_portal")
    before += [name_of(asked) for asked in site.log]
    site.log.clear()
    done = crawl(tmp_path / "killed", replica, "bg_eumis", "ft_portal")
    assert done.code == 0
    assert done.out.count("went on with the run of") == 2

    asked = Counter([*before, *(name_of(asked) for asked in site.log)])
    assert set(asked) == whole
    # What was on its way when the process was killed is asked again: at most one request of each source, twice.
    assert sum(asked.values()) <= len(whole) + 4
    assert max(asked.values()) == 2
    compared = ("source", "key", "content_hash", "version", "vanished_at")
    states = [
        sorted(tuple(row[name] for name in compared) for row in table(tmp_path / home, tables.record))
        for home in ("whole", "killed")
    ]
    assert states[0] == states[1]
    assert kept_pages(tmp_path / "killed", "ft_portal") == 1  # robots.txt: no answer of a search outlives its run
    assert kept_pages(tmp_path / "killed", "bg_eumis") == 10

    site.log.clear()
    site.faults.clear()
    again = crawl(tmp_path / "killed", replica, "bg_eumis", "ft_portal")
    assert {name_of(asked) for asked in site.log} == whole
    assert "went on" not in again.out


def test_a_fresh_crawl_begins_from_the_beginning(tmp_path: Path, site: Site, replica: str) -> None:
    killed(tmp_path, replica, site, 5, "bg_eumis")
    site.log.clear()
    done = crawl(tmp_path, replica, "--fresh", "bg_eumis")
    assert (done.code, "went on" in done.out) == (0, False)
    assert len(site.log) == 10
    assert not any("If-None-Match" in asked.headers for asked in site.log)


def test_an_interrupt_from_the_keyboard_is_gone_on_with(tmp_path: Path, site: Site, replica: str) -> None:
    def slow(_asked: Asked, reply: Reply) -> Reply:
        time.sleep(0.3)
        return reply

    site.faults |= {f"{DETAIL}{guid(number)}": slow for number in range(1, 9)}
    env = environment(tmp_path, replica)
    process = subprocess.Popen(command("bg_eumis"), env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_until(lambda: details(site) >= 4)
    os.kill(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"the same command again goes on" in out
    assert last_runs(tmp_path)["bg_eumis"].status == "interrupted"
    done = crawl(tmp_path, replica, "bg_eumis")
    assert (done.code, done.runs["bg_eumis"].fetched) == (0, 8)
    assert len(site.log) <= 11
