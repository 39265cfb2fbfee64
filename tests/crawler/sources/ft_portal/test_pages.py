"""Pages of the search over HTTP: replicas of different order, ignored filters, and codes that cannot be compared."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.issues import Issue
from corpus.store import Store
from tests.crawler.process import crawl, store_url
from tests.crawler.replica import Asked, Replica, Reply, Row, Site, read_parts
from tests.crawler.site import API, FACETS, PROGRAMMES, small_world, topic_row

pytestmark = pytest.mark.slow
FT, CERV = "ft_portal", "43251589"
WHOLE = 191  # records of the small world


@pytest.fixture
def site() -> Site:
    return small_world()


@pytest.fixture
def replica(site: Site) -> Iterator[str]:
    with Replica(site) as server:
        yield server.url


def issues(home: Path) -> list[Issue]:
    store = Store.open(store_url(home))
    try:
        return store.issues(store.runs(FT, 1)[0].id)
    finally:
        store.close()


def calls_asked_for(asked: Asked) -> str | None:
    """The programme whose calls are asked for."""
    clauses = [clause.get("terms", {}) for clause in read_parts(asked)["query"]["bool"]["must"]]
    return next((terms["frameworkProgramme"][0] for terms in clauses if "frameworkProgramme" in terms), None)


def with_rows(reply: Reply, rows: list[Row], total: int) -> Reply:
    data = json.loads(reply.body) | {"results": rows, "totalResults": total}
    return replace(reply, body=json.dumps(data).encode())


def test_a_replica_of_another_order_costs_a_second_walk_and_no_row(tmp_path: Path, site: Site, replica: str) -> None:
    asked_for: Counter[str] = Counter()
    first_page: list[Row] = []

    def shuffled(asked: Asked, reply: Reply) -> Reply:
        number = asked.query["pageNumber"][0]
        if calls_asked_for(asked) != CERV:
            return reply
        asked_for[number] += 1
        rows = json.loads(reply.body)["results"]
        if number == "1":
            first_page[:] = rows
        if number == "2" and asked_for[number] == 1:
            return with_rows(reply, [*first_page[:15], *rows[15:]], 141)  # fifteen rows twice, fifteen never
        return reply

    site.faults[API] = shuffled
    done = crawl(tmp_path, replica, FT)
    assert (done.code, done.runs[FT].fetched, issues(tmp_path)) == (0, WHOLE, [])
    assert asked_for == {"1": 2, "2": 2}


def test_an_ignored_filter_is_told_and_brings_no_strange_row(tmp_path: Path, site: Site, replica: str) -> None:
    site.rows["SEDIA"].append(topic_row(900, "43254019", frameworkProgramme=["43108390"]))  # a programme we do not ask

    def unfiltered(asked: Asked, reply: Reply) -> Reply:
        if calls_asked_for(asked) is None:
            return reply
        rows = site.rows["SEDIA"]
        start = 100 * (int(asked.query["pageNumber"][0]) - 1)
        return with_rows(reply, rows[start : start + 100], len(rows))

    site.faults[API] = unfiltered
    done = crawl(tmp_path, replica, FT)
    assert (done.code, done.runs[FT].fetched) == (0, WHOLE)
    told = {issue.key for issue in issues(tmp_path) if issue.code == "filter_ignored"}
    assert told == {f"calls of {name}" for name in ("AMIF", "CERV", "ESF+", "I3", "ERDF-TA", "SOCPL")}


def test_rows_without_dates_come_too(tmp_path: Path, site: Site, replica: str) -> None:
    site.rows["SEDIA"].append(topic_row(901, startDate=[], deadlineDate=[], sortStatus=[]))
    assert crawl(tmp_path, replica, FT).runs[FT].fetched == WHOLE + 1


def test_more_rows_than_can_be_reached_fail_the_run(tmp_path: Path, site: Site, replica: str) -> None:
    site.faults[API] = lambda _asked, reply: with_rows(reply, json.loads(reply.body)["results"], 10_001)
    run = crawl(tmp_path, replica, FT).runs[FT]
    assert run.status == "failed"
    assert "10001 rows, but only 10000 can be reached: split it" in run.message


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(b"", 404), "answered with status 404"),
        (Reply(b"<html>maintenance</html>"), "no whole JSON"),
        (Reply(b'{"results": []}', content_type="application/json"), "name no programme"),
    ],
)
def test_codes_that_cannot_be_compared_stop_nothing(
    tmp_path: Path, site: Site, replica: str, reply: Reply, says: str
) -> None:
    site.pages[FACETS] = reply
    done = crawl(tmp_path, replica, FT)
    assert (done.code, done.runs[FT].fetched) == (0, WHOLE)
    (issue,) = issues(tmp_path)
    assert (issue.key, issue.code) == ("facets", "not_checked")
    assert says in issue.message


def test_a_new_programme_and_one_whose_number_changed_are_told(tmp_path: Path, site: Site, replica: str) -> None:
    for row in site.rows["SEDIA"]:
        if row["metadata"]["frameworkProgramme"] == ["43252517"]:
            row["metadata"]["frameworkProgramme"] = ["50000001"]
    done = crawl(tmp_path, replica, FT)
    assert (done.code, done.runs[FT].fetched) == (0, WHOLE - 9)
    told = {(issue.code, issue.raw) for issue in issues(tmp_path)}
    assert told == {("unmapped_value", "50000001"), ("missing_programme", "43252517")}
    assert "43252517" in PROGRAMMES
