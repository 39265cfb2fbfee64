"""Snapshots: whole or not there, named by their content, and readable while the next one is built."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SnapshotError
from corpus.model import Call, RecordBase
from corpus.snapshot import FORMAT, Manifest, Snapshot, SourceState, write_snapshot
from tests.factories import NOW, call, practice, programme
from tests.strategies import calls

FILES = {"manifest.json", "records.jsonl", "index.tsv", "gone.txt", "history.jsonl"}


def records(count: int = 3, title: str = "Title") -> list[RecordBase]:
    return [call(f"ft.A-{n}", title={"en": f"{title} {n}"}) for n in range(count)]


def write(folder: Path, *given_records: RecordBase) -> Manifest:
    return write_snapshot(folder, given_records, NOW)


def folders(snapshots: Path) -> set[str]:
    return {path.name for path in snapshots.iterdir() if path.is_dir()}


def titles(snapshots: Path) -> list[str]:
    return [record.text(record.title) for record in Snapshot.current(snapshots).records()]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    given_records = [call("ft.A"), call("ft.B", funds=["ERDF", "EUI"]), practice("uia.P"), programme("cci.2021")]
    manifest = write(tmp_path, *given_records)
    snapshot = Snapshot.current(tmp_path)
    assert list(snapshot.records()) == given_records
    assert [snapshot.get(record.id) for record in given_records] == given_records
    assert snapshot.get("ft.C") is None
    assert (len(snapshot), "ft.A" in snapshot, "ft.C" in snapshot) == (4, True, False)
    assert snapshot.ids() == ["ft.A", "ft.B", "uia.P", "cci.2021"]
    assert (snapshot.ids("practice"), snapshot.ids("nothing")) == (["uia.P"], [])
    assert snapshot.manifest == manifest
    assert manifest == Manifest(
        format=FORMAT,
        hash=manifest.hash,
        built_at=NOW,
        counts={"call": 2, "practice": 1, "programme": 1},
        calls_by_fund={"CERV": 1, "ERDF": 1, "EUI": 1},
        curated=0,
        conflicts=0,
    )
    assert folders(tmp_path) == {manifest.hash[:16]}
    assert {path.name for path in snapshot.folder.iterdir()} == FILES


@settings(max_examples=15)
@given(st.lists(calls(), min_size=1, max_size=3, unique_by=lambda record: str(record.title)))
def test_any_calls_are_read_back(tmp_path_factory: pytest.TempPathFactory, given_calls: list[Call]) -> None:
    folder = tmp_path_factory.mktemp("snapshots")
    numbered = [each.model_copy(update={"id": f"ft.{n}"}) for n, each in enumerate(given_calls)]
    write(folder, *numbered)
    snapshot = Snapshot.current(folder)
    assert list(snapshot.records()) == [snapshot.get(each.id) for each in numbered] == numbered


def test_facts_may_be_filled_while_the_records_stream_through(tmp_path: Path) -> None:
    state = SourceState(
        id="eui", title="EUI", licence="CC BY", confidence="confirmed", last_good_run=NOW, last_status="ok", records=7
    )
    facts: dict[str, Any] = {"curated": 2, "sources": (state,)}

    def stream() -> Iterator[RecordBase]:
        yield from records()
        facts["conflicts"] = 5

    write_snapshot(tmp_path, stream(), NOW, facts)
    manifest = Snapshot.current(tmp_path).manifest
    assert (manifest.curated, manifest.conflicts, manifest.sources) == (2, 5, (state,))


def test_equal_content_has_an_equal_hash_whenever_it_was_built(tmp_path: Path) -> None:
    first = write_snapshot(tmp_path / "a", records(), NOW)
    later = write_snapshot(tmp_path / "b", records(), NOW.replace(year=2027), {"conflicts": 3})
    assert first.hash == later.hash
    assert write(tmp_path / "c", *records(2)).hash != first.hash
    assert write(tmp_path / "d", *reversed(records())).hash != first.hash


def test_digests_say_which_records_changed(tmp_path: Path) -> None:
    write(tmp_path, *records())
    before = Snapshot.current(tmp_path)
    write(tmp_path, call("ft.A-0", title={"en": "New"}), *records()[1:])
    after = Snapshot.current(tmp_path)
    assert [before.digest(name) == after.digest(name) for name in before.ids()] == [False, True, True]


def test_the_same_content_again_brings_only_the_manifest_up_to_date(tmp_path: Path) -> None:
    first = write(tmp_path, *records())
    write_snapshot(tmp_path, records(), NOW.replace(hour=13))
    assert folders(tmp_path) == {first.hash[:16]}
    assert Snapshot.current(tmp_path).manifest.built_at == NOW.replace(hour=13)


@pytest.mark.parametrize("name", sorted(FILES - {"gone.txt", "history.jsonl"}))  # older versions wrote without
def test_a_damaged_snapshot_is_mended_by_the_next_build(tmp_path: Path, name: str) -> None:
    write(tmp_path, *records())
    (Snapshot.current(tmp_path).folder / name).unlink()
    with pytest.raises(SnapshotError, match="is no whole snapshot; run `isopolis build`"):
        Snapshot.current(tmp_path)
    write(tmp_path, *records())
    assert titles(tmp_path) == ["Title 0", "Title 1", "Title 2"]


def test_no_records_are_refused_and_the_last_good_snapshot_stays(tmp_path: Path) -> None:
    write(tmp_path, *records())
    with pytest.raises(SnapshotError, match="there is not one record"):
        write(tmp_path)
    assert titles(tmp_path) == ["Title 0", "Title 1", "Title 2"]


class Killed(BaseException):
    """Stands for an interruption: nothing in the program may catch it."""


def interrupted_stream(after: int) -> Callable[[pytest.MonkeyPatch], Iterator[RecordBase]]:
    def start(_: pytest.MonkeyPatch) -> Iterator[RecordBase]:
        yield from records(after, "New")
        raise Killed

    return start


def killed_at(function: str, call_number: int) -> Callable[[pytest.MonkeyPatch], Iterator[RecordBase]]:
    """The n-th call of a function of `os` never returns."""

    def start(patch: pytest.MonkeyPatch) -> Iterator[RecordBase]:
        real, left = getattr(os, function), [call_number]

        def dying(*args: Any, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            return real(*args, **kwargs)

        patch.setattr(os, function, dying)
        return iter(records(3, "New"))

    return start


MOMENTS = {
    "before the first record": interrupted_stream(0),
    "between two records": interrupted_stream(2),
    "before the folder is renamed": killed_at("rename", 1),
    "before the folder is in use": killed_at("replace", 1),
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS.keys())
def test_an_interruption_at_any_moment_leaves_the_last_good_one_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: Callable[[pytest.MonkeyPatch], Iterator[RecordBase]]
) -> None:
    write(tmp_path, *records())
    with monkeypatch.context() as patch, pytest.raises(Killed):
        write_snapshot(tmp_path, moment(patch), NOW)
    assert titles(tmp_path) == ["Title 0", "Title 1", "Title 2"]
    for name in folders(tmp_path):
        assert {path.name for path in (tmp_path / name).iterdir()} == FILES, f"{name} is half a snapshot"
    write(tmp_path, *records(3, "New"))
    assert titles(tmp_path) == ["New 0", "New 1", "New 2"]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_an_interruption_while_the_same_content_is_put_in_place_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    write(tmp_path, *records())
    with monkeypatch.context() as patch:
        killed_at("replace", number)(patch)
        with pytest.raises(Killed):
            write(tmp_path, *records())
    assert titles(tmp_path) == ["Title 0", "Title 1", "Title 2"]


def test_a_reader_goes_on_while_two_newer_snapshots_are_built(tmp_path: Path) -> None:
    write(tmp_path, *records())
    reader = Snapshot.current(tmp_path)
    for title in ("New", "Newest"):
        write(tmp_path, *records(3, title))
    assert not reader.folder.exists()
    found = reader.get("ft.A-1")
    assert found is not None
    assert found.title == {"en": "Title 1"}


def test_the_snapshot_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    names = [write(tmp_path, *records(3, title)).hash[:16] for title in ("One", "Two", "Three")]
    assert folders(tmp_path) == set(names[1:])
    assert (tmp_path / "current").read_text() == names[2] + "\n"


def test_going_back_to_the_content_before_keeps_both(tmp_path: Path) -> None:
    names = [write(tmp_path, *records(3, title)).hash[:16] for title in ("One", "Two", "One")]
    assert folders(tmp_path) == set(names)
    assert titles(tmp_path)[0] == "One 0"


def test_there_is_none_before_the_first_build(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"there is no snapshot in .*; run `isopolis build`"):
        Snapshot.current(tmp_path / "nowhere")


def test_a_snapshot_of_another_format_is_refused(tmp_path: Path) -> None:
    write(tmp_path, *records())
    manifest = Snapshot.current(tmp_path).folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": FORMAT + 1}))
    with pytest.raises(SnapshotError, match=f"has format {FORMAT + 1}, not {FORMAT}; run `isopolis build`"):
        Snapshot.current(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("manifest.json", "{}"),
        ("manifest.json", "half a"),
        ("index.tsv", "ft.A\tcall\n"),
        ("index.tsv", "a\tb\tc\td\te"),
    ],
)
def test_broken_files_are_no_snapshot(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, *records())
    (Snapshot.current(tmp_path).folder / name).write_text(text)
    with pytest.raises(SnapshotError, match="is no whole snapshot"):
        Snapshot.current(tmp_path)


def test_a_pointer_to_nothing_is_no_snapshot(tmp_path: Path) -> None:
    write(tmp_path, *records())
    (tmp_path / "current").write_text("0123456789abcdef\n")
    with pytest.raises(SnapshotError, match="0123456789abcdef is no whole snapshot"):
        Snapshot.current(tmp_path)


def test_a_record_is_one_line_in_its_own_alphabet(tmp_path: Path) -> None:
    write(tmp_path, call("bg.C01", title={"bg": "Щъркел"}))
    line = (Snapshot.current(tmp_path).folder / "records.jsonl").read_text(encoding="utf-8")
    assert '"title":{"bg":"Щъркел"}' in line
    assert line.count("\n") == 1
