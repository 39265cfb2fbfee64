import datetime as dt
from pathlib import Path

import pytest

from matcher.errors import IndexMismatchError, IndexMissingError
from matcher.index.manifest import FORMAT, IndexManifest, check, read_manifest

MADE = IndexManifest(
    format=FORMAT,
    snapshot="abc" * 20,
    model="small",
    dimension=3,
    built_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    records={"call": 1},
    passages=2,
    documents=1,
    vectors={"call": 2},
)


def test_a_manifest_comes_back(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(MADE.model_dump_json())
    assert read_manifest(tmp_path) == MADE


def test_no_manifest_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"there is no index in .*; run `isopolis index`"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}'])
def test_a_broken_manifest_says_what_to_run(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(IndexMismatchError, match="the manifest is broken; run `isopolis index`"):
        read_manifest(tmp_path)


def test_another_format_is_refused_and_named(tmp_path: Path) -> None:
    other = MADE.model_copy(update={"format": FORMAT + 1})
    (tmp_path / "manifest.json").write_text(other.model_dump_json())
    told = f"the index has format {FORMAT + 1}, not {FORMAT}; run `isopolis index`"
    with pytest.raises(IndexMismatchError, match=told):
        read_manifest(tmp_path)


def test_what_fits_passes() -> None:
    check(MADE, MADE.snapshot, "small", 3)


@pytest.mark.parametrize(("model", "dimension"), [("large", 3), ("small", 4)])
def test_another_model_is_refused_with_both_sides_and_the_remedy(model: str, dimension: int) -> None:
    with pytest.raises(IndexMismatchError) as caught:
        check(MADE, MADE.snapshot, model, dimension)
    text = str(caught.value)
    assert "small (3)" in text
    assert f"{model} ({dimension})" in text
    assert "run `isopolis index`, or set ISOPOLIS_MODEL back" in text


def test_another_snapshot_is_refused_with_both_sides_and_the_remedy() -> None:
    with pytest.raises(IndexMismatchError) as caught:
        check(MADE, "def" * 20, "small", 3)
    text = str(caught.value)
    assert MADE.snapshot[:16] in text
    assert ("def" * 20)[:16] in text
    assert "run `isopolis index`" in text
