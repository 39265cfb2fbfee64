import datetime as dt
from pathlib import Path

import pytest

from corpus.errors import SnapshotError
from matcher import assemble
from matcher.assemble import open_matcher, system_clock, update_index
from matcher.errors import IndexMismatchError, IndexMissingError, MatcherError
from matcher.query import IdeaQuery
from matcher.settings import MatcherSettings
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import GARDENS, IDEA, RECORDS, World, changed


@pytest.fixture(autouse=True)
def _small_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "build_embedder", lambda _settings: KeywordEmbedder())


def test_a_matcher_is_put_together(world: World) -> None:
    answer = open_matcher(MatcherSettings(home=world.home)).match(IdeaQuery(text=IDEA, place="Gabrovo"))
    assert answer.understood.place == "Gabrovo"
    assert answer.calls


def test_no_snapshot_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="run `isopolis build`"):
        open_matcher(MatcherSettings(home=tmp_path))
    with pytest.raises(SnapshotError, match="run `isopolis build`"):
        update_index(MatcherSettings(home=tmp_path))


def test_no_index_says_what_to_run(tmp_path: Path) -> None:
    World(tmp_path, KeywordEmbedder()).write(RECORDS)
    with pytest.raises(IndexMissingError, match="run `isopolis index`"):
        open_matcher(MatcherSettings(home=tmp_path))


def test_an_index_of_another_snapshot_is_refused_until_it_is_updated(world: World) -> None:
    settings = MatcherSettings(home=world.home)
    world.write([changed(GARDENS, summary={"en": "Gardens and a volcano."})])
    with pytest.raises(IndexMismatchError, match="run `isopolis index`"):
        open_matcher(settings)
    report = update_index(settings)
    assert (report.records, report.embedded) == (1, 1)
    assert [call.id for call in open_matcher(settings).match(IdeaQuery(text="garden", only=(GARDENS.id,))).calls]


def test_updating_prepares_what_the_first_question_needs(world: World) -> None:
    for path in world.index.glob("terms-*.npy"):
        path.unlink()
    update_index(MatcherSettings(home=world.home))
    assert list(world.index.glob("terms-*.npy"))
    assert (world.home / "places.db").exists()


def test_a_chroma_server_that_does_not_answer_names_the_setting(world: World) -> None:
    settings = MatcherSettings(home=world.home, chroma_url="http://127.0.0.1:9")
    with pytest.raises(MatcherError, match="ISOPOLIS_CHROMA_URL"):
        open_matcher(settings)


def test_the_clock_knows_its_zone() -> None:
    assert system_clock().utcoffset() == dt.timedelta(0)
