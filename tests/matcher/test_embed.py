"""What every embedder promises is in tests/contracts; here is how they are built, and how they fail."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from matcher import embed
from matcher.embed import OpenVinoEmbedder, build_embedder, fingerprint
from matcher.errors import ModelError
from matcher.settings import PACKAGED, MatcherSettings
from tests.matcher.packed import HIDDEN, write_packed


@pytest.fixture
def small_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny model in place of the packaged one."""
    path = tmp_path / "small.bin"
    write_packed(path)
    monkeypatch.setattr(embed, "packaged_file", lambda: path)
    return path


class FakeModel:
    """Of sentence-transformers' model, what is used of it."""

    prompts: ClassVar[dict[str, str] | None] = {"query": "ask: ", "document": "text: "}

    def __init__(self, source: str, **options: Any) -> None:
        self.options = options
        if "absent" in source:
            raise OSError("no such folder")
        self.read: list[str] = []

    def get_embedding_dimension(self) -> int:
        return 2

    def encode(self, texts: str | list[str], **_options: Any) -> Any:
        many = [texts] if isinstance(texts, str) else texts
        self.read += many
        vectors = np.ones((len(many), 2), np.float32)
        return vectors[0] if isinstance(texts, str) else vectors


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for sentence-transformers, which takes seconds to import."""
    sentence_transformers, transformers = ModuleType("sentence_transformers"), ModuleType("transformers.utils")
    sentence_transformers.SentenceTransformer = FakeModel  # type: ignore[attr-defined]
    transformers.logging = SimpleNamespace(disable_progress_bar=lambda: None)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", sentence_transformers)
    monkeypatch.setitem(sys.modules, "transformers.utils", transformers)


def test_the_packaged_model_is_unpacked_once_and_then_opened(small_model: Path, tmp_path: Path) -> None:
    settings = MatcherSettings(home=tmp_path / "home")
    first = build_embedder(settings)
    small_model.unlink()
    second = build_embedder(settings)
    assert (first.name, first.dimension) == (PACKAGED, HIDDEN)
    np.testing.assert_array_equal(first.query("ab"), second.query("ab"))


def test_a_packed_file_cut_short_is_refused_and_leaves_nothing(small_model: Path, tmp_path: Path) -> None:
    small_model.write_bytes(small_model.read_bytes()[:-1])
    with pytest.raises(ModelError, match=r"small\.bin"):
        build_embedder(MatcherSettings(home=tmp_path / "home"))
    assert not list((tmp_path / "home").rglob("*.xml"))


@pytest.mark.parametrize("name", ["graph.xml", "graph.bin", "tokenizer.json"])
@pytest.mark.usefixtures("small_model")
def test_a_broken_file_of_the_model_names_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    OpenVinoEmbedder(folder)
    (folder / name).write_bytes(b"<broken")
    with pytest.raises(ModelError, match=f"{folder} holds a broken model; delete that folder"):
        OpenVinoEmbedder(folder)


@pytest.mark.usefixtures("library")
def test_an_unknown_model_names_the_setting() -> None:
    with pytest.raises(ModelError, match="ISOPOLIS_MODEL: cannot load 'absent/model'"):
        build_embedder(MatcherSettings(model="absent/model"))


@pytest.mark.usefixtures("library")
def test_nothing_is_downloaded() -> None:
    model: Any = build_embedder(MatcherSettings(model="some/model"))
    assert model._model.options["local_files_only"] is True


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("prompts", "read"),
    [
        ({"query": "ask: ", "document": "text: "}, ["ask: a", "text: b"]),
        ({"query": "ask: ", "passage": "text: "}, ["ask: a", "text: b"]),
        ({}, ["a", "b"]),
        (None, ["a", "b"]),
    ],
)
def test_any_model_by_name_gets_its_own_prefixes(
    monkeypatch: pytest.MonkeyPatch, prompts: dict[str, str] | None, read: list[str]
) -> None:
    monkeypatch.setattr(FakeModel, "prompts", prompts)
    model: Any = build_embedder(MatcherSettings(model="some/model"))
    model.query("a")
    list(model.passages(["b"]))
    assert (model.name, model._model.read) == ("some/model", read)


@pytest.mark.usefixtures("library", "small_model")
def test_the_torch_engine_runs_the_packaged_model_under_its_name(tmp_path: Path) -> None:
    """One name for both engines: their vectors may be compared (tests/contracts)."""
    model = build_embedder(MatcherSettings(home=tmp_path, engine="torch"))
    assert model.name == PACKAGED
    assert (tmp_path / "models" / PACKAGED / "model.safetensors").exists()


def test_fingerprints_tell_files_apart(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * (2 << 20))
    (tmp_path / "b").write_bytes(b"x" * (2 << 20) + b"y")
    assert fingerprint(tmp_path / "a") != fingerprint(tmp_path / "b")
    assert len(fingerprint(tmp_path / "a")) == 12
