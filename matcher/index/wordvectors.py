"""Words where they stand: a vector for each word of a text, and how well two texts meet word by word.

One vector of a text says what it is about on the whole; its words say what must not be missing. So the nearest word
of the other text is looked for each word of the one (late interaction, Khattab and Zaharia 2020), across languages
too: a vector of a multilingual model is near that of the same word in another language.

A vector is kept in two bits a dimension: four levels, chosen for values that are spread normally (Max 1960).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.vocab import Language
from matcher.embed import Reading
from matcher.unpack import Floats
from matcher.words import located

Codes = NDArray[np.uint8]

CENTRE_TAKEN_OFF = 0.7
"""Share of the mean of all words that is taken off: what every word of a model has in common says nothing."""

_BOUND, _LOW, _HIGH = 0.9816, 0.4528, 1.5104
"""Between the levels, and the levels themselves, in standard deviations (Max 1960, table for four levels)."""
_LEVELS = np.array([-_LOW, -_HIGH, _LOW, _HIGH], np.float32)
_SHIFTS = np.array([0, 2, 4, 6], np.uint8)
_TABLE: Floats = _LEVELS[(np.arange(256)[:, None] >> _SHIFTS) & 3]
_AT_ONCE = 512
"""Packed vectors taken apart at a time: so many stay near the processor until they are multiplied."""
_HIGH_BITS = np.uint8(0b01010101)
"""The bit of each level that says whether it is a high one."""


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words of a text, each once, with their unit vectors."""

    words: tuple[str, ...]
    vectors: Floats


def mean_token(readings: Sequence[Reading]) -> Floats:
    """What the tokens of some texts have in common."""
    tokens = np.concatenate([rows_of_length_one(reading.tokens) for reading in readings])
    mean: Floats = tokens.mean(axis=0)
    return mean


def word_vectors(reading: Reading, text: str, language: Language | None, centre: Floats) -> WordVectors:
    """Vectors of the words of a text: means of their tokens, less what all words have in common."""
    found = list(located(text, language))
    names = {word: place for place, word in enumerate(dict.fromkeys(word for word, _, _ in found))}
    owners = _owners(reading.spans, found, names)
    chosen = np.flatnonzero(owners >= 0)
    sums = np.zeros((len(names), reading.tokens.shape[1]), np.float32)
    np.add.at(sums, owners[chosen], rows_of_length_one(reading.tokens[chosen]))
    # A word past the end of what the model reads has no vector.
    met = np.flatnonzero(np.bincount(owners[chosen], minlength=len(names)))
    words = list(names)
    return WordVectors(
        tuple(words[place] for place in met),
        rows_of_length_one(rows_of_length_one(sums[met]) - CENTRE_TAKEN_OFF * centre.astype(np.float32)),
    )


def _owners(
    spans: list[tuple[int, int]], found: list[tuple[str, int, int]], names: dict[str, int]
) -> NDArray[np.int64]:
    """The word that each token belongs to, -1 for none: the one in which the token's last character stands."""
    if not found or not spans:
        return np.full(len(spans), -1)
    starts, ends = np.array([start for _, start, _ in found]), np.array([end for _, _, end in found])
    numbers = np.array([names[word] for word, _, _ in found])
    last = np.array([end - 1 for _, end in spans])
    place = np.searchsorted(starts, last, side="right") - 1
    inside = (place >= 0) & (last < ends[place]) & (last >= 0)
    return np.where(inside, numbers[place], -1)


def rows_of_length_one(vectors: Floats) -> Floats:
    """The rows, each of length one."""
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def packed(vectors: Floats) -> Codes:
    """Two bits a dimension; the length of a vector is not kept."""
    padded = np.pad(vectors, ((0, 0), (0, -vectors.shape[1] % 4)))
    spread = np.maximum(padded.std(axis=1, keepdims=True), 1e-9)
    levels = (np.abs(padded) >= _BOUND * spread).astype(np.uint8) | ((padded > 0).astype(np.uint8) << 1)
    codes: Codes = np.bitwise_or.reduce(levels.reshape(len(padded), -1, 4) << _SHIFTS, axis=2).astype(np.uint8)
    return codes


def cosines(vectors: Floats, codes: Codes) -> Floats:
    """Cosine of each unit vector (row) with each packed one (column)."""
    near = np.empty((len(vectors), len(codes)), np.float32)
    levels = np.empty((min(_AT_ONCE, len(codes)), codes.shape[1], 4), np.float32)
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        unpacked = levels[: len(some)]
        # Every byte has a line in the table; any mode but `clip` copies the result once more.
        np.take(_TABLE, some, axis=0, out=unpacked, mode="clip")
        near[:, start : start + _AT_ONCE] = vectors @ unpacked.reshape(len(some), -1)[:, : vectors.shape[1]].T
    # Lengths are taken off at the end: a question has fewer words than vectors have dimensions.
    near /= _lengths(codes)
    return near


def _lengths(codes: Codes) -> Floats:
    """Length of each packed vector: how many of its levels are high says it."""
    high = np.bitwise_count(codes & _HIGH_BITS).sum(axis=1, dtype=np.int64)
    lengths: Floats = np.sqrt(4 * codes.shape[1] * _LOW**2 + high * (_HIGH**2 - _LOW**2)).astype(np.float32)
    return lengths


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of an idea as texts are asked for them: what each counts, and its vectors.

    A word has several vectors where other words may stand for it. `starts` is the first row of each word.
    """

    counts: Floats
    vectors: Floats
    starts: NDArray[np.int64]


class Met(NamedTuple):
    """How well an idea and a text meet, word by word (about 0 to 1).

    `told` is the share of the idea that the text speaks of, `asked` the share of the text that the idea asks for.
    """

    told: float
    asked: float


def meet(wanted: Wanted, texts: Sequence[Codes]) -> list[Met]:
    """How well each of some texts meets an idea."""
    kept = [place for place, codes in enumerate(texts) if len(codes)]
    met = [Met(0.0, 0.0)] * len(texts)
    if not kept or not len(wanted.vectors):
        return met
    lengths = np.array([len(texts[place]) for place in kept])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    near = cosines(wanted.vectors, np.concatenate([texts[place] for place in kept]))
    best = np.maximum.reduceat(np.maximum.reduceat(near, starts, axis=1), wanted.starts, axis=0)
    told = wanted.counts @ best / max(float(wanted.counts.sum()), 1e-9)
    asked = np.add.reduceat(near.max(axis=0), starts) / lengths
    for place, mine, theirs in zip(kept, told.tolist(), asked.tolist(), strict=True):
        met[place] = Met(mine, theirs)
    return met
