"""Saved inputs and what must come out of them, one test per field: a report names the field that broke."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler import errors
from tests.crawler.reading import CASES, case_folders, read_case

LARGEST_INPUT = 50_000
INVENTED = b"invented page"
GOOD = [folder for folder in case_folders() if (folder / "expected.json").exists()]
BAD = [folder for folder in case_folders() if (folder / "error.json").exists()]


@cache
def expected(folder: Path) -> Any:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@cache
def outcome(folder: Path) -> dict[str, Any]:
    return read_case(folder)


def name(folder: Path) -> str:
    return str(folder.relative_to(CASES))


def fields() -> list[Any]:
    return [
        pytest.param(folder, key, field, id=f"{name(folder)}-{key}-{field}")
        for folder in GOOD
        for key, record in expected(folder)["records"].items()
        for field in record
    ]


@pytest.mark.parametrize("folder", case_folders(), ids=name)
def test_a_case_is_whole_and_small(folder: Path) -> None:
    (saved,) = folder.glob("input.*")
    assert saved.stat().st_size <= LARGEST_INPUT
    assert folder in GOOD or folder in BAD


@pytest.mark.parametrize("folder", case_folders(), ids=name)
def test_a_case_is_an_answer_of_the_site(folder: Path) -> None:
    (saved,) = folder.glob("input.*")
    source, place = folder.parent.name, folder.relative_to(CASES.parents[2])
    assert INVENTED not in saved.read_bytes(), (
        f"{saved.name} is the page that `isopolis newsource` invented: put a real one in its place "
        f"(`isopolis probe {source} --save DIR`), and into expected.json what must come out of it "
        f"(`python -m tests.crawler.reading {place}`)"
    )


@pytest.mark.parametrize(("folder", "key", "field"), fields())
def test_field(folder: Path, key: str, field: str) -> None:
    assert outcome(folder)["records"][key][field] == expected(folder)["records"][key][field]


@pytest.mark.parametrize("folder", GOOD, ids=name)
def test_no_other_records_and_no_other_fields(folder: Path) -> None:
    found = {key: set(record) for key, record in outcome(folder)["records"].items()}
    assert found == {key: set(record) for key, record in expected(folder)["records"].items()}


@pytest.mark.parametrize("folder", GOOD, ids=name)
def test_issues(folder: Path) -> None:
    assert outcome(folder)["issues"] == expected(folder)["issues"]


@pytest.mark.parametrize("folder", GOOD, ids=name)
def test_left_out(folder: Path) -> None:
    assert outcome(folder)["ignored"] == expected(folder)["ignored"]


@pytest.mark.parametrize("folder", BAD, ids=name)
def test_error(folder: Path) -> None:
    want = json.loads((folder / "error.json").read_text(encoding="utf-8"))
    with pytest.raises(getattr(errors, want["error"])) as caught:
        read_case(folder)
    assert want["says"] in str(caught.value)
