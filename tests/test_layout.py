"""The shape of the repository: packages are ours, files stay small, handlers say why they are broad."""

import ast
import importlib
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "crawler", "matcher", "api")
BROAD = {"Exception", "BaseException"}


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", [*PACKAGES, "isopolis"])
def test_the_packages_come_from_this_repository(name: str) -> None:
    """The names are common ones: another `api` that is installed could stand in for ours."""
    file = importlib.import_module(name).__file__
    assert file is not None
    expected = ROOT / "isopolis.py" if name == "isopolis" else ROOT / name / "__init__.py"
    assert Path(file).resolve() == expected.resolve()


@pytest.mark.parametrize(
    ("folders", "most"),
    [(PACKAGES, 400), (("bench",), 400), (("tests",), 600)],
    ids=["packages", "bench", "tests"],
)
def test_no_file_is_too_long(folders: tuple[str, ...], most: int) -> None:
    too_long = {str(path.relative_to(ROOT)): lines(path) for path in python_files(*folders) if lines(path) > most}
    assert too_long == {}


def test_half_of_all_files_have_at_most_120_lines() -> None:
    sizes = [size for path in python_files(*PACKAGES) if (size := lines(path)) > 0]
    assert len(sizes) > 50
    assert median(sizes) <= 120


def test_half_of_all_functions_have_at_most_ten_lines() -> None:
    sizes = [
        (node.end_lineno or 0) - node.lineno + 1
        for path in python_files(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert len(sizes) > 200
    assert median(sizes) <= 10


def comment_lines(text: str) -> set[int]:
    tokens = tokenize.generate_tokens(StringIO(text).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT}


def unexplained(text: str) -> Iterator[int]:
    """Lines of handlers that catch everything and do not say why: beside it, above it or first thing in it."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        names = {each.id for each in caught if isinstance(each, ast.Name)}
        broad = node.type is None or names & BROAD
        if broad and not comment_lines(text) & set(range(node.lineno - 1, node.body[0].lineno + 1)):
            yield node.lineno


def test_whoever_catches_everything_says_why() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in python_files(*PACKAGES, "tests", "bench")
        for line in unexplained(path.read_text(encoding="utf-8"))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        ("except Exception:\n    pass\n", [3]),
        ("except:\n    pass\n", [3]),
        ("except (ValueError, BaseException) as error:\n    pass\n", [3]),
        ("except ValueError:\n    pass\n", []),
        ("except Exception:  # a plug-in may raise anything\n    pass\n", []),
        ("except Exception:\n    # a plug-in may raise anything\n    pass\n", []),
    ],
)
def test_the_check_of_handlers_finds_what_it_should(handler: str, found: list[int]) -> None:
    assert list(unexplained(f"try:\n    run()\n{handler}")) == found


def test_every_folder_of_tests_is_a_package() -> None:
    """Without it a folder such as `tests/api` would be imported as `api` (docs: layout)."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    folders |= {parent for folder in folders for parent in folder.parents if (ROOT / "tests") in parent.parents}
    assert [str(folder.relative_to(ROOT)) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
