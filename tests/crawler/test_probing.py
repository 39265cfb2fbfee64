"""The first live run, rehearsed: every source with a world is probed over HTTP, and what is wrong is said."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from crawler.registry import file_of, known_sources, load_sources
from tests.crawler.process import ROOT, environment
from tests.crawler.replica import Replica, Reply, Site
from tests.crawler.site import EUMIS, EUROACCESS, small_world
from tests.crawler.worlds import WORLDS, settings_of, world_of

Probed = dict[str, Future[tuple[int, str, str]]]
CODE = (
    "import sys; from pathlib import Path; from crawler.probing.command import probe_command; "
    "sys.exit(probe_command(sys.argv[1], Path(sys.argv[2]) if sys.argv[2:] else None))"
)


def probe(home: Path, site: Site, source: str, *folder: str, **extra: str) -> tuple[int, str, str]:
    with Replica(site) as server:
        env = environment(home, server.url, **extra)
        command = [sys.executable, "-c", CODE, source, *folder]
        done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("source", known_sources())
def test_every_source_has_a_file_that_names_its_confidence(source: str) -> None:
    assert "confidence" in file_of(source).read_text(encoding="utf-8")


@pytest.mark.parametrize("source", known_sources())
def test_every_source_says_what_a_first_run_must_find_true(source: str) -> None:
    (config,) = load_sources([source])
    assert config.probe is not None
    assert config.probe.by_eye, "what only a person can tell"


@pytest.mark.slow
@pytest.mark.parametrize("source", ["bg_eumis", "euroaccess", "ft_portal"])
def test_a_small_world_holds(tmp_path: Path, source: str) -> None:
    code, out, err = probe(tmp_path, small_world(), source)
    assert (code, err) == (0, ""), out
    assert "everything holds" in out
    assert "confidence: confirmed" in out


@pytest.fixture(scope="module")
def probed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probed]:
    """Probes of all worlds that are tested, as many at a time as there are processors: most of it is starting."""
    items = [item for item in request.session.items if isinstance(item, pytest.Function)]
    named = [str(item.callspec.params["source"]) for item in items if "probed" in item.fixturenames]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {
            source: pool.submit(probe, tmp_path_factory.mktemp(source), world_of(source), source, **settings_of(source))
            for source in named
        }


@pytest.mark.slow
@pytest.mark.parametrize("source", WORLDS)
def test_every_world_can_be_probed(probed: Probed, source: str) -> None:
    code, out, err = probed[source].result()
    assert (code, err) == (0, ""), out
    assert "records are read" in out


@pytest.mark.slow
def test_little_is_asked(tmp_path: Path) -> None:
    site = small_world()
    probe(tmp_path, site, "euroaccess")
    assert [asked.place.rsplit("/", 1)[-1] for asked in site.log] == ["robots.txt", "calls", "houses", "houses"]
    assert not list(tmp_path.rglob("*.db")), "nothing is written"


@pytest.mark.slow
def test_a_page_of_another_shape_is_said_with_file_and_line(tmp_path: Path) -> None:
    site = small_world()
    site.pages[EUMIS] = Reply("<html><body><h1>Нов сайт</h1></body></html>".encode())
    code, out, _ = probe(tmp_path, site, "bg_eumis")
    assert code == 1
    assert "does not hold  records are read: none" in out
    assert "div.easy-tree" in out
    assert "source.yml:" in out


@pytest.mark.slow
def test_robots_that_forbid(tmp_path: Path) -> None:
    site = small_world()
    site.pages["www.euro-access.eu/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    code, out, _ = probe(tmp_path, site, "euroaccess")
    assert code == 1
    assert "does not hold  robots.txt allows it" in out
    assert not [asked for asked in site.log if asked.place == EUROACCESS]


@pytest.mark.slow
def test_what_came_is_saved_as_cases_and_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    code, out, _ = probe(tmp_path, small_world(), "euroaccess", str(folder))
    assert code == 0, out
    cases = sorted(path.name for path in (folder / "euroaccess").iterdir())
    assert cases == ["detail_1", "detail_2", "list_0"]
    told = json.loads((folder / "euroaccess" / "detail_1" / "expected.json").read_text(encoding="utf-8"))
    assert len(told["records"]) == 1
    meta = json.loads((folder / "euroaccess" / "detail_1" / "meta.json").read_text(encoding="utf-8"))
    assert meta["url"].startswith("https://www.euro-access.eu/en/calls/")
    again, _, err = probe(tmp_path, small_world(), "euroaccess", str(folder))
    assert again == 2
    assert "name another folder" in err


def test_a_source_that_does_not_exist(tmp_path: Path) -> None:
    code, _, err = probe(tmp_path, Site(), "moon")
    assert code == 2
    assert "there is no source 'moon'" in err


def test_a_family_is_many_sources(tmp_path: Path) -> None:
    code, _, err = probe(tmp_path, Site(), "timetables")
    assert code == 2
    assert "probe one" in err


def test_a_key_that_is_missing(tmp_path: Path) -> None:
    code, _, err = probe(tmp_path, Site(), "fr_aides_territoires", ISOPOLIS_AIDES_TERRITOIRES_KEY="")
    assert code == 2
    assert "set ISOPOLIS_AIDES_TERRITOIRES_KEY" in err
