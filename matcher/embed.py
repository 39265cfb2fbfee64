"""Embedding texts: one protocol, and two engines that agree with each other (ADR 4).

Heavy libraries are imported when an engine is built, not when this module is: the command line must answer
`--help` and bad input at once.
"""

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ModelError
from matcher.settings import PACKAGED, MatcherSettings
from matcher.unpack import MAX_TOKENS, Floats, PackedModel, packaged_file, tokenizer_json, unpack

_QUERY, _PASSAGE = "query: ", "passage: "
"""What the packaged model wants before a question and before a passage."""
_BATCH = 16
"""Texts per forward pass; more gain nothing on two cores and cost memory."""
_MANY = 64
"""Texts from which they are read in several streams, each on a core of its own, a few texts at a time."""
_FEW = 4
"""Texts of one stream at a time: so much of them stays near its core."""


_Batch = tuple[list[int], Floats, Floats]
"""Places of some texts, their vectors, and those of their tokens."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a model reads it: one vector of the whole, and one of each token where it stands.

    `spans` are the first character of each token and the one after its last; those of the model's own marks and
    prefix are empty.
    """

    vector: Floats
    tokens: Floats
    spans: list[tuple[int, int]]


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

    def read_query(self, text: str) -> Reading:
        """One question with its tokens."""

    def read_queries(self, texts: Sequence[str]) -> list[Reading]:
        """A few questions with their tokens, in one pass."""

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        """Texts with their tokens, as (place, reading) in an order that suits the engine."""


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

        def compiled(hint: str) -> Any:
            settings = {"PERFORMANCE_HINT": hint, "INFERENCE_PRECISION_HINT": "f32"}
            return openvino.Core().compile_model(graph, "CPU", settings)

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._run = compiled("LATENCY")
        except Exception as error:  # both libraries raise bare Exception and RuntimeError for a broken file
            raise ModelError(f"{folder} holds a broken model; delete that folder and try again: {error}") from error
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._lock = threading.Lock()
        # Takes seconds and memory of its own, so only who reads many texts has it.
        self._streams = cache(lambda: openvino.AsyncInferQueue(compiled("THROUGHPUT")))
        self.dimension = int(self._run.output(0).partial_shape[1].get_length())

    def query(self, text: str) -> Floats:
        """Vector of one question."""
        return self.read_query(text).vector

    def passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Floats]]:
        """Vectors of passages."""
        return ((place, reading.vector) for place, reading in self.read(texts))

    def read_query(self, text: str) -> Reading:
        """One question with its tokens."""
        return self.read_queries([text])[0]

    def read_queries(self, texts: Sequence[str]) -> list[Reading]:
        """A few questions with their tokens, in one pass."""
        encoded = self._tokenizer.encode_batch([f"{_QUERY}{text}" for text in texts])
        vectors, tokens = self._forward([encoding.ids for encoding in encoded])
        return [
            Reading(vectors[row], tokens[row, : len(encoding.ids)], _spans(encoding.offsets, len(_QUERY)))
            for row, encoding in enumerate(encoded)
        ]

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        """Passages with their tokens; texts of like length go together, so that little is spent on padding."""
        encoded = self._tokenizer.encode_batch([f"{_PASSAGE}{text}" for text in texts])
        ids = [encoding.ids for encoding in encoded]
        order = sorted(range(len(ids)), key=lambda place: -len(ids[place]))
        many = len(order) >= _MANY
        size = _FEW if many else _BATCH
        batches = [order[start : start + size] for start in range(0, len(order), size)]
        for places, vectors, tokens in self._side_by_side(batches, ids) if many else self._in_turn(batches, ids):
            for row, place in enumerate(places):
                spans = _spans(encoded[place].offsets, len(_PASSAGE))
                yield place, Reading(vectors[row], tokens[row, : len(ids[place])], spans)

    def _in_turn(self, batches: Sequence[list[int]], ids: Sequence[list[int]]) -> Iterator[_Batch]:
        for places in batches:
            yield places, *self._forward([ids[place] for place in places])

    def _side_by_side(self, batches: Sequence[list[int]], ids: Sequence[list[int]]) -> list[_Batch]:
        """All batches, each read by the stream that is free first."""
        done: list[_Batch] = []

        def keep(request: Any, places: list[int]) -> None:
            done.append((places, *(request.get_output_tensor(number).data.copy() for number in range(2))))

        with self._lock:
            streams = self._streams()
            streams.set_callback(keep)
            for places in batches:
                streams.start_async(_padded([ids[place] for place in places]), places)
            streams.wait_all()
        return done

    def _forward(self, ids: list[list[int]]) -> tuple[Floats, Floats]:
        given = _padded(ids)
        # One compiled model has one set of buffers: two threads at once would read each other's vectors.
        with self._lock:
            output = self._run(given)
            return output[0].copy(), output[1].copy()


def _padded(ids: Sequence[list[int]]) -> list[NDArray[np.int64]]:
    """Numbers of tokens, filled up to one length, and which of them count."""
    tokens = np.ones((len(ids), max(map(len, ids))), np.int64)
    mask = np.zeros_like(tokens)
    for row, numbers in enumerate(ids):
        tokens[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    return [tokens, mask]


def _spans(offsets: Sequence[tuple[int, int]], prefix: int) -> list[tuple[int, int]]:
    """Places of tokens in a text, from those in the text with its prefix."""
    return [(start - prefix, end - prefix) if start >= prefix or end > prefix else (0, 0) for start, end in offsets]


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

    def read_query(self, text: str) -> Reading:
        """One question with its tokens."""
        return self._read(self._query, [text])[0]

    def read_queries(self, texts: Sequence[str]) -> list[Reading]:
        """A few questions with their tokens, in one pass."""
        return self._read(self._query, texts)

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        """Passages with their tokens, a few hundred at a time."""
        step = 16 * _BATCH
        for start in range(0, len(texts), step):
            yield from enumerate(self._read(self._passage, texts[start : start + step]), start)

    def _read(self, prefix: str, texts: Sequence[str]) -> list[Reading]:
        batch = [prefix + text for text in texts]
        rows = self._model.encode(
            batch, batch_size=_BATCH, output_value=None, normalize_embeddings=True, show_progress_bar=False
        )
        limit = self._model.max_seq_length
        marks = self._model.tokenizer(batch, return_offsets_mapping=True, truncation=True, max_length=limit)
        return [
            Reading(
                _unit(_array(row["sentence_embedding"])),
                _array(row["token_embeddings"])[: len(offsets)],
                _spans(offsets, len(prefix)),
            )
            for row, offsets in zip(rows, marks["offset_mapping"], strict=True)
        ]


def _array(tensor: Any) -> Floats:
    return np.asarray(tensor.detach().cpu().numpy(), np.float32)


def _unit(vector: Floats) -> Floats:
    unit: Floats = vector / np.linalg.norm(vector)
    return unit


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
        return OpenVinoEmbedder(settings.models / f"{PACKAGED}-openvino-2")
    folder = settings.models / PACKAGED
    if not folder.exists():
        unpack(packaged_file(), folder)
    return SentenceTransformerEmbedder(str(folder), PACKAGED)
