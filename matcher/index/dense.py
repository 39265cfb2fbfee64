"""Vectors of passages in Chroma: in files of the home folder or on a server, through one interface.

Passages are named by their content, so a collection only ever grows by what is new, an interrupted build goes
on where it stopped, and an older index keeps finding its own.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import numpy as np

from matcher.errors import MatcherError
from matcher.unpack import Floats

# Measured on the vectors of real calls: recall of the nearest 200 against exact search over 0.99 (bench/recall.py).
_HNSW = {"space": "ip", "ef_construction": 200, "max_neighbors": 32, "ef_search": 400}
_BATCH = 1000
_LARGE, _WIDE = 5_000, 1600
"""Passages from which more of the graph is searched, and how much: at 100,000 it takes that for a recall of 0.99."""


def connect(folder: Path, url: str) -> Any:
    """A Chroma client.

    Raises:
        MatcherError: the server cannot be reached or the address is none.
    """
    import chromadb  # noqa: PLC0415  heavy: only when an index is opened
    from chromadb.config import Settings  # noqa: PLC0415  the same

    quiet = Settings(anonymized_telemetry=False)
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(str(folder), settings=quiet)
    address = urlparse(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise MatcherError(f"ISOPOLIS_CHROMA_URL: {url!r} is no address such as http://127.0.0.1:8000")
    try:
        secure = address.scheme == "https"
        port = address.port or (443 if secure else 80)
        return chromadb.HttpClient(address.hostname, port, ssl=secure, settings=quiet)
    except Exception as error:  # the client raises bare ValueError and its own errors alike
        raise MatcherError(f"ISOPOLIS_CHROMA_URL: no Chroma server answers at {url}: {error}") from error


def collection_name(kind: str, model: str) -> str:
    """Name of the collection for passages of a kind of record, embedded by a model."""
    return f"isopolis-{kind}-" + re.sub(r"[^A-Za-z0-9]+", "-", model).strip("-")[-40:]


class DenseIndex:
    """Passages of one kind of record by meaning."""

    def __init__(self, client: Any, kind: str, model: str) -> None:
        """Open or create the collection."""
        self._count: int | None = None
        self._collection = client.get_or_create_collection(
            collection_name(kind, model), configuration={"hnsw": _HNSW}, embedding_function=None
        )

    def __len__(self) -> int:
        """Passages; asked for once, since an index in use does not change."""
        if self._count is None:
            self._count = int(self._collection.count())
        return self._count

    def missing(self, keys: Sequence[str]) -> list[str]:
        """Those of the keys that have no vector yet."""
        absent: list[str] = []
        for batch in _batches(keys):
            present = set(self._collection.get(ids=list(batch), include=[])["ids"])
            absent += [key for key in batch if key not in present]
        return absent

    def add(self, keys: Sequence[str], vectors: Floats) -> None:
        """Add vectors; a key that is there already keeps its vector."""
        for start in range(0, len(keys), _BATCH):
            chosen = list(keys[start : start + _BATCH])
            self._count = None
            self._collection.upsert(ids=chosen, embeddings=vectors[start : start + _BATCH])

    def remove(self, keys: Sequence[str]) -> None:
        """Forget vectors."""
        for batch in _batches(keys):
            self._count = None
            self._collection.delete(ids=list(batch))

    def tune(self) -> None:
        """Search a large collection more widely; read when the collection is opened the next time."""
        if len(self) <= _LARGE:
            return
        with warnings.catch_warnings():
            # Chroma warns of every collection whose vectors it does not make itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._collection.modify(configuration={"hnsw": {"ef_search": _WIDE}})

    def vectors(self, keys: Sequence[str]) -> dict[str, Floats]:
        """Vectors by key."""
        vectors: dict[str, Floats] = {}
        for batch in _batches(keys):
            found = self._collection.get(ids=list(batch), include=["embeddings"])
            vectors.update(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))
        return vectors

    def nearest(self, vector: Floats, n: int) -> list[tuple[str, float]]:
        """Keys of the nearest passages with their cosine, best first."""
        return self.nearest_many([vector], n)[0]

    def nearest_many(self, vectors: Sequence[Floats], n: int) -> list[list[tuple[str, float]]]:
        """The same for several vectors in one call."""
        count = len(self) if vectors else 0
        if not count:
            return [[] for _ in vectors]
        answer = self._collection.query(query_embeddings=list(vectors), n_results=min(n, count), include=["distances"])
        rows = zip(answer["ids"], answer["distances"], strict=True)
        return [[(key, 1.0 - float(d)) for key, d in zip(ids, far, strict=True)] for ids, far in rows]


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]
