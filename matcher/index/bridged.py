"""Vectors of the things of the dictionary (`matcher.bridge`), so that an idea is aimed at what English texts say.

Made once for a model and kept beside the index.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from corpus.vocab import Language
from matcher.bridge import things
from matcher.embed import Embedder
from matcher.index.wordvectors import rows_of_length_one, word_vectors
from matcher.unpack import Floats

_AIMED = 0.4
"""How much the things that an idea speaks of count beside its own vector, where the dictionary knows the idea."""


_STANDS_IN, _SURE = 0.75, 0.15
"""What meeting an English word counts beside meeting the word of the idea, and how much more if it knows the idea."""


class ThingVectors:
    """For each thing the vector of its English words as a text, and the mean of the vectors of these words."""

    def __init__(self, texts: Floats, words: Floats) -> None:
        """Keep both; what all texts have in common is taken off."""
        self._texts = texts - texts.mean(axis=0)
        self._words = words

    @classmethod
    def load(cls, folder: Path, embedder: Embedder, centre: Floats) -> "ThingVectors":
        """Read them from a folder; make them the first time, and again when the dictionary changes."""
        digest = hashlib.sha256(repr((embedder.name, things())).encode()).hexdigest()[:16]
        path = folder / f"things-{digest}.npy"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part.npy")
            np.save(part, _read(embedder, centre))
            part.replace(path)
        texts, words = np.load(path)
        return cls(texts, words)

    def words(self, chosen: Iterable[int], sure: float) -> Floats:
        """Vectors of the words of some things; they stand in for a word of the idea, so they are a little shorter."""
        return self._words[list(chosen)] * np.float32(_STANDS_IN + _SURE * sure)

    def aimed(self, vector: Floats, telling: Iterable[tuple[int, float]], sure: float) -> Floats:
        """The vector of an idea, moved towards the things that it speaks of, each by how telling it is."""
        moved = np.zeros_like(vector)
        for thing, weight in telling:
            moved += weight * self._texts[thing]
        length = float(np.linalg.norm(moved))
        if not length:
            return vector
        aimed: Floats = vector + _AIMED * sure * moved / length
        return np.asarray(aimed / np.linalg.norm(aimed), np.float32)


def _read(embedder: Embedder, centre: Floats) -> Floats:
    vectors = np.zeros((2, len(things()), embedder.dimension), np.float32)
    for place, names in enumerate(things()):
        text = ", ".join(names)
        reading = embedder.read_query(text)
        found = word_vectors(reading, text, Language.EN, centre).vectors
        vectors[0, place] = reading.vector
        vectors[1, place] = rows_of_length_one(found.sum(axis=0, keepdims=True))[0]
    return vectors
