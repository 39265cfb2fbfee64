"""The command line: what it prints, and how it refuses what cannot be right."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from isopolis import main
from matcher import assemble
from matcher.index.build import current_folder
from tests.fakes import KeywordEmbedder
from tests.matcher.conftest import small_world, towns, world
from tests.matcher.factory import IDEA, RECORDS, World

__all__ = ["small_world", "towns", "world"]

COMMANDS = sorted(main.commands)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what this checkout has built."""
    monkeypatch.setenv("ISOPOLIS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ISOPOLIS_CURATED", raising=False)
    monkeypatch.delenv("ISOPOLIS_DATABASE_URL", raising=False)


@pytest.fixture
def built(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """An indexed home folder, with the small embedder in place of the packaged model."""
    monkeypatch.setattr(assemble, "build_embedder", lambda _settings: KeywordEmbedder())
    monkeypatch.setenv("ISOPOLIS_HOME", str(world.home))
    return world


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def refused(result: Result) -> str:
    """The message of a command that refused, after a look at how it did."""
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Usage: main {command}" in result.output


def test_help_names_every_command() -> None:
    result = run("--help")
    assert all(f"\n  {command} " in result.output for command in COMMANDS)


@pytest.mark.parametrize("args", [["--help"], ["match", "--help"], ["match", ""], ["--version"]])
def test_help_and_bad_input_wait_for_no_library(args: list[str]) -> None:
    heavy = ("torch", "openvino", "chromadb", "tantivy", "sentence_transformers", "scrapy", "fastapi", "transformers")
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from isopolis import main\n"
        f"CliRunner().invoke(main, {args!r})\n"
        f"print([name for name in {heavy!r} if name in sys.modules])\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([""], "idea: describe the idea in a sentence or two"),
        (["123"], "idea: describe the idea"),
        (["x" * 4001], "idea: String should have at most 4000 characters"),
        ([IDEA, "--country", "XY"], "country: 'XY' is not a country code"),
        ([IDEA, "--population", "-5"], "population: Input should be greater than or equal to 0 (given: -5)"),
        ([IDEA, "--population", "many"], "'--population'"),
        ([IDEA, "--applicant", "town"], "applicant: Input should be 'municipality'"),
        ([IDEA, "--role", "boss"], "role: Input should be 'lead'"),
        ([IDEA, "--degurba", "4"], "degurba: Input should be 1, 2 or 3"),
        ([IDEA, "--as-of", "soon"], "as-of: "),
        ([IDEA, "--as-of", "2026-13-01"], "as-of: "),
        ([IDEA, "--language", "xx"], "language: Input should be"),
        ([IDEA, "--limit", "51"], "limit: Input should be less than or equal to 50"),
        ([IDEA, "--limit", "0"], "limit: Input should be greater than or equal to 1"),
        ([], "Missing argument 'IDEA'"),
        ([IDEA, "--colour", "blue"], "No such option"),
    ],
)
def test_a_bad_question_names_the_option(args: list[str], told: str) -> None:
    message = refused(run("match", *args))
    assert told in message
    assert "x" * 100 not in message


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([IDEA, "--place", "Atlantis"], "place: no town called “Atlantis”"),
        ([IDEA, "--place", "Valencia"], "give the country too"),
        ([IDEA, "--call", "no.such"], "there is no call 'no.such'"),
    ],
)
@pytest.mark.usefixtures("built")
def test_what_is_not_there_is_named(args: list[str], told: str) -> None:
    assert told in refused(run("match", *args))


@pytest.mark.usefixtures("built")
def test_an_answer_as_text_and_as_json() -> None:
    args = ("match", IDEA, "--place", "Gabrovo", "--applicant", "municipality", "--as-of", "2026-11-02")
    text, data = run(*args), run(*args, "--json")
    assert (text.exit_code, data.exit_code) == (0, 0)
    answer = json.loads(data.stdout)
    assert answer["understood"]["applicant"]["population"] == 48133
    assert answer["calls"][0]["id"] == "bg.day-centres"
    assert all(f"[{call['id']}]" in text.output for call in answer["calls"])


@pytest.mark.usefixtures("built")
def test_calls_can_be_chosen_and_explained() -> None:
    result = run("match", IDEA, "--call", "life.gardens", "--call", "pl.day-centres", "--explain")
    assert result.output.index("[life.gardens]") < result.output.index("[pl.day-centres]")
    assert "meaning: How near" in result.output


@pytest.mark.parametrize("command", [["index"], ["match", IDEA], ["status"]])
def test_without_a_snapshot_it_says_what_to_run(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "build_embedder", lambda _settings: KeywordEmbedder())
    assert "run `isopolis build`" in refused(run(*command))


@pytest.mark.parametrize("command", [["match", IDEA], ["status"]])
def test_without_an_index_it_says_what_to_run(
    command: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assemble, "build_embedder", lambda _settings: KeywordEmbedder())
    World(tmp_path / "home", KeywordEmbedder()).write(RECORDS)
    message = refused(run(*command))
    assert "there is no index" in message
    assert "run `isopolis index`" in message


@pytest.mark.parametrize("file", ["manifest.json", "entries.tsv", "words/call/meta.json", "words/practice/meta.json"])
def test_a_truncated_index_is_refused_and_mended(built: World, file: str) -> None:
    folder = current_folder(built.index)
    assert folder is not None
    data = (folder / file).read_bytes()
    (folder / file).unlink()
    (folder / file).write_bytes(data[: len(data) // 2])
    assert "run `isopolis index`" in refused(run("match", IDEA))
    assert run("index").exit_code == 0
    assert run("match", IDEA).exit_code == 0


@pytest.mark.parametrize("file", ["manifest.json", "index.tsv"])
def test_a_truncated_snapshot_is_refused(built: World, file: str) -> None:
    path = built.snapshot().folder / file
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])
    for command in (["match", IDEA], ["status"], ["index"]):
        assert "run `isopolis build`" in refused(run(*command))


@pytest.mark.usefixtures("built")
def test_indexing_again_embeds_nothing() -> None:
    result = run("index")
    assert result.exit_code == 0
    assert "0 passages embedded" in result.output


@pytest.mark.usefixtures("built")
def test_status_says_what_is_built_from_what() -> None:
    result = run("status")
    assert result.exit_code == 0
    assert "10 calls, 8 practices, 1 programmes" in result.output
    assert "model      keywords" in result.output


BROKEN = {
    "no YAML": ("title: [", "not valid YAML"),
    "no mapping": ("- a\n- b\n", "a mapping of fields"),
    "an unknown key": ("title: {en: A}\ncolour: blue\n", "colour"),
    "a missing field": ("title: {en: A}\n", "url: Field required"),
    "a key given twice": ("title: {en: A}\ntitle: {en: B}\n", "key 'title' twice"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_broken_curated_record_names_file_and_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    text, told = BROKEN[name]
    file = tmp_path / "curated" / "calls" / "odd-call.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    monkeypatch.setenv("ISOPOLIS_CURATED", str(tmp_path / "curated"))
    message = refused(run(command))
    assert "odd-call.yml" in message
    assert told in message


def test_a_build_without_any_record_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "curated").mkdir()
    monkeypatch.setenv("ISOPOLIS_CURATED", str(tmp_path / "curated"))
    refused(run("build"))
    assert not (tmp_path / "home" / "snapshots" / "current").exists()


@pytest.mark.parametrize(
    ("name", "value", "command"),
    [
        ("ISOPOLIS_ENGINE", "steam", ["match", IDEA]),
        ("ISOPOLIS_CHROMA_URL", "nowhere", ["match", IDEA]),
        ("ISOPOLIS_DATABASE_URL", "nothing", ["build"]),
    ],
)
def test_an_impossible_setting_is_named(
    built: World, monkeypatch: pytest.MonkeyPatch, name: str, value: str, command: list[str]
) -> None:
    assert built.index.exists()
    monkeypatch.setenv(name, value)
    assert name in refused(run(*command))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not JSON"),
        ("[]", "must hold an object"),
        ('{"pairs": []}', "format: is missing"),
        (None, "does not exist"),
    ],
)
def test_a_file_of_applicants_that_cannot_be_read_is_named(tmp_path: Path, text: str | None, told: str) -> None:
    path = tmp_path / "pairs.json"
    if text is not None:
        path.write_text(text)
    message = refused(run("eligibility", str(path)))
    assert told in message


def test_an_unknown_source_is_named() -> None:
    assert "no_such_source" in refused(run("crawl", "no_such_source"))


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_an_impossible_port_is_named(port: str) -> None:
    assert "--port" in refused(run("serve", "--port", port))


def test_a_failed_command_ends_with_one_message_in_a_real_process(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("isopolis")
    command = [str(program), "match", IDEA, "--country", "Atlantis"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: country: 'Atlantis' is not a country code; use ISO 3166-1 alpha-2, for example BG or FR"
        " (given: 'Atlantis')\n"
    )
