"""An index opened for searching: nearest passages of records, and records by words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.snapshot import Snapshot
from corpus.vocab import Language
from matcher.embed import Embedder
from matcher.errors import IndexMismatchError, IndexMissingError
from matcher.index.bridged import ThingVectors
from matcher.index.build import current_folder
from matcher.index.copies import MOST, beside
from matcher.index.dense import DenseIndex
from matcher.index.entries import read_entries
from matcher.index.exact import MOST as COMPARED
from matcher.index.exact import ExactIndex
from matcher.index.kept import KeptVectors
from matcher.index.lexical import WordIndex
from matcher.index.manifest import IndexManifest, check, read_manifest
from matcher.index.plan import KINDS
from matcher.index.terms import TermVectors, definitions
from matcher.index.vectorstore import VectorStore
from matcher.index.wordstore import WordStore
from matcher.index.wordvectors import Met, Wanted, meet
from matcher.unpack import Floats

_SAMPLE = 256
"""Passages that stand for the collection when a cosine is judged: enough for a mean and a spread."""

_SHIFT_TAKEN_OFF = 0.6
"""Share of the language shift that is taken off: records in the idea's language stay a little ahead."""


class PassageHit(NamedTuple):
    """A passage near the question."""

    record_id: str
    key: str
    language: Language
    cosine: float


@dataclass(frozen=True, slots=True)
class Background:
    """How near the passages of the collection are to a question by chance, and how languages shift that.

    Multilingual models place texts of one language nearer to each other, whatever they say: the shift is taken
    off before cosines of passages in different languages are compared.
    """

    mean: float
    spread: float
    shifts: dict[Language, float]

    def standard(self, cosine: float, language: Language) -> float:
        """The cosine in standard deviations above chance."""
        return self.standards(cosine, (language,))[0]

    def standards(self, cosine: float, languages: Iterable[Language]) -> list[float]:
        """The cosine in standard deviations above chance for passages of each language."""
        shifts, beyond = self.shifts, cosine - self.mean
        return [(beyond - _SHIFT_TAKEN_OFF * shifts.get(language, 0.0)) / self.spread for language in languages]


class SearchIndex:
    """The index in use, checked against the snapshot and the model."""

    def __init__(self, folder: Path, client: Any, embedder: Embedder, snapshot: Snapshot) -> None:
        """Open the index in a folder.

        Raises:
            IndexMissingError, IndexMismatchError: there is none, or it is of another snapshot, model or format.
        """
        self.manifest: IndexManifest = read_manifest(folder)
        check(self.manifest, snapshot.manifest.hash, embedder.name, embedder.dimension)
        self._client = client
        self._vectors = VectorStore(folder.parent, embedder.name, embedder.dimension)
        self._dense = {kind: DenseIndex(client, kind, embedder.name) for kind in KINDS}
        self._beside = {kind: (keys, self._vectors.vectors(keys)) for kind, keys in beside(folder).items()}
        self._words = {kind: WordIndex.existing(folder / "words" / kind) for kind in KINDS}
        self._owners: dict[str, dict[str, list[str]]] = {kind: {} for kind in KINDS}
        self._spoken: dict[str, Language] = {}
        self._languages: dict[str, frozenset[Language]] = {}
        self._wholes: dict[str, tuple[str, ...]] = {}
        entries = read_entries(folder / "entries.tsv")
        documents = sum(map(len, self._words.values()))
        if (len(entries), documents) != (sum(self.manifest.records.values()), self.manifest.documents):
            raise IndexMismatchError(f"{folder}: the index is not whole; run `isopolis index`")
        for entry in entries.values():
            self._languages[entry.record_id] = frozenset(entry.languages)
            self._wholes[entry.record_id] = entry.keys[: entry.wholes]
            for key, language in zip(entry.keys, entry.languages, strict=True):
                self._owners[entry.kind].setdefault(key, []).append(entry.record_id)
                self._spoken[key] = language
        spoken = Counter(language for languages in self._languages.values() for language in languages)
        self._shares = {language: number / len(entries) for language, number in spoken.items()}
        self._samples = {kind: self._sample(kind) for kind in KINDS}
        self._exact = {kind: self._all(kind) for kind in KINDS if len(self._owners[kind]) <= COMPARED}
        self.kept = KeptVectors(folder.parent, embedder)
        self.terms = TermVectors.load(self.kept)
        self._store = WordStore.open(folder.parent, embedder, definitions())
        self.things = ThingVectors.load(folder.parent, embedder, self._store.centre)

    @classmethod
    def current(cls, index: Path, client: Any, embedder: Embedder, snapshot: Snapshot) -> "SearchIndex":
        """Open the index in use.

        Raises:
            IndexMissingError: none was built yet.
        """
        folder = current_folder(index)
        if folder is None:
            raise IndexMissingError(f"there is no index in {index}; run `isopolis index`")
        return cls(folder, client, embedder, snapshot)

    def close(self) -> None:
        """Give back what the vectors hold in memory."""
        self._client.close()

    def _sample(self, kind: str) -> tuple[Floats, list[Language], NDArray[np.int64]]:
        """Vectors of some passages, languages, and which of these each passage is in."""
        # Keys are hashes, so the smallest are a choice by chance, and the same one every time.
        chosen = nsmallest(_SAMPLE, self._owners[kind])
        spoken = [self._spoken[key] for key in chosen]
        languages = sorted(set(spoken))
        places = np.array([languages.index(language) for language in spoken], np.int64)
        return self._vectors.vectors(chosen), languages, places

    def _all(self, kind: str) -> ExactIndex:
        """All passages of a kind."""
        keys = sorted(self._owners[kind])
        return ExactIndex(keys, self._vectors.vectors(keys))

    def background(self, vector: Floats, kind: str) -> Background:
        """How near passages of a kind are to a question by chance."""
        return self.backgrounds(vector[np.newaxis], kind)[0]

    def backgrounds(self, questions: Floats, kind: str) -> list[Background]:
        """The same for several questions (rows)."""
        vectors, languages, spoken = self._samples[kind]
        all_shifts = [self.terms.offsets(question) for question in questions]
        if len(vectors) < 2:
            return [Background(0.0, 1.0, shifts) for shifts in all_shifts]
        taken_off = np.array([[shifts.get(language, 0.0) for language in languages] for shifts in all_shifts])
        cosines = questions @ vectors.T - _SHIFT_TAKEN_OFF * taken_off[:, spoken]
        means, spreads = cosines.mean(axis=1).tolist(), np.maximum(cosines.std(axis=1), 1e-3).tolist()
        return [Background(*each) for each in zip(means, spreads, all_shifts, strict=True)]

    def nearest(self, vector: Floats, kind: str, n: int) -> list[PassageHit]:
        """The nearest passages of records of a kind, best first."""
        return self.nearest_many([vector], kind, n)[0]

    def nearest_many(self, vectors: Sequence[Floats], kind: str, n: int) -> list[list[PassageHit]]:
        """The same for several vectors in one call."""
        if kind in self._exact:
            return [self._hits(kind, found) for found in self._exact[kind].nearest_many(vectors, n)]
        # Passages that are gone still stand in a copy that is shared with an older index.
        gone = len(self._dense[kind]) + len(self._beside.get(kind, ((),))[0]) - len(self._owners[kind])
        found = self._dense[kind].nearest_many(vectors, n + min(max(gone, 0), MOST))
        return [self._hits(kind, self._merged(kind, *pair)[:n]) for pair in zip(vectors, found, strict=True)]

    def _merged(self, kind: str, vector: Floats, hits: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """What was found in the copy of the vectors together with what came after it, which is compared here."""
        owners = self._owners[kind]
        hits = [hit for hit in hits if hit[0] in owners]
        keys, vectors = self._beside.get(kind, ((), None))
        if not keys or vectors is None:
            return hits
        both = {**dict(hits), **dict(zip(keys, (vectors @ vector).tolist(), strict=True))}
        return sorted(((key, cosine) for key, cosine in both.items() if key in owners), key=lambda hit: -hit[1])

    def _hits(self, kind: str, hits: list[tuple[str, float]]) -> list[PassageHit]:
        owners, spoken = self._owners[kind], self._spoken
        return [PassageHit(owner, key, spoken[key], cosine) for key, cosine in hits for owner in owners.get(key, ())]

    def languages(self, record_id: str) -> frozenset[Language]:
        """Languages in which a record can be found by words."""
        return self._languages.get(record_id, frozenset())

    def speaks(self, language: Language | None) -> float:
        """Share of the records that speak a language."""
        return self._shares.get(language, 0.0) if language else 0.0

    def vectors(self, keys: Sequence[str]) -> Floats:
        """Vectors of passages by key, in their order."""
        return self._vectors.vectors(keys)

    def sentences(self, keys: Sequence[str]) -> list[Floats]:
        """Vectors of the sentences of each passage, as means of their tokens; none where they were not told apart."""
        return self._vectors.sentences(keys)

    def between(self, question: Floats, records: Sequence[Sequence[str]]) -> list[Floats]:
        """Vectors between a question and each of some records, given by the keys of their passages."""
        found = self._vectors.vectors([key for keys in records for key in keys])
        ends = np.cumsum([len(keys) for keys in records])
        return [_middle(question, rows) for rows in np.split(found, ends[:-1])] if len(records) else []

    def by_words(self, words: Mapping[str, float], kind: str, n: int) -> list[tuple[str, float]]:
        """Records of a kind that hold the words (each with its weight), with BM25 scores, best first."""
        return self._words[kind].search(words, n)

    @property
    def centre(self) -> Floats:
        """What all words of the model have in common."""
        return self._store.centre

    def rarity(self, words: Sequence[str], kind: str) -> Floats:
        """How telling each word is among the records of a kind."""
        return np.array(self._words[kind].rarity(words), np.float32)

    def meet(self, wanted: Wanted, records: Sequence[str]) -> list[list[tuple[Language, Met]]]:
        """How well the words of each record meet those of an idea, in each language of the record."""
        keys = [key for record in records for key in self._wholes[record]]
        met = iter(zip(keys, meet(wanted, list(self._store.read(keys))), strict=True))
        return [[(self._spoken[key], one) for key, one in islice(met, len(self._wholes[r]))] for r in records]


def _middle(question: Floats, passages: Floats) -> Floats:
    if not len(passages):
        return question
    middle = passages.mean(axis=0) + question
    vector: Floats = (middle / np.linalg.norm(middle)).astype(np.float32)
    return vector
