"""Everything that goes wrong between a site and us, over real HTTP: what the run says, and what stays.

All faults are met in one crawl of many sources, so it is also seen that none of them stops another.
"""

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from corpus import tables
from corpus.issues import Issue
from corpus.runs import RunSummary
from corpus.store import Store
from tests.crawler.fault_crawl import BROKEN, TIMEOUT, host_of
from tests.crawler.process import ROOT, environment, last_runs, store_url
from tests.crawler.replica import Asked, Fault, Replica, Reply, Site
from tests.crawler.site import EUROACCESS, euroaccess_list, euroaccess_page, html, project_row, topic_row

pytestmark = pytest.mark.slow
PAGES = 12
WALL = html("<html><body><h1>Log in</h1><form action='/login'>Password <input type='password'></form></body></html>")
ERROR = html("<html><head><title>Service unavailable</title></head><body>Please come back later.</body></html>")


def everywhere(reply: Reply) -> Fault:
    return lambda _asked, _reply: reply


def slow(_asked: Asked, reply: Reply) -> Reply:
    time.sleep(1.5 * TIMEOUT)
    return reply


def busy_once() -> Fault:
    seen: set[str] = set()

    def fault(asked: Asked, reply: Reply) -> Reply:
        first = asked.place not in seen and len(seen) < 2
        seen.add(asked.place)
        return Reply(b"busy", 429, headers=(("Retry-After", "1"),)) if first else reply

    return fault


def latin(reply: Reply) -> Reply:
    """Other letters than the header says."""
    return replace(reply, body=reply.body.decode().replace("e", "é").encode("latin-1", "replace"))


def half(reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def cut_off(reply: Reply) -> Reply:
    """The connection ends before the length that was announced."""
    return replace(half(reply), announced=len(reply.body))


def redirected(to: str) -> Fault:
    return lambda asked, _reply: Reply(b"", 302, headers=(("Location", to or f"/{asked.place.partition('/')[2]}"),))


def in_a_circle(asked: Asked, _reply: Reply) -> Reply:
    path = "/b" if asked.place.endswith("/a") else "/a"
    return Reply(b"", 302, headers=(("Location", path),))


def empty(asked: Asked, _reply: Reply) -> Reply:
    if asked.method == "POST":
        return Reply(b'{"totalResults": 0, "results": [], "pageNumber": 1}', content_type="application/json")
    return html(euroaccess_list([]))


def renamed(_asked: Asked, reply: Reply) -> Reply:
    return replace(
        reply, body=reply.body.replace(b'"deadlineDate"', b'"closingDate"').replace(b">deadlines<", b">dates<")
    )


LIST: dict[str, tuple[Fault, str]] = {
    "too_many": (everywhere(Reply(b"busy", 429, headers=(("Retry-After", "1"),))), "answered with status 429"),
    "much_later": (
        everywhere(Reply(b"busy", 429, headers=(("Retry-After", "9999"),))),
        "asks to be left alone for (another )?9999 seconds",
    ),
    "error_500": (everywhere(Reply(b"oops", 500)), "answered with status 500"),
    "timeout": (slow, r"did not answer: DownloadTimeoutError: .* took longer than 5\.0 seconds"),
    "drip": (lambda _asked, reply: replace(reply, drip=0.05), "did not answer: DownloadTimeoutError"),
    "reset": (everywhere(Reply(b"", reset=True)), "did not answer: Download"),
    "cut_off": (
        lambda _a, reply: replace(half(reply), announced=len(reply.body)),
        "did not answer: ResponseDataLossError",
    ),
    "half": (lambda _asked, reply: half(reply), "(whole JSON|the heading says 12 calls, the table has 6)"),
    "latin": (lambda _asked, reply: latin(reply), "(mis-encoded|whole JSON)"),
    "error_200": (everywhere(ERROR), "(whole JSON|the list of calls has no table)"),
    "wall_200": (everywhere(WALL), "(whole JSON|the list of calls has no table)"),
    "wall_302": (
        redirected("https://login.example.org/"),
        "(to another site|login.example.org is no host of this source)",
    ),
    "itself": (redirected(""), "(redirected in a circle|max redirections reached)"),
    "circle": (in_a_circle, "(redirected in a circle|max redirections reached)"),
    "empty": (empty, "0 records, a healthy run has at least 5"),
    "renamed": (renamed, r"timeline\.cutoffs was told by \d+% of the calls of the last good run, now by 0%"),
}
"""Faults of a whole source, and what its run must say."""

ROBOTS = {
    "robots_forbid": (Reply(b"User-agent: *\nDisallow: /\n", content_type="text/plain"), "robots.txt of .* forbids /"),
    "robots_500": (Reply(b"", 500), "was not asked: robots.txt answered with status 500"),
    "robots_reset": (Reply(b"", reset=True), "was not asked: robots.txt did not answer: Download"),
}

DETAIL: dict[str, tuple[Fault, str]] = {
    "one_500": (everywhere(Reply(b"", 500)), "answered with status 500"),
    "one_timeout": (slow, "did not answer: DownloadTimeoutError"),
    "one_reset": (everywhere(Reply(b"", reset=True)), "did not answer: Download"),
    "one_cut_off": (lambda _a, reply: cut_off(reply), "ResponseDataLossError"),
    "one_half": (lambda _asked, reply: half(reply), "is cut off: it does not end as the list does"),
    "one_latin": (lambda _asked, reply: latin(reply), "is mis-encoded: [0-9]+ letters cannot be read as utf-8"),
    "one_error_200": (everywhere(ERROR), "is not the page of a call"),
    "one_wall_302": (redirected("https://login.example.org/"), "redirected in a circle or elsewhere"),
    "one_circle": (in_a_circle, "redirected in a circle or elsewhere"),
}
"""Faults of one page among many."""

KINDS = ("euroaccess", "ft_portal")
FAILING = [f"{kind}__{fault}" for kind in KINDS for fault in (*LIST, *ROBOTS)]
KEEPING = [f"euroaccess__{fault}" for fault in DETAIL]
GOOD = [f"{kind}__{fault}" for kind in KINDS for fault in ("busy_once", "well")]
MANY, LOST = "euroaccess__three_500", 3
UNSTARTED = f"euroaccess__{BROKEN}"


@dataclass(slots=True)
class World(Site):
    """Copies of a small EuroAccess and a small portal; `broken` decides whether the faults are on."""

    broken: bool = False
    by_host: dict[str, Fault] = field(default_factory=dict)

    def _answer(self, asked: Asked) -> Reply:
        reply = Site._answer(self, asked)
        fault = self.by_host.get(asked.place.split("/")[0])
        return fault(asked, reply) if fault and self.broken else reply


def world() -> World:
    made = World()
    made.rows["SEDIA"] = [topic_row(n) for n in range(12)]
    made.rows["SEDIA_NONH2020_PROD"] = [project_row(n) for n in range(3)]
    for name in (*FAILING, *KEEPING, *GOOD, MANY):
        host = host_of(name)
        made.pages[f"{host}/robots.txt"] = Reply(b"User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
        if name.startswith("euroaccess"):
            numbers = list(range(1, PAGES + 1))
            pages = {EUROACCESS: euroaccess_list(numbers)}
            pages |= {f"{EUROACCESS}/{n}/houses": euroaccess_page(n) for n in numbers}
            made.pages |= {own(place, host): html(own(text, host)) for place, text in pages.items()}
        made.by_host[host] = fault_of(name.split("__")[1])
    return made


def own(text: str, host: str) -> str:
    return text.replace("www.euro-access.eu", host)


def fault_of(name: str) -> Fault:
    if name in LIST:
        return unless(LIST[name][0], robots)
    if name in ROBOTS:
        return unless(everywhere(ROBOTS[name][0]), lambda asked: not robots(asked))
    if name in DETAIL:
        return unless(DETAIL[name][0], lambda asked: "/7/" not in asked.place and asked.place[-2:] not in ("/a", "/b"))
    if name == "three_500":
        return unless(everywhere(Reply(b"", 500)), lambda asked: not any(f"/{n}/" in asked.place for n in (1, 2, 3)))
    return unless(busy_once(), robots) if name == "busy_once" else lambda _asked, reply: reply


def robots(asked: Asked) -> bool:
    return asked.place.endswith("/robots.txt")


def unless(fault: Fault, spared: Callable[[Asked], bool]) -> Fault:
    return lambda asked, reply: reply if spared(asked) else fault(asked, reply)


Records = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Met:
    """A good crawl and one with all faults."""

    home: Path
    codes: tuple[int, int]
    first: dict[str, RunSummary]
    runs: dict[str, RunSummary]
    before: Records
    after: Records
    seconds: float
    asked: set[str]
    times: Counter[str]
    out: str
    err: str

    def issues(self, source: str) -> list[Issue]:
        store = Store.open(store_url(self.home))
        try:
            return store.issues(self.runs[source].id)
        finally:
            store.close()


def start(home: Path, replica: str, *names: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.crawler.fault_crawl", *names]
    return subprocess.run(
        command, env=environment(home, replica), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def records(home: Path) -> Records:
    """What the store believes of every source."""
    engine, r = create_engine(store_url(home)), tables.record.c
    found: Records = {}
    with engine.connect() as connection:
        for row in connection.execute(
            select(r.source, r.key, r.content_hash, r.version, r.vanished_at).order_by(r.key)
        ):
            found.setdefault(row.source, []).append(tuple(row)[1:])
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    home, site = tmp_path_factory.mktemp("faults"), world()
    names = [*FAILING, *KEEPING, *GOOD, MANY]
    with Replica(site) as server:
        good = start(home, server.url, *names)
        first, before = last_runs(home), records(home)
        site.broken = True
        site.log.clear()
        began = time.monotonic()
        bad = start(home, server.url, UNSTARTED, *names)
        seconds = time.monotonic() - began
    codes = (good.returncode, bad.returncode)
    said = {"out": bad.stdout, "err": good.stderr + bad.stderr}
    asked = {place.place for place in site.log}
    times = Counter(place.place.split("/")[0] for place in site.log)
    return Met(home, codes, first, last_runs(home), before, records(home), seconds, asked, times, **said)


def test_without_faults_all_is_well(met: Met) -> None:
    assert met.codes == (0, 1)
    assert {run.status for run in met.first.values()} == {"ok"}
    assert {len(found) for source, found in met.before.items() if source.startswith("euro")} == {PAGES}
    assert {len(found) for source, found in met.before.items() if source.startswith("ft")} == {15}
    assert [text for text in met.err.split("Traceback")[1:] if not twisted_was_late(text)] == []


def twisted_was_late(traceback: str) -> bool:
    """Whether a time-out of Twisted's own fired together with the answer: it says so, and nothing is lost by it."""
    frames = [line for line in traceback.splitlines() if line.lstrip().startswith("File ")]
    return "AlreadyCalledError" in traceback and all("site-packages" in frame for frame in frames)


def test_nothing_hangs(met: Met) -> None:
    assert met.seconds < 90


@pytest.mark.parametrize("source", FAILING)
def test_a_fault_of_the_whole_source_fails_its_run_and_keeps_the_last_good_data(met: Met, source: str) -> None:
    fault = source.split("__")[1]
    run, said = met.runs[source], (LIST | ROBOTS)[fault][1]
    assert run.status == "failed"
    assert (run.new, run.changed, run.unchanged, run.vanished) == (0, 0, 0, 0)
    assert re.search(said, run.message)
    assert run.message.endswith("kept the last good data")
    assert met.after[source] == met.before[source]


@pytest.mark.parametrize("source", KEEPING)
def test_a_fault_of_one_page_is_an_issue_and_keeps_its_record(met: Met, source: str) -> None:
    run = met.runs[source]
    assert (run.status, run.unchanged, run.kept) == ("ok", PAGES - 1, 1)
    assert (run.new, run.changed, run.vanished) == (0, 0, 0)
    (issue,) = met.issues(source)
    assert issue.code == "lost_page"
    assert re.search(DETAIL[source.split("__")[1]][1], issue.message)
    assert issue.message.endswith(f"; kept what it told on {met.first[source].started_at:%Y-%m-%d}")
    assert met.after[source] == met.before[source]


def test_more_than_a_tenth_of_the_pages_is_not_the_same_list(met: Met) -> None:
    assert met.runs[MANY].status == "failed"
    assert f"{LOST} of {PAGES} pages could not be read" in met.runs[MANY].message
    assert met.after[MANY] == met.before[MANY]


@pytest.mark.parametrize("source", GOOD)
def test_whoever_is_well_or_asked_for_patience_is_not_touched_by_the_others(met: Met, source: str) -> None:
    run = met.runs[source]
    assert (run.status, run.message, run.unchanged) == ("ok", "", len(met.before[source]))
    assert met.after[source] == met.before[source]


@pytest.mark.parametrize(("kind", "name"), [("euroaccess", "dates"), ("ft_portal", "closingDate")])
def test_a_renamed_field_is_named_in_the_issues(met: Met, kind: str, name: str) -> None:
    unknown = [issue for issue in met.issues(f"{kind}__renamed") if issue.code == "unknown_field"]
    assert name in {issue.field for issue in unknown}


@pytest.mark.parametrize("fault", ROBOTS)
def test_where_robots_txt_forbids_nothing_else_is_asked(met: Met, fault: str) -> None:
    for kind in KINDS:
        host = host_of(f"{kind}__{fault}")
        assert {place for place in met.asked if place.startswith(host)} == {f"{host}/robots.txt"}


def test_a_host_that_wants_to_be_left_alone_for_long_is_not_asked_again(met: Met) -> None:
    for kind in KINDS:
        assert met.times[host_of(f"{kind}__much_later")] == 2  # robots.txt, and once
        assert met.times[host_of(f"{kind}__too_many")] > 2


def test_no_stranger_is_asked(met: Met) -> None:
    assert not [place for place in met.asked if "login.example.org" in place]


def test_a_source_that_cannot_start_says_so(met: Met) -> None:
    run = met.runs[UNSTARTED]
    assert run.status == "failed"
    assert run.message == "could not start: MetadataError: expected one spider, found 0; kept the last good data"


def test_the_table_has_a_line_for_every_source(met: Met) -> None:
    lines = {line.split()[0]: line.split()[1] for line in met.out.splitlines()}
    assert lines.pop("source") == "status"
    assert lines == {source: run.status for source, run in met.runs.items()}
