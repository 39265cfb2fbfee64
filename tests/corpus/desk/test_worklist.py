"""What people should look at lies beside the records of a snapshot, each with its record and its countries."""

import datetime as dt
from pathlib import Path

import pytest

from corpus.build import build
from corpus.issues import Issue, read_issues
from corpus.store import Store
from tests.corpus.desk.conftest import Desk
from tests.factories import NOW, call, page, raw, source_meta

LATER = NOW + dt.timedelta(days=1)
LT = {"countries": ["LT"], "funds": ["ERDF"], "what": "calls"}
FILE = """
title: {en: Safe streets for all}
original_language: en
url: https://example.org/page
funds: [CERV]
identifiers: [{scheme: ft, value: A}]
sources: [{key: page, url: https://example.org/page, read_on: READ_ON}]
"""


@pytest.fixture(autouse=True)
def curated(tmp_path: Path) -> Path:
    folder = tmp_path / "curated" / "calls"
    folder.mkdir(parents=True)
    return folder


def tell(store: Store, now: dt.datetime = NOW, source: str = "source-a", **fields: object) -> None:
    run = store.begin_run(source_meta(source, covers=[LT]), now)
    identifiers = [{"scheme": "ft", "value": "A"}]
    run.add(raw("A", call("ft.A", identifiers=identifiers, sources=[page()], **fields), source))
    run.finish(now)


def listed(desk: Desk, tmp_path: Path) -> list[Issue]:
    snapshots = tmp_path / "snapshots"
    manifest, _ = build(Store(desk.engine), snapshots, NOW, tmp_path / "curated")
    return read_issues(snapshots / manifest.hash[:16])


def test_a_disagreement_names_its_record_its_countries_and_both_values(desk: Desk, tmp_path: Path) -> None:
    store = Store(desk.engine)
    for source, rate in (("source-a", 80), ("source-b", 60)):
        tell(store, source=source, money={"rate_max": rate}, geography={"countries": ["LT"]})
    (issue,) = listed(desk, tmp_path)
    assert (issue.code, issue.record, issue.countries) == ("conflict", "ft.A", ("LT",))
    assert [(quote.origin, quote.data) for quote in issue.quotes] == [("source-a", "80"), ("source-b", "60")]


def test_what_the_last_run_could_not_read_is_listed_with_the_record_it_is_about(desk: Desk, tmp_path: Path) -> None:
    store = Store(desk.engine)
    run = store.begin_run(source_meta(covers=[LT]), NOW)
    run.add(raw("A", call("ft.A", geography={"countries": ["PL"]})))
    run.report(Issue(source="source-a", key="A", code="date", field="timeline.opens", message="m", raw="soon"))
    run.report(Issue(source="source-a", code="count", message="many"))
    run.finish(NOW)
    found = {(issue.code, issue.record, issue.countries, issue.raw) for issue in listed(desk, tmp_path)}
    assert found == {("date", "ft.A", ("PL",), "soon"), ("count", "", ("LT",), "")}
    tell(store, LATER)
    assert listed(desk, tmp_path) == []


def test_a_run_that_failed_is_listed(desk: Desk, tmp_path: Path) -> None:
    store = Store(desk.engine)
    tell(store)
    store.begin_run(source_meta(covers=[LT]), LATER).finish(LATER)
    (issue,) = listed(desk, tmp_path)
    assert (issue.code, issue.source, issue.countries) == ("run_failed", "source-a", ("LT",))
    assert "0 records" in issue.message


@pytest.mark.parametrize(("read_on", "expected"), [("2026-11-20", ["changed"]), ("2026-11-24", [])])
def test_a_call_that_changed_after_a_person_read_it_is_listed(
    desk: Desk, curated: Path, tmp_path: Path, read_on: str, expected: list[str]
) -> None:
    (curated / "streets.yml").write_text(FILE.replace("READ_ON", read_on))
    store = Store(desk.engine)
    tell(store, money={"rate_max": 80})
    tell(store, LATER, money={"rate_max": 60})
    issues = listed(desk, tmp_path)
    assert [issue.code for issue in issues] == expected
    assert all("money.rate_max: 80 -> 60" in issue.message for issue in issues)
