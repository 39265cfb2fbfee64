"""Sentences of a passage with a vector each, out of the one reading of the passage.

Which sentence of a passage meets a part of an idea is asked only of passages that meet it, so the means of the tokens
are good enough, and nothing has to be embedded for it when people wait.
"""

import unicodedata

import numpy as np

from matcher.embed import Reading
from matcher.parts import sentences_of
from matcher.text import MAX_PASSAGE, Passage
from matcher.unpack import Floats


def spans_of(passage: Passage) -> list[tuple[int, int]]:
    """Where the sentences of a passage stand in what the model reads."""
    read, found = passage.embedded, []
    start = len(read) - len(unicodedata.normalize("NFC", passage.text))
    for sentence in sentences_of(passage.text, passage.language):
        text = unicodedata.normalize("NFC", sentence)
        start = max(read.find(text, start), start)
        found.append((start, start + len(text)))
        start += len(text)
    return found


def mean_of(reading: Reading, start: int, end: int) -> Floats:
    """Mean of the tokens from a character to another, of length one; of no token, zeros."""
    inside = [place for place, (first, last) in enumerate(reading.spans) if start < last <= end and first < last]
    mean: Floats = np.asarray(reading.tokens[inside], np.float32).sum(axis=0)
    unit: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit


def sentence_vectors(passage: Passage, reading: Reading) -> Floats:
    """A vector for each sentence of a passage; none where there is only one, or a record's whole text."""
    # A short whole is often one passage with the field that all of it comes from.
    spans = spans_of(passage) if len(passage.text) <= MAX_PASSAGE else []
    if len(spans) < 2:
        return np.zeros((0, reading.tokens.shape[1]), np.float32)
    return np.stack([mean_of(reading, *span) for span in spans])
