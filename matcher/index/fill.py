"""The part of a build that embeds: every passage of the plan gets its vectors, and none gets them twice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.snapshot import Snapshot
from matcher.embed import Embedder, Reading
from matcher.index.dense import DenseIndex
from matcher.index.entries import parse
from matcher.index.plan import KINDS, Plan, missing_passages
from matcher.index.sentences import sentence_vectors
from matcher.index.vectorstore import VectorStore
from matcher.index.wordstore import WordStore
from matcher.index.wordvectors import Codes, packed, word_vectors
from matcher.text import Passage
from matcher.unpack import Floats

_CHUNK = 256
"""Passages embedded between two writes: what an interruption can lose at most."""
_LOOKED_AT = 20
"""Unchanged records whose vectors are looked for before the rest is believed to be there."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stores:
    """Where vectors are kept: those of passages to search (Chroma) and to read, and those of words."""

    dense: Mapping[str, DenseIndex]
    vectors: VectorStore
    words: WordStore


@dataclass(frozen=True, slots=True)
class Filled:
    """What was embedded, and whether vectors of unchanged records had been lost."""

    embedded: int
    lost: bool


@dataclass(frozen=True, slots=True)
class _Missing:
    """What a kind lacks: names of records with their passages that must be read by the model."""

    ids: list[str]
    keys: set[str]
    wordless: set[str]
    lost: bool


def fill(
    stores: Stores,
    snapshot: Snapshot,
    plan: Plan,
    embedder: Embedder,
    before: Mapping[str, int],
    progress: Progress | None = None,
) -> Filled:
    """Embed what is missing; `before` says how many passages of each kind there must be at least."""
    done, lost = 0, False
    for kind in KINDS:
        missing = _missing(stores, plan, kind, before.get(kind, 0))
        lost |= missing.lost
        total = done + len(missing.keys)
        for batch in _chunks(missing_passages(snapshot, missing.ids, set(missing.keys))):
            _embed(batch, stores, embedder, kind, missing.wordless)
            done += len(batch)
            if progress is not None:
                progress(done, total)
    return Filled(done, lost)


def _missing(stores: Stores, plan: Plan, kind: str, before: int) -> _Missing:
    unchanged = plan.carried[kind]
    # A store may have been emptied, or be another one by now: it is counted, and where something is to be added,
    # some of what must be there is looked for. The first look takes Chroma a second in a large collection.
    step = max(1, len(unchanged) // _LOOKED_AT)
    looked_at = [parse(line) for line in unchanged[::step]] if plan.entries(kind) else []
    absent = _absent(stores, kind, [key for entry in looked_at for key in entry.keys])
    lost = bool(absent) or len(stores.dense[kind]) < before
    entries = [*plan.entries(kind), *(parse(line) for line in unchanged if lost)]
    keys = list(dict.fromkeys(key for entry in entries for key in entry.keys))
    wordless = set(stores.words.missing([key for entry in entries for key in entry.keys[: entry.wholes]]))
    missing = _absent(stores, kind, keys) | wordless
    return _Missing([e.record_id for e in entries if not missing.isdisjoint(e.keys)], missing, wordless, lost)


def _absent(stores: Stores, kind: str, keys: Sequence[str]) -> set[str]:
    """Those of the keys that must be embedded; what only one of the two stores lacks is carried over."""
    if not keys:
        return set()
    unread = stores.vectors.missing(keys)
    dense = stores.dense[kind]
    unfound = dense.missing(keys)
    kept = dense.vectors(sorted(set(unread) - set(unfound)))
    stores.vectors.put([(key, vector[np.newaxis]) for key, vector in kept.items()])
    return set(unfound)


def _embed(batch: list[Passage], stores: Stores, embedder: Embedder, kind: str, wordless: set[str]) -> None:
    """Vectors of passages, and the vectors of the words of those that stand for a whole record."""
    vectors = np.empty((len(batch), embedder.dimension), np.float32)
    words: list[tuple[str, Codes]] = []
    rows: list[tuple[str, Floats]] = []
    for place, reading in embedder.read([passage.embedded for passage in batch]):
        passage = batch[place]
        vectors[place] = reading.vector
        rows.append((passage.key, _rows(passage, reading, kind)))
        if passage.key in wordless:
            found = word_vectors(reading, passage.embedded, passage.language, stores.words.centre)
            words.append((passage.key, packed(found.vectors)))
    stores.vectors.put(rows)
    stores.words.add(words)
    # Last, since what is here counts as done.
    stores.dense[kind].add([passage.key for passage in batch], vectors)


def _rows(passage: Passage, reading: Reading, kind: str) -> Floats:
    """The vector of a passage, and those of its sentences where one of them may have to be chosen."""
    vector = reading.vector[np.newaxis].astype(np.float32)
    return np.concatenate([vector, sentence_vectors(passage, reading)]) if kind == "call" else vector


def _chunks(items: Iterator[Passage]) -> Iterator[list[Passage]]:
    chunk: list[Passage] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
