"""The life of a run, on every database: a good one replaces the data, any other leaves the last good ones."""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select

from corpus import promote, tables
from corpus.errors import StoreError
from corpus.issues import Issue, Level
from corpus.raw import RawRecord, SourceMeta
from corpus.runs import RunSummary, Terms
from corpus.store import NO_TERMS, Store
from tests.factories import NOW, call, page, raw, source_meta

META = source_meta()
LATER = NOW + dt.timedelta(days=1)
LATEST = NOW + dt.timedelta(days=2)


def told(key: str, title: str = "Title", source: str = "source-a") -> RawRecord:
    return raw(key, call(f"ft.{key}", title={"en": title}, identifiers=[{"scheme": "ft", "value": key}]), source)


def crawl(
    store: Store, *records: RawRecord, now: dt.datetime = NOW, meta: SourceMeta = META, terms: Terms = NO_TERMS
) -> RunSummary:
    """One whole run."""
    run = store.begin_run(meta, now, terms)
    for record in records:
        run.add(record)
    return run.finish(now)


def counts(summary: RunSummary) -> dict[str, int]:
    names = ("fetched", "new", "changed", "unchanged", "vanished")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


def keys(store: Store) -> list[str]:
    return [member.key for member in store.members()]


def titles(store: Store, *wanted: str) -> list[str]:
    found = store.records([("source-a", key) for key in wanted])
    return [found["source-a", key].title["en"] for key in wanted]  # type: ignore[index]


def rows(url: str, table: Any) -> list[dict[str, Any]]:
    """What really stands in the database."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(select(table)).mappings()]
    engine.dispose()
    return found


def test_a_first_run_brings_new_records(store: Store) -> None:
    summary = crawl(store, told("A"), told("B"))
    assert counts(summary) == {"fetched": 2, "new": 2}
    assert (summary.status, summary.source, summary.message) == ("ok", "source-a", "")
    assert (summary.started_at, summary.finished_at) == (NOW, NOW)
    assert keys(store) == ["A", "B"]


def test_new_changed_unchanged_and_vanished_are_told_apart(store: Store) -> None:
    crawl(store, told("A"), told("B"), told("C"))
    summary = crawl(store, told("A"), told("B", "New title"), told("D"), now=LATER)
    assert counts(summary) == {"fetched": 3, "new": 1, "changed": 1, "unchanged": 1, "vanished": 1}
    assert keys(store) == ["A", "B", "D"]
    assert titles(store, "A", "B") == ["Title", "New title"]


def test_a_page_fetched_again_without_change_is_unchanged(store: Store) -> None:
    def fetched(when: dt.datetime) -> RawRecord:
        return raw("A", call("ft.A", sources=[page(method="parsed", fetched_at=when, content_hash=when.isoformat())]))

    crawl(store, fetched(NOW))
    assert counts(crawl(store, fetched(LATER), now=LATER)) == {"fetched": 1, "unchanged": 1}
    assert len(store.versions("source-a", "A")) == 1


def test_a_record_that_comes_back_is_there_again(store: Store, store_url: str) -> None:
    crawl(store, told("A"), told("B"))
    crawl(store, told("A"), now=LATER)
    assert keys(store) == ["A"]
    (gone,) = [row for row in rows(store_url, tables.record) if row["key"] == "B"]
    assert (gone["vanished_at"], gone["last_seen"]) == (LATER, NOW)
    assert counts(crawl(store, told("A"), told("B"), now=LATEST)) == {"fetched": 2, "unchanged": 2}
    assert keys(store) == ["A", "B"]
    (back,) = [row for row in rows(store_url, tables.record) if row["key"] == "B"]
    assert (back["vanished_at"], back["first_seen"], back["last_seen"], back["version"]) == (None, NOW, LATEST, 1)


def test_a_record_that_comes_back_changed_has_another_version(store: Store) -> None:
    crawl(store, told("A"), told("B"))
    crawl(store, told("A"), now=LATER)
    assert counts(crawl(store, told("A"), told("B", "New"), now=LATEST)) == {"fetched": 2, "changed": 1, "unchanged": 1}
    assert keys(store) == ["A", "B"]
    assert [version["version"] for version in store.versions("source-a", "B")] == [1, 2]


def test_what_has_vanished_is_not_counted_again(store: Store) -> None:
    crawl(store, told("A"), told("B"))
    crawl(store, told("A"), now=LATER)
    assert counts(crawl(store, told("A"), now=LATEST)) == {"fetched": 1, "unchanged": 1}


def test_every_version_is_kept_with_its_time_and_content(store: Store) -> None:
    for title, when in (("One", NOW), ("Two", LATER), ("One", LATEST)):
        crawl(store, told("A", title), now=when)
    versions = store.versions("source-a", "A")
    assert [(v["version"], v["seen_at"], v["payload"]["title"]["en"]) for v in versions] == [
        (1, NOW, "One"),
        (2, LATER, "Two"),
        (3, LATEST, "One"),
    ]
    assert versions[0]["content_hash"] == versions[2]["content_hash"] != versions[1]["content_hash"]


def test_a_changed_id_or_name_is_a_change(store: Store) -> None:
    crawl(store, told("A"))
    renamed = raw("A", call("eui.IA-9", identifiers=[{"scheme": "eui", "value": "IA-9"}]))
    assert counts(crawl(store, renamed, now=LATER)) == {"fetched": 1, "changed": 1}
    (member,) = store.members()
    assert (member.record_id, member.identifiers) == ("eui.IA-9", (("eui", "IA-9"),))


def test_a_key_listed_twice_counts_once_and_the_last_stands(store: Store) -> None:
    far_apart = [told(f"K{n}") for n in range(250)]  # more than is kept in memory
    summary = crawl(store, told("A", "First"), told("A", "Second"), *far_apart, told("A", "Last"))
    assert counts(summary) == {"fetched": 251, "new": 251}
    assert titles(store, "A") == ["Last"]


def test_a_failed_run_keeps_the_last_good_data(store: Store, store_url: str) -> None:
    crawl(store, told("A"))
    run = store.begin_run(META, LATER)
    for n in range(250):
        run.add(told(f"K{n}"))
    run.report(Issue(source="source-a", code="http", message="status 500"))
    summary = run.fail(LATER, "the source answers 500")
    assert (summary.status, summary.message, summary.issues) == ("failed", "the source answers 500", 1)
    assert counts(summary) == {}
    assert keys(store) == ["A"]
    assert rows(store_url, tables.staged) == []


@pytest.mark.parametrize(("least", "found"), [(1, 0), (3, 2)])
def test_too_few_records_are_a_failure(store: Store, store_url: str, least: int, found: int) -> None:
    crawl(store, told("A"), told("B"), told("C"))
    records = [told(f"K{n}") for n in range(found)]
    summary = crawl(store, *records, now=LATER, meta=source_meta(expect_min=least))
    assert (summary.status, summary.fetched) == ("failed", found)
    assert summary.message == f"{found} records, a healthy run has at least {least}; kept the last good data"
    assert keys(store) == ["A", "B", "C"]
    assert rows(store_url, tables.staged) == []


def test_just_enough_records_are_no_failure(store: Store) -> None:
    assert crawl(store, told("A"), told("B"), meta=source_meta(expect_min=2, expect_max=2)).status == "ok"


def test_too_many_records_are_kept_and_noted(store: Store) -> None:
    summary = crawl(store, told("A"), told("B"), meta=source_meta(expect_max=1))
    assert (summary.status, summary.issues, keys(store)) == ("ok", 1, ["A", "B"])
    (issue,) = store.issues(summary.id)
    assert issue == Issue(source="source-a", code="count", message="2 records, more than the 1 of a healthy run")


def test_a_run_that_was_killed_is_closed_by_the_next_one(store: Store, store_url: str) -> None:
    crawl(store, told("A"))
    killed = store.begin_run(META, LATER)
    for n in range(250):
        killed.add(told(f"K{n}"))
    assert len(rows(store_url, tables.staged)) == 200
    assert keys(store) == ["A"]
    store.close()

    again = Store.open(store_url)
    assert [run.status for run in again.runs("source-a")] == ["running", "ok"]
    assert counts(crawl(again, told("A"), now=LATEST)) == {"fetched": 1, "unchanged": 1}
    assert [(run.status, run.message) for run in again.runs("source-a")] == [
        ("ok", ""),
        ("interrupted", "the process was killed; kept the last good data"),
        ("ok", ""),
    ]
    assert again.runs("source-a")[1].finished_at == LATEST
    assert rows(store_url, tables.staged) == []
    again.close()


def test_an_interruption_in_the_last_step_changes_nothing(
    store: Store, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(store, told("A"), told("B"))
    before = rows(store_url, tables.record)
    run = store.begin_run(META, LATER)
    run.add(told("A", "New"))
    run.add(told("C"))

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(promote, "_keep_versions", killed)
        with pytest.raises(KeyboardInterrupt):
            run.finish(LATER)
    assert rows(store_url, tables.record) == before
    assert len(store.versions("source-a", "A")) == 1
    assert run.finish(LATER).status == "ok"
    assert keys(store) == ["A", "C"]


def test_a_second_run_of_a_source_ends_the_first(store: Store, store_url: str) -> None:
    first = store.begin_run(META, NOW)
    second = store.begin_run(META, LATER)
    for n in range(199):
        first.add(told(f"K{n}"))
    with pytest.raises(StoreError, match="run 1 of 'source-a' has already ended: was another started beside it"):
        first.add(told("K199"))
    with pytest.raises(StoreError, match="has already ended"):
        first.finish(LATER)
    assert rows(store_url, tables.staged) == []
    second.add(told("A"))
    assert second.finish(LATER).status == "ok"
    assert keys(store) == ["A"]


@pytest.mark.parametrize("end", ["finish", "fail"])
def test_a_run_ends_once(store: Store, end: str) -> None:
    run = store.begin_run(META, NOW)
    run.add(told("A"))
    run.finish(NOW)
    arguments = (NOW,) if end == "finish" else (NOW, "changed my mind")
    with pytest.raises(StoreError, match="has already ended"):
        getattr(run, end)(*arguments)
    assert store.runs("source-a")[0].status == "ok"


def test_runs_of_two_sources_go_on_beside_each_other(store_url: str) -> None:
    Store.open(store_url).close()

    def whole_run(source: str) -> RunSummary:
        own = Store.open(store_url)
        records: Iterable[RawRecord] = (told(f"K{n}", source=source) for n in range(450))
        try:
            return crawl(own, *records, meta=source_meta(source))
        finally:
            own.close()

    with ThreadPoolExecutor(4) as pool:
        summaries = list(pool.map(whole_run, ["source-a", "source-b", "source-c", "source-d"]))
    assert [counts(summary) for summary in summaries] == [{"fetched": 450, "new": 450}] * 4
    assert len({summary.id for summary in summaries}) == 4
    engine = create_engine(store_url)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(tables.record)).scalar_one() == 1800
    engine.dispose()


def test_one_source_leaves_the_records_of_another_alone(store: Store) -> None:
    crawl(store, told("A"), told("B"))
    other = source_meta("source-b")
    assert counts(crawl(store, told("A", source="source-b"), meta=other, now=LATER)) == {"fetched": 1, "new": 1}
    assert [(m.source, m.key) for m in store.members()] == [("source-a", "A"), ("source-a", "B"), ("source-b", "A")]


def test_issues_are_kept_in_order_as_they_were(store: Store) -> None:
    found = [
        Issue(source="source-a", key="A", level=Level.ERROR, code="date", field="timeline", message="m", raw="31.02."),
        Issue(source="source-a", code="text", message="Щъркел"),
    ]
    run = store.begin_run(META, NOW)
    for issue in found:
        run.report(issue)
    run.add(told("A"))
    summary = run.finish(NOW)
    assert summary.issues == 2
    assert store.issues(summary.id) == found


def test_many_issues_are_all_kept(store: Store) -> None:
    run = store.begin_run(META, NOW)
    run.add(told("A"))
    for n in range(450):
        run.report(Issue(source="source-a", code="text", message=f"issue {n}"))
    summary = run.finish(NOW)
    assert [issue.message for issue in store.issues(summary.id)] == [f"issue {n}" for n in range(450)]


def test_a_record_of_another_source_is_refused(store: Store) -> None:
    run = store.begin_run(META, NOW)
    with pytest.raises(StoreError, match="a record of 'source-b' in a run of 'source-a'"):
        run.add(told("A", source="source-b"))
    run.fail(NOW, "wrong source")


def test_times_keep_their_zone(store: Store) -> None:
    sofia = dt.timezone(dt.timedelta(hours=2))
    summary = crawl(store, told("A"), now=NOW.astimezone(sofia))
    assert summary.started_at == NOW
    assert summary.started_at.utcoffset() == dt.timedelta(0)


DAY = Terms(resume_within=dt.timedelta(days=1))
HOUR = dt.timedelta(hours=1)


def test_an_interrupted_run_is_gone_on_with(store: Store) -> None:
    store.begin_run(META, NOW, DAY).interrupt(NOW, "interrupted")
    second = store.begin_run(META, NOW + HOUR, DAY)
    assert second.resumed == NOW
    second.interrupt(NOW + HOUR, "interrupted")
    killed = store.begin_run(META, NOW + 2 * HOUR, DAY)
    assert killed.resumed == NOW
    summary = crawl(store, told("A"), now=NOW + 3 * HOUR, terms=DAY)
    assert (summary.status, summary.resumed) == ("ok", NOW)
    assert store.begin_run(META, NOW + 4 * HOUR, DAY).resumed is None


def test_an_old_or_failed_run_is_not_gone_on_with(store: Store) -> None:
    store.begin_run(META, NOW, DAY).interrupt(NOW, "interrupted")
    assert store.begin_run(META, LATER + HOUR, DAY).resumed is None
    assert store.begin_run(META, LATER + 2 * HOUR).resumed is None
    store.begin_run(META, LATER + 3 * HOUR, DAY).fail(LATER, "status 500")
    assert store.begin_run(META, LATER + 4 * HOUR, DAY).resumed is None


def test_an_interrupted_run_keeps_the_last_good_data(store: Store, store_url: str) -> None:
    crawl(store, told("A"))
    run = store.begin_run(META, LATER)
    for n in range(250):
        run.add(told(f"K{n}"))
    assert run.interrupt(LATER, "interrupted").status == "interrupted"
    assert keys(store) == ["A"]
    assert rows(store_url, tables.staged) == []


def test_what_a_database_cannot_hold_is_cut_and_stops_nothing(store: Store) -> None:
    run = store.begin_run(META, NOW)
    run.report(Issue(source="source-a", key="k\0" * 600, field="f" * 200, code="c", message="a\0b", raw="\0"))
    run.add(told("A", "half\0letter"))
    summary = run.finish(NOW)
    (issue,) = store.issues(summary.id)
    assert (issue.key, issue.field, issue.message, issue.raw) == ("k" * 512, "f" * 128, "ab", "")
    assert titles(store, "A") == ["half\0letter"]
    assert store.begin_run(META, LATER).fail(LATER, "a\0b").message == "ab"
