"""Building a snapshot from curated files and from what the sources told."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from corpus.build import build, load_curated
from corpus.errors import CuratedError, SnapshotError
from corpus.issues import Level
from corpus.model import Call
from corpus.raw import RawRecord, SourceMeta
from corpus.snapshot import Manifest, Snapshot
from corpus.store import Store
from tests.corpus.test_curated import CALL, put
from tests.factories import NOW, call, closing, practice, raw, source_meta

LATER = NOW + dt.timedelta(days=1)
NAME = "identifiers: [{scheme: eui, value: IA-4}]\n"
IA_4 = [{"scheme": "eui", "value": "IA-4"}]


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    """One curated call, known to its register as IA-4."""
    folder = tmp_path / "curated"
    folder.mkdir()
    put(folder, CALL + NAME)
    return folder


def crawl(store: Store, *records: RawRecord, meta: SourceMeta | None = None, now: dt.datetime = NOW) -> None:
    run = store.begin_run(meta or source_meta(records[0].source), now)
    for record in records:
        run.add(record)
    run.finish(now)


def told(key: str, source: str = "source-a", **fields: Any) -> RawRecord:
    return raw(key, call(f"euroaccess.{key}", **fields), source)


def built(store: Store, curated: Path, tmp_path: Path) -> tuple[Snapshot, Manifest]:
    manifest, _ = build(store, tmp_path / "snapshots", NOW, curated)
    return Snapshot.current(tmp_path / "snapshots"), manifest


def get_call(snapshot: Snapshot, record_id: str) -> Call:
    record = snapshot.get(record_id)
    assert isinstance(record, Call)
    return record


def test_curated_records_alone_are_enough(store: Store, curated: Path, tmp_path: Path) -> None:
    snapshot, manifest = built(store, curated, tmp_path)
    assert snapshot.ids() == ["eui.IA-4"]
    assert (manifest.curated, manifest.conflicts, manifest.counts, manifest.sources) == (1, 0, {"call": 1}, ())


def test_crawled_records_are_added_in_order_of_their_ids(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, told("9"), told("1"), raw("P", practice("uia.P")))
    snapshot, manifest = built(store, curated, tmp_path)
    assert snapshot.ids() == ["eui.IA-4", "euroaccess.1", "euroaccess.9", "uia.P"]
    assert manifest.counts == {"call": 3, "practice": 1}


def test_a_curated_record_is_believed_before_a_crawled_one(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, told("7", identifiers=IA_4, title={"en": "Crawled", "bg": "Щъркел"}, management="indirect"))
    snapshot, _ = built(store, curated, tmp_path)
    record = get_call(snapshot, "eui.IA-4")
    assert len(snapshot) == 1
    assert (record.title, record.management) == ({"en": "Safe streets", "bg": "Щъркел"}, "indirect")
    assert [source.key for source in record.sources] == ["curated:eui.IA-4:page", "source-a:7:page"]


def test_of_two_sources_the_one_of_better_rank_is_believed(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, told("7", duration_months_max=12), meta=source_meta("source-a", rank=20))
    crawl(store, told("7", "source-b", duration_months_max=24), meta=source_meta("source-b", rank=10))
    manifest, (issue,) = build(store, tmp_path / "snapshots", NOW, curated)
    assert get_call(Snapshot.current(tmp_path / "snapshots"), "euroaccess.7").duration_months_max == 24
    assert (issue.source, issue.key, issue.field, issue.raw) == ("source-b", "7", "duration_months_max", "12")
    assert manifest.conflicts == 1


def test_of_two_sources_of_equal_rank_the_name_decides(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, told("7", "source-b", duration_months_max=24))
    crawl(store, told("7", "source-a", duration_months_max=12))
    snapshot, _ = built(store, curated, tmp_path)
    assert get_call(snapshot, "euroaccess.7").duration_months_max == 12


def test_every_conflict_is_counted(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, told("7", identifiers=IA_4, timeline=closing("2026-06-16")), told("8", duration_months_max=12))
    crawl(store, told("8", "source-b", duration_months_max=24, timeline=closing("2026-01-01")))
    manifest, issues = build(store, tmp_path / "snapshots", NOW, curated)
    assert [(issue.source, issue.field) for issue in issues] == [
        ("curated", "timeline.cutoffs"),
        ("source-a", "duration_months_max"),
    ]
    assert manifest.conflicts == 2


def test_what_cannot_be_merged_does_not_stop_the_build(store: Store, curated: Path, tmp_path: Path) -> None:
    put(curated, CALL + NAME)
    crawl(store, raw("P", practice("uia.P", identifiers=IA_4)), told("8"))
    manifest, (issue,) = build(store, tmp_path / "snapshots", NOW, curated)
    snapshot = Snapshot.current(tmp_path / "snapshots")
    assert snapshot.ids() == ["eui.IA-4", "euroaccess.8"]
    assert get_call(snapshot, "eui.IA-4").title == {"en": "Safe streets"}
    assert (issue.level, issue.code, issue.source) == (Level.ERROR, "not_merged", "curated")
    assert "told as Call and Practice" in issue.message
    assert manifest.conflicts == 1


def test_vanished_records_are_left_out(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, told("7"), told("8"))
    crawl(store, told("7"), now=LATER)
    snapshot, _ = built(store, curated, tmp_path)
    assert snapshot.ids() == ["eui.IA-4", "euroaccess.7"]


def test_what_no_source_tells_any_more_is_known_to_be_gone(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, told("7"), told("8"))
    crawl(store, told("7"), now=LATER)
    snapshot, _ = built(store, curated, tmp_path)
    assert snapshot.gone("euroaccess.8")
    assert not snapshot.gone("euroaccess.7")
    assert not snapshot.gone("euroaccess.never")
    crawl(store, told("7"), told("8"), now=LATER)
    snapshot, _ = built(store, curated, tmp_path)
    assert not snapshot.gone("euroaccess.8")


def test_a_link_by_the_code_of_a_programme_leads_to_it(store: Store, curated: Path, tmp_path: Path) -> None:
    """Lists of projects know programmes by their CCI; the record keeps the id that it had before the code was read."""
    (curated / "programmes").mkdir()
    text = "title: {en: A programme}\nurl: https://p.example.eu\nfunds: [ERDF]\ncci: 2021BG16FFPR001\n"
    source = "sources: [{key: p, url: https://p.example.eu, read_on: 2026-11-01}]\noriginal_language: en\n"
    (curated / "programmes" / "ours.yml").write_text(text + source, encoding="utf-8")
    crawl(store, told("A", programme="cci.2021BG16FFPR001"))
    snapshot, _ = built(store, curated, tmp_path)
    assert get_call(snapshot, "euroaccess.A").programme == "isopolis.ours"


def test_the_manifest_says_how_fresh_every_source_is(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, told("7"), told("8"))
    store.begin_run(source_meta(), LATER).fail(LATER, "status 500")
    store.begin_run(source_meta("source-b", rank=1), NOW)
    _, manifest = built(store, curated, tmp_path)
    states = [(s.id, s.last_good_run, s.last_status, s.records) for s in manifest.sources]
    assert states == [("source-b", None, "running", 0), ("source-a", NOW, "failed", 2)]
    assert manifest.sources[1].title == "Register source-a"


def test_the_same_again_is_the_same_snapshot(store: Store, curated: Path, tmp_path: Path) -> None:
    crawl(store, *(told(str(n)) for n in range(20)))
    _, first = built(store, curated, tmp_path)
    crawl(store, *(told(str(n)) for n in reversed(range(20))), now=LATER)
    _, second = built(store, curated, tmp_path)
    assert first.hash == second.hash
    assert [source.last_good_run for source in (*first.sources, *second.sources)] == [NOW, LATER]


def test_many_records_are_read_in_batches(
    store: Store, curated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.build._BATCH", 7)
    crawl(store, *(told(f"{n:02}") for n in range(20)))
    snapshot, _ = built(store, curated, tmp_path)
    assert snapshot.ids() == ["eui.IA-4", *(f"euroaccess.{n:02}" for n in range(20))]


def test_a_broken_curated_file_stops_the_build_and_the_last_good_snapshot_stays(
    store: Store, curated: Path, tmp_path: Path
) -> None:
    snapshot, _ = built(store, curated, tmp_path)
    path = put(curated, "title: none", "calls/broken.yml")
    with pytest.raises(CuratedError, match=str(path)):
        built(store, curated, tmp_path)
    assert Snapshot.current(tmp_path / "snapshots").folder == snapshot.folder


def test_nothing_at_all_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="there is not one record"):
        build(store, tmp_path / "snapshots", NOW, tmp_path)


# load_curated: what concerns several files


def problems(folder: Path) -> list[str]:
    with pytest.raises(CuratedError) as caught:
        load_curated(folder)
    return str(caught.value).splitlines()


def test_two_files_of_one_thing_are_refused(curated: Path) -> None:
    put(curated, CALL + NAME, "calls/again.yml")
    first, second = curated / "calls/again.yml", curated / "calls/streets.yml"
    assert problems(curated) == [f"{second}: has the id eui.IA-4 of {first}"]


@pytest.mark.parametrize(
    ("folder", "field", "line"),
    [
        ("calls", "programme", "programme: isopolis.nothing"),
        ("calls", "relations", "relations: [{kind: follows, target: isopolis.nothing}]"),
        ("practices", "relations", "relations: [{kind: follows, target: isopolis.nothing}]"),
        ("practices", "paid_by", "paid_by: [{programme: isopolis.nothing}]"),
        ("practices", "paid_by", "paid_by: [{call: isopolis.nothing}]"),
        ("programmes", "successor", "successor: isopolis.nothing"),
    ],
)
def test_a_link_to_nowhere_is_refused(curated: Path, folder: str, field: str, line: str) -> None:
    common = "title: {en: X}\noriginal_language: en\nurl: https://example.org\n"
    common += "sources: [{key: page, url: https://example.org, read_on: 2026-11-01}]\n"
    own = {
        "calls": "funds: [CERV]",
        "programmes": "funds: [CERV]",
        "practices": "practice_kind: practice\nplaces: [{name: Gabrovo, country: BG}]",
    }
    path = put(curated, f"{common}{own[folder]}\n{line}\n", f"{folder}/linked.yml")
    assert problems(curated) == [f"{path}: {field}: there is no curated record isopolis.nothing"]
    put(curated, f"{common}{own['calls']}\n", "calls/nothing.yml")
    assert "isopolis.linked" in load_curated(curated)


def test_all_broken_files_are_named_at_once(curated: Path) -> None:
    paths = [put(curated, "title: none", f"calls/{name}.yml") for name in ("a", "b")]
    text = "\n".join(problems(curated))
    assert all(str(path) in text for path in paths)
