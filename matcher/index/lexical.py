"""Words of records of one kind in Tantivy: BM25 over stemmed words, those of titles counting twice.

A record is one document for each language that it speaks, so that a text does not count as long because it is
translated.

An index is a folder of immutable segments. The next index starts as a copy of hard links and changes only
what changed, so the one in use is never touched.
"""

import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import tantivy

from matcher.errors import IndexMismatchError

_TITLE_COUNTS = 2
"""How often the words of a title stand in the index, where there is more than a title."""
_UNSEEN = 100
"""Records that nobody has, each word in one of them: in a handful of records every word would be common."""
_WRITER_MEMORY = 64 << 20
_LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")


@dataclass(frozen=True, slots=True)
class WordEntry:
    """A record in one language, as the word index sees it: prepared words (`matcher.words.tokens`)."""

    record_id: str
    title: list[str]
    body: list[str]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    # Frequencies are what BM25 needs; positions would double the size for phrases that nobody asks for.
    builder.add_text_field("words", tokenizer_name="blanks", index_option="freq")
    return builder.build()


def _register(index: tantivy.Index) -> tantivy.Index:
    """Words come prepared: only the blanks between them are left to split at."""
    index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


class WordIndex:
    """Records of a kind by words."""

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder, or start an empty one there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._index = _register(tantivy.Index(_schema(), str(folder), reuse=True))

    @classmethod
    def existing(cls, folder: Path) -> "WordIndex":
        """Open the index that a build wrote.

        Raises:
            IndexMismatchError: it is missing or broken.
        """
        if not (folder / "meta.json").exists():
            raise IndexMismatchError(f"{folder}: there is no index of words; run `isopolis index`")
        try:
            return cls(folder)
        except ValueError as error:
            raise IndexMismatchError(
                f"{folder}: the index of words is broken; run `isopolis index`: {error}"
            ) from error

    def __len__(self) -> int:
        """Documents: records, each as often as it has languages."""
        return int(self._index.searcher().num_docs)

    @staticmethod
    def copy(source: Path, target: Path) -> None:
        """Start an index as the twin of another: segments are immutable, so links are enough."""
        target.mkdir(parents=True, exist_ok=True)
        for file in source.iterdir():
            if file.name not in _LOCKS:
                os.link(file, target / file.name)

    def update(self, entries: Iterable[WordEntry], removed: Iterable[str]) -> None:
        """Drop records, then add some, all at once: what is replaced is named in both."""
        writer = self._index.writer(_WRITER_MEMORY, 1)
        for record_id in removed:
            writer.delete_documents_by_term("id", record_id)
        for entry in entries:
            words = [*(entry.title * (_TITLE_COUNTS if entry.body else 1)), *entry.body]
            writer.add_document(tantivy.Document(id=entry.record_id, words=" ".join(words)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def rarity(self, words: Iterable[str]) -> list[float]:
        """How telling each word is: its inverse document frequency, smoothed for small collections."""
        searcher = self._index.searcher()
        total, number = int(searcher.num_docs) + _UNSEEN, searcher.doc_freq
        return [math.log(1 + (total - n - 0.5) / (n + 1.5)) for n in (number("words", word) for word in words)]

    def search(self, words: Mapping[str, float], n: int) -> list[tuple[str, float]]:
        """Ids of the records that hold the words, with their BM25 score in their best language, best first.

        Each word has its weight.
        """
        should = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(word), weight))
            for word, weight in words.items()
        ]
        if not should:
            return []
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(should), n, count=False).hits
        best: dict[str, float] = {}
        for score, address in hits:
            best.setdefault(str(searcher.doc(address)["id"][0]), float(score))
        return list(best.items())

    def _term(self, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, "words", word, index_option="freq")
