"""Vectors of passages on disk in half precision, by the key of the passage.

Chroma finds the nearest passages; this hands out the vectors of passages whose names are known, many times sooner.
A passage of several sentences can have a row more for each of them: the mean of its tokens.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matcher.index.rows import RowStore, stem
from matcher.unpack import Floats


class VectorStore(RowStore):
    """Vectors of passages by key."""

    def __init__(self, folder: Path, model: str, dimension: int) -> None:
        """Open the files in a folder, or start them there."""
        super().__init__(folder, stem("passages", model), 2 * dimension)
        self._dimension = dimension

    def put(self, passages: Sequence[tuple[str, Floats]]) -> None:
        """Add passages: the vector of each, and of each of its sentences where they are told apart."""
        self.add([(key, np.ascontiguousarray(rows, np.float16).view(np.uint8)) for key, rows in passages])

    def vectors(self, keys: Sequence[str]) -> Floats:
        """A vector for each key, in their order; of a passage that is not here, zeros."""
        first, rows = self.places(keys)
        vectors = np.zeros((len(keys), self._dimension), np.float32)
        here = np.flatnonzero(rows > 0)
        if len(here):
            vectors[here] = self.take(first[here]).view(np.float16)
        return vectors

    def sentences(self, keys: Sequence[str]) -> list[Floats]:
        """The vectors of the sentences of each passage; none where they were not told apart."""
        return [rows.view(np.float16)[1:].astype(np.float32) for rows in self.read(keys)]
