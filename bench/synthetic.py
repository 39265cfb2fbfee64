"""A hundred thousand records out of the words and rules of the shipped ones, and vectors for them without a model.

To embed a hundred thousand records takes hours on two cores, so only that is borrowed: a passage gets the vector of a
real passage, moved a little at random, and its words get vectors of real words. Everything else is what people use:
snapshot, word index, vector store, search, judging. Questions are read by the model.
"""

import datetime as dt
import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from corpus.model import Call, Practice
from corpus.parts import LangText, Method
from corpus.snapshot import Snapshot
from corpus.vocab import Language, PracticeKind
from matcher.embed import Embedder, Reading
from matcher.index.build import current_folder
from matcher.index.entries import read_entries
from matcher.index.vectorstore import VectorStore
from matcher.text import texts
from matcher.unpack import Floats

CALLS = 5
"""Calls, in a hundred records; the others are projects as a register lists them."""
MOVED = 0.02
"""Spread of the shift of each component: neighbours stay neighbours, and no two passages are one."""
FETCHED = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
_WORD = re.compile(r"\w+")
_CLEARED = ("objectives", "activities", "approach", "problem", "results", "what_failed", "transfer", "none_reported")


class BorrowedEmbedder:
    """Questions are read by the model; a passage has the vector of a real one, moved a little, as its text decides."""

    def __init__(self, model: Embedder, passages: Floats, tokens: Floats) -> None:
        """Take the model, and vectors of real passages and of their tokens."""
        self.name, self.dimension = model.name, model.dimension
        self.query, self.read_query, self.read_queries = model.query, model.read_query, model.read_queries
        self._passages, self._tokens = passages, tokens

    @classmethod
    def of(cls, model: Embedder, index: Path, shipped: Snapshot) -> "BorrowedEmbedder":
        """Borrow from the index in use.

        Raises:
            SystemExit: there is none.
        """
        folder = current_folder(index)
        if folder is None:
            raise SystemExit(f"there is no index in {index}; run `isopolis index`")
        keys = list(dict.fromkeys(key for entry in read_entries(folder / "entries.tsv").values() for key in entry.keys))
        tokens = np.concatenate([reading.tokens for _, reading in model.read(_samples(shipped))])
        return cls(model, VectorStore(index, model.name, model.dimension).vectors(keys), tokens)

    def passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Floats]]:
        """Borrowed vectors."""
        return ((place, reading.vector) for place, reading in self.read(texts))

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        """Borrowed vectors of texts and of their words."""
        for place, text in enumerate(texts):
            chance = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]))
            vector = self._passages[chance.integers(len(self._passages))]
            vector = vector + chance.normal(0, MOVED, len(vector)).astype(np.float32)
            spans = [word.span() for word in _WORD.finditer(text)]
            tokens = self._tokens[chance.integers(len(self._tokens), size=len(spans))]
            yield place, Reading(vector / np.linalg.norm(vector), tokens, spans)


def _samples(snapshot: Snapshot) -> list[str]:
    """Beginnings of some records, whose tokens are borrowed."""
    records = (snapshot.get(name) for name in (*snapshot.ids("call")[:60], *snapshot.ids("practice")[:60]))
    return [next(iter(record.summary.values()), "")[:400] for record in records if record is not None]


class Invented:
    """Records after the shipped ones: their rules, dates, places and codes, and texts of words drawn by frequency."""

    def __init__(self, snapshot: Snapshot, seed: int = 0) -> None:
        """Count the words of each language."""
        self._chance = random.Random(seed)  # noqa: S311  the same records every time, nothing secret
        records = list(snapshot.records())
        self._calls = [record for record in records if isinstance(record, Call)]
        self._practices = [record for record in records if isinstance(record, Practice)]
        counts: dict[Language, Counter[str]] = {}
        spoken: list[Call | Practice] = [*self._calls, *self._practices]
        for record in spoken:
            for language, (title, body) in texts(record).items():
                counts.setdefault(language, Counter()).update(_WORD.findall(f"{title} {body}"))
        self._words = {language: (list(found), list(accumulate(found.values()))) for language, found in counts.items()}

    def records(self, number: int) -> Iterator[Call | Practice]:
        """Records in the order of their ids."""
        calls = number * CALLS // 100
        for place in range(calls):
            yield self._call(self._calls[place % len(self._calls)], place)
        for place in range(number - calls):
            yield self._practice(self._practices[place % len(self._practices)], place)

    def _call(self, like: Call, place: int) -> Call:
        update = {"id": f"synthetic.call-{place:06}", "relations": (), **self._texts(like)}
        return like.model_copy(update=update)

    def _practice(self, like: Practice, place: int) -> Practice:
        fetched = {"method": Method.SOURCE_FIELD, "fetched_at": FETCHED}
        listed = tuple(source.model_copy(update=fetched) for source in like.sources)
        update = {"id": f"synthetic.practice-{place:06}", "practice_kind": PracticeKind.FUNDED_PROJECT}
        return like.model_copy(update={**update, "sources": listed, "relations": (), **self._texts(like)})

    def _texts(self, like: Call | Practice) -> dict[str, object]:
        languages = [language for language in like.title if language in self._words]
        fields = {name: field for name, field in type(like).model_fields.items() if name in _CLEARED}
        empty = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
        return {**empty, "evidence": {}, "title": self._each(languages, 8), "summary": self._each(languages, 50)}

    def _each(self, languages: Sequence[Language], number: int) -> LangText:
        return {language: " ".join(self._drawn(language, number)) for language in languages}

    def _drawn(self, language: Language, number: int) -> list[str]:
        words, counts = self._words[language]
        return self._chance.choices(words, cum_weights=counts, k=number)
