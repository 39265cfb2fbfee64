import json
from pathlib import Path

import pytest

from matcher import assemble
from matcher.command import index_command, index_lines, match_command
from matcher.errors import IndexMissingError
from matcher.query import IdeaQuery
from matcher.settings import MatcherSettings
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import IDEA, RECORDS, World


@pytest.fixture
def settings(world: World, monkeypatch: pytest.MonkeyPatch) -> MatcherSettings:
    """Settings of an indexed home folder, with the small embedder in place of the packaged model."""
    monkeypatch.setattr(assemble, "build_embedder", lambda _settings: KeywordEmbedder())
    return MatcherSettings(home=world.home)


def test_indexing_says_what_it_did(settings: MatcherSettings, capsys: pytest.CaptureFixture[str]) -> None:
    index_command(settings)
    captured = capsys.readouterr()
    assert "18 records; 0 records new or changed, 0 removed; 0 passages embedded" in captured.out
    assert captured.err == ""


def test_an_answer_is_printed(settings: MatcherSettings, capsys: pytest.CaptureFixture[str]) -> None:
    match_command(settings, IdeaQuery(text=IDEA), as_json=False, explain=False)
    assert "Day centres for Roma children  [bg.day-centres]" in capsys.readouterr().out


def test_json_and_text_name_the_same_calls(settings: MatcherSettings, capsys: pytest.CaptureFixture[str]) -> None:
    match_command(settings, IdeaQuery(text=IDEA), as_json=True, explain=False)
    calls = json.loads(capsys.readouterr().out)["calls"]
    match_command(settings, IdeaQuery(text=IDEA), as_json=False, explain=False)
    text = capsys.readouterr().out
    places = [text.index(f"[{call['id']}]") for call in calls]
    assert places == sorted(places)
    assert len(places) == 4


def test_the_state_of_the_index_in_two_lines(world: World) -> None:
    first, second = index_lines(world.index)
    assert "10 calls, 8 practices" in first
    assert world.snapshot().manifest.hash[:16] in first
    assert second.startswith("model      keywords, ")


def test_no_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="run `isopolis index`"):
        index_lines(tmp_path / "index")


def test_the_first_index_of_a_home(tmp_path: Path, settings: MatcherSettings) -> None:
    World(tmp_path / "new", KeywordEmbedder()).write(RECORDS)
    (tmp_path / "new" / "places.db").symlink_to(settings.home / "places.db")
    index_command(MatcherSettings(home=tmp_path / "new"))
    assert (tmp_path / "new" / "index" / "current").exists()
