"""Nearest passages by looking at all of them: for a collection of some thousands it is exact, and the quickest way."""

from collections.abc import Sequence

import numpy as np

from matcher.unpack import Floats

MOST = 25_000
"""Passages of one kind up to which all are compared: their vectors are 38 MB, and a question takes a millisecond."""


class ExactIndex:
    """Vectors of passages in memory."""

    def __init__(self, keys: Sequence[str], vectors: Floats) -> None:
        """Take the keys of the passages in their order, and their vectors of length one."""
        self._keys = keys
        self._vectors = vectors

    def nearest_many(self, vectors: Sequence[Floats], n: int) -> list[list[tuple[str, float]]]:
        """For each vector the keys of the nearest passages with their cosine, best first, equals by key."""
        return [self._nearest(self._vectors @ vector, n) for vector in vectors]

    def _nearest(self, cosines: Floats, n: int) -> list[tuple[str, float]]:
        places = np.arange(len(cosines))
        if n < len(cosines):
            # More than n where the last of them are equal, so that the key decides and not the partition.
            bound = np.partition(cosines, len(cosines) - n)[len(cosines) - n]
            places = np.flatnonzero(cosines >= bound)
        best = places[np.argsort(-cosines[places], kind="stable")[:n]]
        return [
            (self._keys[place], cosine) for place, cosine in zip(best.tolist(), cosines[best].tolist(), strict=True)
        ]
