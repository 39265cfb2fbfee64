"""Vectors of texts that stay the same from question to question, kept in a folder beside the indexes.

A definition of the vocabulary is embedded once for each model, when an index is built, and never while people wait.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from matcher.embed import Embedder
from matcher.unpack import Floats


class KeptVectors:
    """Lists of texts with their vectors. A list that changes is embedded again; the old file goes."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Take the folder of the files, and the model for what is not in it."""
        self._folder = folder
        self._embedder = embedder

    def passages(self, name: str, texts: Sequence[str]) -> Floats:
        """Vectors of texts as passages, in their order."""
        return self._kept(name, texts, self._as_passages)

    def queries(self, name: str, texts: Sequence[str]) -> Floats:
        """Vectors of texts as questions, in their order."""
        return self._kept(name, texts, lambda all_texts: np.stack([self._embedder.query(text) for text in all_texts]))

    def _as_passages(self, texts: Sequence[str]) -> Floats:
        vectors = np.empty((len(texts), self._embedder.dimension), np.float32)
        for place, vector in self._embedder.passages(texts):
            vectors[place] = vector
        return vectors

    def _kept(self, name: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Floats]) -> Floats:
        digest = hashlib.sha256(repr((self._embedder.name, list(texts))).encode()).hexdigest()[:16]
        path = self._folder / f"{name}-{digest}.npy"
        try:
            found: Floats = np.load(path)
        except (OSError, ValueError):
            found = embed(texts)
            self._write(path, found)
        return found

    def _write(self, path: Path, vectors: Floats) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.stem}.{os.getpid()}.npy")
        np.save(part, vectors)
        part.replace(path)
