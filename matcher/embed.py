"""Embedding texts: one protocol, and two engines that agree with each other (ADR 4).

Heavy libraries are imported when an engine is built, not when this module is: the command line must answer
`--help` and bad input at once.
"""

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from matcher.errors import ModelError
from matcher.settings import PACKAGED, MatcherSettings
from matcher.unpack import MAX_TOKENS, Floats, PackedModel, packaged_file, tokenizer_json, unpack

_BATCH = 16
"""Texts per forward pass; more gain nothing on two cores and cost memory."""


class Embedder(Protocol):
    """Turns texts into unit vectors. Queries and passages are told apart by their prefix."""

    @property
    def name(self) -> str:
        """Name of the model; vectors of different names must never be compared."""

    @property
    def dimension(self) -> int:
        """Length of the vectors."""

    def query(self, text: str) -> Floats:
        """Vector of one question."""

    def passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Floats]]:
        """Vectors of texts, as (place, vector) in an order that suits the engine."""


class OpenVinoEmbedder:
    """The packaged model, run by OpenVINO: a quarter of the latency of PyTorch and no import of it."""

    name = PACKAGED

    def __init__(self, folder: Path) -> None:
        """Load the graph from a folder; write it there from the packaged weights the first time."""
        graph = folder / "graph.xml"
        if not folder.exists():
            _write_openvino(folder)
        import openvino  # noqa: PLC0415  heavy: only when an engine is built
        from tokenizers import Tokenizer  # noqa: PLC0415  the same

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
            self._run = openvino.Core().compile_model(graph, "CPU", settings)
        except Exception as error:  # both libraries raise bare Exception and RuntimeError for a broken file
            raise ModelError(f"{folder} holds a broken model; delete that folder and try again: {error}") from error
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._lock = threading.Lock()
        self.dimension = int(self._run.output(0).partial_shape[1].get_length())

    def query(self, text: str) -> Floats:
        """Vector of one question."""
        vector: Floats = self._forward([self._tokenizer.encode(f"query: {text}").ids])[0]
        return vector

    def passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Floats]]:
        """Vectors of passages; texts of like length go together, so that little is spent on padding."""
        encoded = self._tokenizer.encode_batch_fast([f"passage: {text}" for text in texts])
        ids = [encoding.ids for encoding in encoded]
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            yield from zip(places, self._forward([ids[place] for place in places]), strict=True)

    def _forward(self, ids: list[list[int]]) -> Floats:
        length = max(map(len, ids))
        tokens = np.ones((len(ids), length), np.int64)
        mask = np.zeros_like(tokens)
        for row, numbers in enumerate(ids):
            tokens[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        # One compiled model has one set of buffers: two threads at once would read each other's vectors.
        with self._lock:
            vectors: Floats = self._run([tokens, mask])[0].copy()
        return vectors


def _write_openvino(folder: Path) -> None:
    """Graph and tokenizer in a folder, whole or not at all."""
    from matcher.graph import write_graph  # noqa: PLC0415  heavy: only the first time
    from matcher.unpack import written_whole  # noqa: PLC0415  beside its only use

    model = PackedModel(packaged_file())
    with written_whole(folder) as work:
        write_graph(model, work / "graph.xml")
        text = json.dumps(tokenizer_json(model), ensure_ascii=False)
        (work / "tokenizer.json").write_text(text, encoding="utf-8")


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or folder."""

    def __init__(self, source: str, name: str) -> None:
        """Load the model.

        Raises:
            ModelError: there is no such model here; nothing is downloaded behind the operator's back.
        """
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  seconds to import
        from transformers.utils import logging  # noqa: PLC0415  comes with it

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]

        try:
            self._model: Any = SentenceTransformer(source, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"ISOPOLIS_MODEL: cannot load {source!r}; give a folder or a cached name: {error}"
            ) from error
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        prompts = self._model.prompts or {}
        self._query = prompts.get("query") or ""
        self._passage = prompts.get("document") or prompts.get("passage") or ""

    def query(self, text: str) -> Floats:
        """Vector of one question."""
        vector: Floats = self._model.encode(self._query + text, normalize_embeddings=True, show_progress_bar=False)
        return vector

    def passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Floats]]:
        """Vectors of passages, a few hundred at a time."""
        step = 16 * _BATCH
        for start in range(0, len(texts), step):
            batch = [self._passage + text for text in texts[start : start + step]]
            vectors = self._model.encode(batch, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
            yield from enumerate(vectors, start)


def fingerprint(path: Path) -> str:
    """Short hash of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()[:12]


def build_embedder(settings: MatcherSettings) -> Embedder:
    """The embedder that the settings ask for.

    Raises:
        ModelError: the model is missing or broken; the text says what to do.
    """
    if settings.model != PACKAGED:
        return SentenceTransformerEmbedder(settings.model, settings.model)
    if settings.engine == "openvino":
        return OpenVinoEmbedder(settings.models / f"{PACKAGED}-openvino")
    folder = settings.models / PACKAGED
    if not folder.exists():
        unpack(packaged_file(), folder)
    return SentenceTransformerEmbedder(str(folder), PACKAGED)
