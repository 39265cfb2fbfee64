"""Vectors of the words of texts on disk, packed, by the key of the text."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matcher.embed import Embedder
from matcher.index.rows import RowStore, stem
from matcher.index.wordvectors import mean_token
from matcher.unpack import Floats


class WordStore(RowStore):
    """Packed vectors of the words of texts, by the key of the text."""

    def __init__(self, folder: Path, model: str, dimension: int, centre: Floats) -> None:
        """Open the files in a folder, or start them there."""
        super().__init__(folder, stem("words", model), -(-dimension // 4))
        self.centre = centre

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, texts: Sequence[str]) -> "WordStore":
        """Open the store of a model; what its words have in common is measured once, on `texts`."""
        path = folder / f"{stem('words', embedder.name)}.centre.npy"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part.npy")
            np.save(part, mean_token([reading for _, reading in embedder.read(texts)]))
            part.replace(path)
        return cls(folder, embedder.name, embedder.dimension, np.load(path))
