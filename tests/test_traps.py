"""Every trap that the documentation names has a guard and a test, and every source has a row."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from crawler.registry import families, known_sources

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "traps.md"
TESTS = ROOT / "tests"
CASES = TESTS / "crawler" / "cases"
HEAD = ["trap", "source", "guard", "test"]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| trap |")
]
NAMED = sorted({(row[0], name) for row in ROWS for name in re.findall(r"`([^`]+)`", row[3])})


@cache
def names_in(path: Path) -> set[str]:
    """Functions and constants at the top of a module."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    functions = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    assigned = [node.target for node in body if isinstance(node, ast.AnnAssign)]
    assigned += [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    return functions | {target.id for target in assigned if isinstance(target, ast.Name)}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_row_is_whole(row: list[str]) -> None:
    assert len(row) == len(HEAD)
    assert all(row)
    assert re.fullmatch(r"`[^`]+`(?:, `[^`]+`)*", row[3]), "the last column names tests and nothing else"


@pytest.mark.parametrize(("trap", "name"), NAMED, ids=[name for _, name in NAMED])
def test_the_test_of_a_trap_exists(trap: str, name: str) -> None:
    file, _, function = name.partition("::")
    if function:
        assert function in names_in(TESTS / file), f"{trap}: there is no {name}"
        assert function.startswith("test_")
    else:
        assert (CASES / name / "meta.json").exists(), f"{trap}: there is no case {name}"


def test_what_stands_outside_the_tables_exists_too() -> None:
    outside = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if not line.startswith("|")]
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", "\n".join(outside))
    assert named
    assert all(function in names_in(TESTS / file) for file, function in named)


def test_every_source_has_a_row() -> None:
    """A family stands for its members."""
    members = {member for names in families().values() for member in names}
    wanted = set(families()) | {source for source in known_sources() if source not in members}
    written = {name.strip() for row in ROWS for name in row[1].split(",")}
    assert wanted - written == set()
    assert written - wanted <= {"all", "all lists", "all but the portal and open data"}


def test_no_trap_is_written_twice() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS)
