"""What documentation promises: settings, sources, commands, addresses, links, targets and versions."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from api import errors
from api.app import create_app
from api.settings import ApiSettings
from api.state import Service
from docs import generate
from isopolis import main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = sorted([README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LINK = re.compile(r"\]\(([^)#\s]+)?(?:#([^)\s]+))?\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands(group: click.Group) -> list[str]:
    return sorted(group.commands)


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(path: Path) -> Iterator[tuple[str, str]]:
    for target, anchor in LINK.findall(FENCE.sub("", text(path))):
        if not re.match(r"[a-z]+:", target):
            yield target, anchor


@pytest.mark.parametrize("path", generate.pages(), ids=name)
def test_a_generated_page_is_fresh(path: Path) -> None:
    assert path.exists(), "run `python -m docs.generate`"
    assert text(path) == generate.pages()[path], "run `python -m docs.generate`"


def test_every_settings_class_is_on_the_page() -> None:
    modules = {path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.glob("*/settings.py")}
    assert {kind.__module__.replace(".", "/") for kind in generate.CLASSES} == modules


def test_the_settings_page_says_when_the_environment_is_read() -> None:
    assert "read once, when a command starts" in text(ROOT / "docs" / "settings.md")


@pytest.mark.parametrize("command", commands(main))
def test_every_command_is_documented(command: str) -> None:
    assert any(re.search(rf"\bisopolis {command}\b", text(page)) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_named_exists(page: Path) -> None:
    named = set(re.findall(r"(?:`|\$ |; |&& |bin/)isopolis ([a-z]+)", text(page)))
    assert named <= set(commands(main))


def test_every_route_is_documented() -> None:
    def not_opened() -> None:
        raise AssertionError("the description needs no index")

    app = create_app(Service(ROOT / "no-such-home", not_opened), ApiSettings())  # type: ignore[arg-type]
    routes = {f"{method.upper()} {path}" for path, item in app.openapi()["paths"].items() for method in item}
    documented = text(ROOT / "docs" / "api.md")
    assert routes
    assert {route for route in routes if f"`{route}`" not in documented} == set()


def test_every_kind_of_error_is_documented() -> None:
    documented = text(ROOT / "docs" / "api.md")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ApiError)]
    rows = {f"| {int(kind.status)} | `{kind.code}` |" for kind in kinds}
    assert {row for row in rows if row not in documented} == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_variable_named_exists(page: Path) -> None:
    known = {setting.variable for setting in generate.settings()}
    named = set(re.findall(r"\bISOPOLIS_[A-Z_]*[A-Z]\b", text(page)))
    assert named <= known


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target, anchor in links(page):
        goal = (page.parent / target).resolve() if target else page
        assert goal.exists(), f"{target} does not exist"
        assert goal.is_relative_to(ROOT), f"{target} leads out of the repository"
        assert not anchor or anchor in anchors(goal), f"{target} has no heading {anchor}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_path_named_exists(page: Path) -> None:
    tops = "|".join(sorted(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")))
    named = re.findall(rf"`((?:{tops})/[\w./-]+)`", text(page))
    made_at_run_time = ("var/", "index/", "snapshots/")
    missing = [path for path in named if not path.startswith(made_at_run_time) and not (ROOT / path).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_make_targets_named_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|\$ )(?:[A-Z_]+=\S+ )?make ([a-z]+)", text(page)))
    assert named <= targets


def test_every_public_make_target_says_what_it_does() -> None:
    makefile = text(ROOT / "Makefile")
    for target in ("run", "test", "check"):
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE)


def test_the_python_version_of_the_readme_is_that_of_the_package() -> None:
    low, high = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PROJECT["requires-python"]).groups()  # type: ignore[union-attr]
    versions = [f"3.{minor}" for minor in range(int(low), int(high))]
    for page in (README, ROOT / "CONTRIBUTING.md"):
        assert f"Python {' or '.join(versions)}" in text(page)
    image = re.findall(r"^FROM python:(\d\.\d+)-", text(ROOT / "Dockerfile"), re.MULTILINE)
    assert image
    assert set(image) <= set(versions)


def test_the_newest_version_of_the_changelog_is_that_of_the_package() -> None:
    newest = re.findall(r"^## (\S+) \((\d{4}-\d{2}-\d{2})\)$", text(ROOT / "CHANGELOG.md"), re.MULTILINE)[0]
    assert newest[0] == PROJECT["version"]


def test_the_licence_is_that_of_the_package() -> None:
    assert PROJECT["license"] == "EUPL-1.2"
    assert text(ROOT / "LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "EUPL-1.2" in text(README)


def test_the_torch_pin_is_the_one_explained() -> None:
    (pin,) = [item for item in PROJECT["dependencies"] if item.startswith("torch==")]
    assert f"`{pin}`" in text(ROOT / "docs" / "operations.md")


@pytest.mark.parametrize("page", ADRS, ids=name)
def test_a_decision_is_whole(page: Path) -> None:
    content = text(page)
    number = int(page.name[:4])
    assert content.startswith(f"# {number}. ")
    assert re.search(r"^Status: (accepted|superseded by \[ADR \d+\]\(.+\)), \d{4}-\d{2}-\d{2}$", content, re.MULTILINE)
    headings = re.findall(r"^## (.+)$", content, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Alternatives"]
    assert len(content.split()) < 500, "a decision fits on one page"


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(page.name[:4]) for page in ADRS] == list(range(1, len(ADRS) + 1))
    assert ADRS


def test_a_decision_named_in_code_exists() -> None:
    numbers = {int(page.name[:4]) for page in ADRS}
    sources = [path for top in ("api", "corpus", "crawler", "matcher") for path in (ROOT / top).rglob("*.py")]
    named = {
        int(number) for path in [*sources, ROOT / "pyproject.toml"] for number in re.findall(r"\bADR (\d+)", text(path))
    }
    assert named <= numbers


def test_two_descriptions_of_one_variable_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(ApiSettings):
        max_body: int = 1

    Other.model_fields["max_body"].description = "Something else."
    monkeypatch.setattr(generate, "CLASSES", (ApiSettings, Other))
    with pytest.raises(ValueError, match="ISOPOLIS_API_MAX_BODY"):
        generate.settings()
