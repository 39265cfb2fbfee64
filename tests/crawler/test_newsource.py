"""`isopolis newsource`: what it writes runs at once, and what it refuses leaves nothing behind."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.model import Call
from corpus.store import Store
from crawler.errors import NewSourceError
from crawler.metadata import load_config
from crawler.newsource import command
from crawler.newsource.command import newsource_command
from crawler.newsource.make import CASE, make
from crawler.newsource.wish import Kind, Wish, wish
from tests.crawler.process import ROOT, environment, store_url
from tests.crawler.replica import Asked, Replica, Reply, Site

NOW = dt.datetime(2026, 11, 23, 6, 30, tzinfo=dt.UTC)
URL = "https://calls.example.org/en/open"
GOOD = ("newsource", "ie_calls", "--country", "IE", "--fund", "ESF+", "--url", URL)
SKIPPED = shutil.ignore_patterns("__pycache__")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of its own: what is written into is a copy, the rest a link."""
    root = tmp_path / "checkout"
    for name in ("crawler", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=SKIPPED)
    for name in ("api", "corpus", "matcher", "docs", "isopolis.py", "pyproject.toml"):
        (root / name).symlink_to(ROOT / name)
    return root


def isopolis(root: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command as in a checkout: the packages are those of the current folder."""
    command = [sys.executable, "-c", "from isopolis import main; main()", *args]
    return run(root, *command, **env)


def run(root: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    variables = os.environ | {"PYTHONPATH": str(root)} | env
    return subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, timeout=240, check=False)


def files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if "__pycache__" not in path.parts}


def list_page(names: list[str]) -> Reply:
    links = "".join(f"<li><a href='/en/open/{name}'>{name}</a></li>" for name in names)
    return Reply(f"<html><body><main><h1>Open calls</h1><ul>{links}</ul></main></body></html>".encode())


def detail_page(name: str) -> Reply:
    rows = "<tr><th>Last day</th><td>30 June 2027</td></tr><tr><th>Money</th><td>2,000,000 EUR</td></tr>"
    body = f"<main><h1>Call {name}</h1><p>Houses for neighbours.</p><table>{rows}</table></main>"
    return Reply(f"<html><body>{body}</body></html>".encode())


def rows(asked: Asked) -> Reply:
    found = [{"id": f"C-{n}", "title": f"Call {n}", "link": f"/c/{n}", "deadline": "2027-06-30"} for n in range(3)]
    assert asked.query["pageNumber"] == ["1"]
    return Reply(json.dumps({"total": len(found), "results": found}).encode(), content_type="application/json")


@pytest.mark.slow
def test_a_new_source_is_filled_with_the_words_of_the_site_and_crawled(checkout: Path, tmp_path: Path) -> None:
    done = isopolis(checkout, *GOOD)
    assert (done.returncode, done.stderr) == (0, "")
    config = checkout / "crawler" / "sources" / "ie_calls" / "source.yml"
    text = config.read_text(encoding="utf-8")
    filled = text.replace("Deadline: closes", "Last day: closes").replace("Budget: budget", "Money: budget")
    config.write_text(filled, encoding="utf-8")
    host = "calls.example.org"
    site = Site(pages={f"{host}/robots.txt": Reply(b"User-agent: *\n", content_type="text/plain")})
    site.pages[f"{host}/en/open"] = list_page(["doors", "kitchens"])
    site.pages |= {f"{host}/en/open/{name}": detail_page(name) for name in ("doors", "kitchens")}
    assert crawled(checkout, tmp_path / "home", site, "ie_calls") == {
        "register.ie_calls.doors": ("2027-06-30", 2_000_000),
        "register.ie_calls.kitchens": ("2027-06-30", 2_000_000),
    }


@pytest.mark.slow
def test_a_new_search_is_crawled(checkout: Path, tmp_path: Path) -> None:
    url = "https://calls.example.org/api/search"
    done = isopolis(
        checkout, "newsource", "eu_rows", "--kind", "search", "--country", "EU", "--fund", "CERV", "--url", url
    )
    assert (done.returncode, done.stderr) == (0, "")
    site = Site(pages={"calls.example.org/api/search": rows})
    site.pages["calls.example.org/robots.txt"] = Reply(b"User-agent: *\n", content_type="text/plain")
    found = crawled(checkout, tmp_path / "home", site, "eu_rows")
    assert found == {f"register.eu_rows.C-{n}": ("2027-06-30", None) for n in range(3)}


def crawled(root: Path, home: Path, site: Site, source: str) -> dict[str, tuple[str, int | None]]:
    """Deadline and budget of what a crawl of the checkout finds, by id."""
    with Replica(site) as server:
        done = isopolis(root, "crawl", source, **environment(home, server.url))
    assert done.returncode == 0, done.stdout + done.stderr
    store = Store.open(store_url(home))
    try:
        records = store.records([(member.source, member.key) for member in store.members()]).values()
    finally:
        store.close()
    assert all(isinstance(record, Call) for record in records)
    return {
        record.id: (str(record.timeline.cutoffs[0].date), record.money.budget and int(record.money.budget.amount))
        for record in records
        if isinstance(record, Call)
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["list", "search"])
def test_what_is_written_passes_lint_and_types_and_all_tests_but_the_one_that_wants_a_real_page(
    checkout: Path, kind: Kind
) -> None:
    assert isopolis(checkout, *GOOD, "--kind", kind).returncode == 0
    folder = "crawler/sources/ie_calls"
    for check in (["ruff", "check"], ["ruff", "format", "--check"]):
        done = run(checkout, sys.executable, "-m", *check, folder)
        assert done.returncode == 0, done.stdout
    types = run(checkout, sys.executable, "-m", "mypy", "-p", "crawler.sources.ie_calls", "--cache-dir", "types")
    assert "Success" in types.stdout, types.stdout
    paths = ["tests/crawler/sources/test_cases.py", "tests/crawler/test_registry.py"]
    tests = run(checkout, sys.executable, "-m", "pytest", "-q", *paths, "-k", "ie_calls", "-p", "no:cacheprovider")
    assert "1 failed" in tests.stdout, tests.stdout
    assert "is the page that `isopolis newsource` invented: put a real one in its place" in tests.stdout


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({1: "ft_portal"}, "ID: there is a source ft_portal already"),
        ({1: "nl_rvo"}, "ID: there is a source nl_rvo already"),
        ({1: "timetables"}, "ID: there is a source timetables already"),
        ({1: "Ie-Calls"}, "ID: 'Ie-Calls' cannot be the name of a source: write 2 to 40 small letters"),
        ({1: "../calls"}, "ID: '../calls' cannot be the name of a source"),
        ({1: "import"}, "ID: 'import' cannot be the name of a source"),
        ({1: "null"}, "ID: 'null' cannot be the name of a source"),
        ({1: "a" * 41}, f"ID: '{'a' * 41}' cannot be the name of a source"),
        ({3: "XX"}, "--country: 'XX' is not a country code; use ISO 3166-1 alpha-2"),
        ({5: "ESF"}, "--fund: 'ESF' is no fund; did you mean ESF+?"),
        ({5: "Moon"}, "--fund: 'Moon' is no fund; there are: ERDF, ESF+"),
        ({7: "http://calls.example.org/"}, "--url: 'http://calls.example.org/': write a whole address"),
        ({7: "calls.example.org/open"}, "--url: 'calls.example.org/open': write a whole address"),
        ({7: "https://localhost/open"}, "--url: 'https://localhost/open': write a whole address"),
        ({7: "https://a.example/a%27b"}, "--url: 'https://a.example/a%27b': blanks, quotes, braces and anchors"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    changes: dict[int, str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    before = files(ROOT / "crawler" / "sources")
    args = [changes.get(place, word) for place, word in enumerate(GOOD)]
    assert newsource_command(args[1], "list", args[3], [args[5]], args[7]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"isopolis newsource: {says}")
    assert told.err.count("\n") == 1
    assert files(ROOT / "crawler" / "sources") == before


def test_outside_a_checkout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert newsource_command("ie_calls", "list", "IE", ["ESF+"], URL) == 2
    assert f"the source would be written into {ROOT}: run the command there" in capsys.readouterr().err
    monkeypatch.setattr(command, "SOURCES", tmp_path / "site-packages" / "crawler" / "sources")
    assert newsource_command("ie_calls", "list", "IE", ["ESF+"], URL) == 2
    assert "this is an installed program: clone the repository" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def wanted(country: str = "IE", kind: Kind = "list", url: str = URL, fund: str = "ESF+") -> Wish:
    return wish("ie_calls", kind, country, [fund], url, ())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "crawler" / "sources").mkdir(parents=True)
    (tmp_path / "tests" / "crawler" / "cases").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("country", ["EU", "NO", "GR", "XK", "MT", "BG", "ES"])
@pytest.mark.parametrize("kind", ["list", "search"])
def test_metadata_of_every_country_are_sound(root: Path, country: str, kind: Kind) -> None:
    make(root, wanted(country, kind), NOW)
    config = load_config(root / "crawler" / "sources" / "ie_calls" / "source.yml")
    assert config.covers[0].countries == (country,)
    assert config.covers[0].funds == ("ESF+",)
    assert config.confidence == "untested-live"


@pytest.mark.parametrize(
    ("country", "zone", "language"),
    [("EU", "Europe/Brussels", "en"), ("ES", "Europe/Madrid", "es"), ("NO", "Europe/Oslo", "no"),
     ("PT", "Europe/Lisbon", "pt"), ("XK", "Europe/Brussels", "sq"), ("UK", "Europe/London", "en")],
)  # fmt: skip
def test_zone_and_language_follow_from_the_country(country: str, zone: str, language: str) -> None:
    assert (wanted(country).zone, wanted(country).language) == (zone, language)


@pytest.mark.parametrize(
    "url",
    ["https://calls.example.org/", "https://calls.example.org", "https://a.example/bg/%D0%BF%D1%80/", f"{URL}?a=b&c=d"],
)
def test_any_address_gives_a_parser_that_compiles(root: Path, url: str) -> None:
    for path in make(root, wanted(url=url), NOW):
        if path.suffix == ".py":
            compile(path.read_text(encoding="utf-8"), str(path), "exec")


@pytest.mark.parametrize("taken", ["crawler/sources/ie_calls", "tests/crawler/cases/ie_calls"])
def test_what_is_there_is_never_touched(root: Path, taken: str) -> None:
    (root / taken).mkdir()
    before = files(root)
    with pytest.raises(NewSourceError, match=f"{taken} is there already"):
        make(root, wanted(), NOW)
    assert files(root) == before


def test_a_disk_that_refuses_half_way_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, moved = Path.rename, []

    def second_fails(self: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == 2:
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    before = files(root)
    with pytest.raises(NewSourceError, match="No space left on device: nothing was written"):
        make(root, wanted(), NOW)
    assert len(moved) == 2
    assert files(root) == before


def test_the_case_is_named_after_what_it_holds(root: Path) -> None:
    written = {path.relative_to(root).as_posix() for path in make(root, wanted(kind="search"), NOW)}
    assert f"tests/crawler/cases/ie_calls/{CASE['search']}/input.json" in written
    assert len(written) == 7
