"""Indexes that share a copy of the vectors, and the passages that came after it."""

from functools import partial
from pathlib import Path

import pytest

from matcher.index import copies, dense
from matcher.index.build import build_index, current_folder
from matcher.index.copies import beside, copy_of, publish
from matcher.index.dense import connect
from matcher.index.search import SearchIndex
from tests.fakes import KeywordEmbedder
from tests.matcher.factory import GARDENS, RECORDS, World, changed


@pytest.fixture
def shared(tmp_path: Path) -> World:
    world = World(tmp_path, KeywordEmbedder())
    world.write(RECORDS)
    renew(world)
    return world


def renew(world: World) -> Path:
    """Index as the command does, with a copy of the vectors; returns the folder of the index."""
    chroma = world.home / "chroma"
    build_index(world.index, connect(chroma, ""), world.snapshot(), world.embedder, None, partial(publish, chroma))
    folder = current_folder(world.index)
    assert folder is not None
    return folder


def with_gardens(world: World, text: str) -> None:
    world.write([changed(record, summary={"en": text}) if record is GARDENS else record for record in RECORDS])


def nearest(world: World, text: str) -> list[tuple[str, str, float]]:
    folder = current_folder(world.index)
    assert folder is not None
    copy = copy_of(folder)
    assert copy is not None
    index = SearchIndex(folder, connect(copy, ""), world.embedder, world.snapshot())
    hits = index.nearest(world.embedder.query(text), "call", 5)
    index.close()
    return [(hit.record_id, hit.key, round(hit.cosine, 3)) for hit in hits]


def test_a_few_new_passages_are_found_beside_the_copy(shared: World) -> None:
    first = copy_of(shared.index / (shared.index / "current").read_text().strip())
    with_gardens(shared, "A police station and a football club.")
    folder = renew(shared)
    assert copy_of(folder) == first
    assert len(beside(folder)["call"]) == 1
    assert nearest(shared, "police and football")[0][0] == GARDENS.id


def test_a_shared_copy_finds_what_a_new_one_finds(shared: World, tmp_path: Path) -> None:
    with_gardens(shared, "A police station and a football club.")
    renew(shared)
    fresh = World(tmp_path / "fresh", KeywordEmbedder())
    with_gardens(fresh, "A police station and a football club.")
    renew(fresh)
    for text in ("police and football", "gardens", "Roma children"):
        mine, other = nearest(shared, text), nearest(fresh, text)
        assert mine[0][:2] == other[0][:2]
        assert [cosine for *_, cosine in mine] == pytest.approx([cosine for *_, cosine in other], abs=2e-3)


def test_a_passage_that_comes_back_is_not_named_twice(shared: World) -> None:
    with_gardens(shared, "A police station.")
    renew(shared)
    shared.write(RECORDS)
    assert sum(map(len, beside(renew(shared)).values())) <= 2
    assert nearest(shared, "gardens")[0][0] == GARDENS.id


def test_too_many_new_passages_get_a_copy_of_their_own(shared: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = copy_of(shared.index / (shared.index / "current").read_text().strip())
    monkeypatch.setattr(copies, "MOST", 0)
    with_gardens(shared, "A police station.")
    folder = renew(shared)
    assert copy_of(folder) != first
    assert beside(folder) == {}
    assert nearest(shared, "police")[0][0] == GARDENS.id


def test_copies_that_no_index_reads_go(shared: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MOST", 0)
    for text in ("One garden.", "Two police stations.", "A football club."):
        with_gardens(shared, text)
        renew(shared)
    assert len(list((shared.index / copies.COPIES).iterdir())) == 2


def test_vectors_that_were_lost_are_not_read_from_an_old_copy(shared: World) -> None:
    first = copy_of(shared.index / (shared.index / "current").read_text().strip())
    client = connect(shared.home / "chroma", "")
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    assert copy_of(renew(shared)) != first
    assert nearest(shared, "gardens")[0][0] == GARDENS.id


def test_a_large_collection_is_searched_more_widely(shared: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(dense, "_LARGE", 3)
    monkeypatch.setattr(dense, "_WIDE", 77)
    with_gardens(shared, "A police station.")
    renew(shared)
    client = connect(shared.home / "chroma", "")
    for kind in ("call", "practice"):
        with pytest.warns(DeprecationWarning, match="legacy embedding function"):
            settings = client.get_collection(dense.collection_name(kind, "keywords"), None).configuration
        asked.append(settings["hnsw"]["ef_search"])
    assert asked == [77, 77]
    assert nearest(shared, "police")[0][0] == GARDENS.id


def test_an_interrupted_copy_leaves_nothing(shared: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MOST", 0)
    with_gardens(shared, "A police station.")
    with monkeypatch.context() as patch:
        patch.setattr(copies.np, "save", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            renew(shared)
    assert len(list((shared.index / copies.COPIES).iterdir())) == 1
