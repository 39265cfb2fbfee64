import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from corpus.snapshot import Snapshot
from matcher.errors import MatcherError
from matcher.index import build as module
from matcher.index import fill
from matcher.index.build import current_folder
from matcher.index.dense import DenseIndex
from matcher.index.entries import read_entries
from matcher.index.lexical import WordIndex
from matcher.index.manifest import read_manifest
from matcher.index.plan import KINDS
from matcher.index.search import SearchIndex
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import (
    CALLS,
    DAY_CENTRES_BG,
    GARDENS,
    PRACTICES,
    PROGRAMME,
    RECORDS,
    ROMA_HOUSE,
    World,
    changed,
)

CHANGED = changed(GARDENS, summary={"en": "Community gardens and volcano parks."})
AFTER = tuple(CHANGED if record is GARDENS else record for record in RECORDS if record is not ROMA_HOUSE)
"""The small corpus one step on: one call changed, one practice gone."""


def passage_count(world: World) -> int:
    folder = current_folder(world.index)
    assert folder is not None
    return sum(len(entry.keys) for entry in read_entries(folder / "entries.tsv").values())


def found_by_words(index: SearchIndex, *words: str) -> list[str]:
    return sorted(name for kind in KINDS for name, _ in index.by_words(dict.fromkeys(words, 1.0), kind, 50))


def found_by_meaning(index: SearchIndex, text: str) -> dict[str, float]:
    vector = KeywordEmbedder().query(text)
    hits = [hit for kind in KINDS for hit in index.nearest(vector, kind, 300)]
    return {f"{hit.record_id} {hit.key}": round(hit.cosine, 5) for hit in hits}


def test_everything_is_embedded_the_first_time(tmp_path: Path) -> None:
    world = World(tmp_path, KeywordEmbedder())
    world.write(RECORDS)
    report = world.reindex()
    assert (report.records, report.changed, report.removed) == (len(CALLS) + len(PRACTICES), 18, 0)
    assert report.passages == passage_count(world)
    assert 0 < report.embedded <= report.passages


def test_the_manifest_says_what_it_was_built_from(world: World) -> None:
    folder = current_folder(world.index)
    assert folder is not None
    manifest = read_manifest(folder)
    assert manifest.snapshot == world.snapshot().manifest.hash
    assert (manifest.model, manifest.dimension) == ("keywords", KeywordEmbedder.dimension)
    assert (manifest.records, manifest.passages) == ({"call": 10, "practice": 8}, passage_count(world))


def test_programmes_are_not_indexed(world: World) -> None:
    folder = current_folder(world.index)
    assert folder is not None
    assert PROGRAMME.id not in read_entries(folder / "entries.tsv")


def test_an_unchanged_snapshot_embeds_nothing(world: World) -> None:
    report = world.reindex()
    assert (report.embedded, report.changed, report.removed) == (0, 0, 0)


def test_one_changed_record_embeds_only_its_passages(world: World) -> None:
    world.write(AFTER)
    embedder = KeywordEmbedder()
    report = world.reindex(embedder)
    assert (report.changed, report.removed, report.embedded) == (1, 1, 1)
    assert embedder.seen == ["Trees and parks. Community gardens and volcano parks."]
    assert found_by_words(world.search(), "volcano") == [GARDENS.id]


def test_a_removed_record_vanishes(world: World) -> None:
    before = found_by_meaning(world.search(), "Roma children")
    assert any(name.startswith(ROMA_HOUSE.id) for name in before)
    world.write(AFTER)
    world.reindex()
    index = world.search()
    assert not any(name.startswith(ROMA_HOUSE.id) for name in found_by_meaning(index, "Roma children"))
    assert ROMA_HOUSE.id not in found_by_words(index, "roma", "child")
    keys = [name.split()[1] for name in before if name.startswith(ROMA_HOUSE.id)]
    assert sorted(DenseIndex(world.client(), "practice", "keywords").missing(keys)) == sorted(keys)


def test_step_by_step_gives_what_one_step_gives(world: World, tmp_path: Path) -> None:
    world.write(AFTER)
    world.reindex()
    fresh = World(tmp_path / "fresh", KeywordEmbedder())
    fresh.write(AFTER)
    fresh.reindex()
    for ask in ("Roma children", "gardens", "homeless"):
        assert found_by_meaning(world.search(), ask) == found_by_meaning(fresh.search(), ask)
        assert found_by_words(world.search(), *ask.lower().split()) == found_by_words(
            fresh.search(), *ask.lower().split()
        )


def test_equal_passages_are_embedded_once(tmp_path: Path) -> None:
    world = World(tmp_path, KeywordEmbedder())
    twin = changed(DAY_CENTRES_BG, id="bg.twin")
    world.write([DAY_CENTRES_BG, twin])
    report = world.reindex()
    assert report.embedded * 2 == report.passages
    names = {name.split()[0] for name in found_by_meaning(world.search(), "Roma children")}
    assert names == {DAY_CENTRES_BG.id, "bg.twin"}


def test_another_model_starts_from_nothing(world: World) -> None:
    class Other(KeywordEmbedder):
        name = "other"

    report = world.reindex(Other())
    assert report.changed == report.records
    assert report.embedded > 0


@pytest.mark.parametrize("away", ["emptied", "only the calls"])
def test_vectors_that_were_lost_are_made_again(world: World, away: str) -> None:
    """For example: the address of the Chroma server was changed, or its disk is new."""
    whole = found_by_meaning(world.search(), "Roma children")
    client = world.client()
    for collection in client.list_collections():
        if away == "emptied" or "call" in collection.name:
            client.delete_collection(collection.name)
    report = world.reindex()
    assert report.changed == 0
    assert report.embedded > 0
    assert found_by_meaning(world.search(), "Roma children") == whole


@pytest.mark.parametrize("file", ["manifest.json", "entries.tsv", "words/call/meta.json"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_index_is_mended_by_the_next_build(world: World, file: str, damage: str) -> None:
    folder = current_folder(world.index)
    assert folder is not None
    path = folder / file
    data = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    with pytest.raises(MatcherError, match="run `isopolis index`"):
        world.search()
    report = world.reindex()
    assert report.embedded == 0
    assert DAY_CENTRES_BG.id in found_by_words(world.search(), "roma")


def test_lost_words_are_noticed(world: World) -> None:
    folder = current_folder(world.index)
    assert folder is not None
    shutil.rmtree(folder / "words" / "call")
    WordIndex(folder / "words" / "call")
    with pytest.raises(MatcherError, match="not whole; run `isopolis index`"):
        world.search()


def test_a_snapshot_without_anything_to_search_is_refused(tmp_path: Path) -> None:
    world = World(tmp_path, KeywordEmbedder())
    world.write([PROGRAMME])
    with pytest.raises(MatcherError, match="neither calls nor practices; run `isopolis build`"):
        world.reindex()


def test_progress_counts_up_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fill, "_CHUNK", 8)
    world = World(tmp_path, KeywordEmbedder())
    world.write(RECORDS)
    told: list[tuple[int, int]] = []
    report = module.build_index(
        world.index, world.client(), world.snapshot(), world.embedder, lambda *at: told.append(at)
    )
    done = [at for at, _ in told]
    assert done == sorted(set(done))
    assert told[-1] == (report.embedded, report.embedded)
    assert all(at <= total for at, total in told)


def test_the_one_before_is_kept_and_older_ones_go(world: World) -> None:
    for text in ("Gardens.", "More gardens.", "Many gardens."):
        world.write([changed(GARDENS, summary={"en": text})])
        world.reindex()
    assert len([path for path in world.index.iterdir() if path.is_dir()]) == 2


Patch = Callable[[pytest.MonkeyPatch], None]


def _at_call(number: int, real: Callable[..., Any], error: BaseException) -> Callable[..., Any]:
    """The function, which raises at its nth call."""
    calls = iter(range(1, 10_000))

    def fails(*given: Any, **named: Any) -> Any:
        if next(calls) == number:
            raise error
        return real(*given, **named)

    return fails


def _embedder(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(KeywordEmbedder, "_vector", _at_call(12, KeywordEmbedder._vector, KeyboardInterrupt()))


def _vectors(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(DenseIndex, "add", _at_call(2, DenseIndex.add, RuntimeError("database is locked")))


def _words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(WordIndex, "update", _at_call(1, WordIndex.update, KeyboardInterrupt()))


def _words_after(patch: pytest.MonkeyPatch) -> None:
    real = WordIndex.update

    def fails(self: WordIndex, entries: Iterable[Any], removed: Iterable[str]) -> None:
        real(self, entries, removed)
        raise KeyboardInterrupt

    patch.setattr(WordIndex, "update", fails)


def _list(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(module, "write_lines", _at_call(1, module.write_lines, OSError("disk full")))


def _rename(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "rename", _at_call(1, os.rename, KeyboardInterrupt()))


def _switch(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "replace", _at_call(1, os.replace, OSError("disk full")))


STEPS = [_embedder, _vectors, _words, _words_after, _list, _rename, _switch]


@pytest.fixture
def larger(monkeypatch: pytest.MonkeyPatch, world: World) -> tuple[World, Snapshot]:
    """An indexed world, its snapshot, and a second one that changes much of it, in use but not indexed."""
    monkeypatch.setattr(fill, "_CHUNK", 4)
    old = world.snapshot()
    calls = [changed(call, objectives={"en": f"Gardens in quarter {n} and a volcano."}) for n, call in enumerate(CALLS)]
    practices = [changed(one, approach={"en": f"Way {n} to a garden."}) for n, one in enumerate(PRACTICES[1:])]
    world.write([*calls, *practices])
    return world, old


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__.strip("_"))
def test_an_interruption_leaves_the_last_good_index_and_the_next_build_completes(
    larger: tuple[World, Snapshot], step: Patch
) -> None:
    world, old = larger
    good = current_folder(world.index)
    assert good is not None
    with pytest.MonkeyPatch.context() as patch:
        step(patch)
        with pytest.raises((KeyboardInterrupt, OSError, RuntimeError)):
            world.reindex()
    assert current_folder(world.index) == good
    before = SearchIndex(good, world.client(), world.embedder, old)
    assert ROMA_HOUSE.id in found_by_words(before, "roma")
    assert found_by_words(before, "volcano") == []
    assert found_by_meaning(before, "Roma children")
    report = world.reindex()
    assert report.changed == 17
    assert found_by_words(world.search(), "volcano") == sorted(call.id for call in CALLS)
    assert ROMA_HOUSE.id not in found_by_words(world.search(), "roma")
    assert not [path for path in world.index.iterdir() if path.name.startswith(".building")]


def test_a_build_goes_on_where_it_was_stopped(larger: tuple[World, Snapshot]) -> None:
    world, _ = larger
    stopped, second = KeywordEmbedder(), KeywordEmbedder()
    with pytest.MonkeyPatch.context() as patch:
        _vectors(patch)
        with pytest.raises(RuntimeError):
            world.reindex(stopped)
    world.reindex(second)
    assert len(stopped.seen) == 8
    assert set(stopped.seen[:4]).isdisjoint(second.seen)
    assert set(stopped.seen[4:]) <= set(second.seen)


def test_an_interruption_while_forgetting_leaves_the_new_index(larger: tuple[World, Snapshot]) -> None:
    world, _ = larger
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DenseIndex, "remove", _at_call(1, DenseIndex.remove, KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            world.reindex()
    assert found_by_words(world.search(), "volcano") == sorted(call.id for call in CALLS)
    assert world.reindex().embedded == 0
