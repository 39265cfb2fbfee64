"""Words of records in Tantivy: BM25 over stemmed words, titles counting more than the rest.

An index is a folder of immutable segments. The next index starts as a copy of hard links and changes only
what changed, so the one in use is never touched.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tantivy

from matcher.errors import IndexMismatchError

_TITLE_WEIGHT = 2.0
_WRITER_MEMORY = 64 << 20
_LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")


@dataclass(frozen=True, slots=True)
class WordEntry:
    """A record as the word index sees it: prepared words (`matcher.words.tokens`)."""

    record_id: str
    kind: str
    title: list[str]
    body: list[str]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    # Frequencies are what BM25 needs; positions would double the size for phrases that nobody asks for.
    for field in ("title", "body"):
        builder.add_text_field(field, tokenizer_name="blanks", index_option="freq")
    return builder.build()


def _register(index: tantivy.Index) -> tantivy.Index:
    """Words come prepared: only the blanks between them are left to split at."""
    index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


class WordIndex:
    """Records by words."""

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
        return int(self._index.searcher().num_docs)

    @staticmethod
    def copy(source: Path, target: Path) -> None:
        """Start an index as the twin of another: segments are immutable, so links are enough."""
        target.mkdir(parents=True, exist_ok=True)
        for file in source.iterdir():
            if file.name not in _LOCKS:
                os.link(file, target / file.name)

    def update(self, entries: Iterable[WordEntry], removed: Iterable[str]) -> None:
        """Replace or add records and drop others, all at once."""
        writer = self._index.writer(_WRITER_MEMORY, 1)
        for record_id in removed:
            writer.delete_documents_by_term("id", record_id)
        for entry in entries:
            writer.delete_documents_by_term("id", entry.record_id)
            document = tantivy.Document(id=entry.record_id, kind=entry.kind)
            document.add_text("title", " ".join(entry.title))
            document.add_text("body", " ".join(entry.body))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, words: Iterable[str], kind: str, n: int) -> list[tuple[str, float]]:
        """Ids of the records of a kind that hold the words, with their BM25 score, best first."""
        should = []
        for word in dict.fromkeys(words):
            title = tantivy.Query.term_query(self._index.schema, "title", word, index_option="freq")
            body = tantivy.Query.term_query(self._index.schema, "body", word, index_option="freq")
            should.append((tantivy.Occur.Should, tantivy.Query.boost_query(title, _TITLE_WEIGHT)))
            should.append((tantivy.Occur.Should, body))
        if not should:
            return []
        of_kind = tantivy.Query.const_score_query(tantivy.Query.term_query(self._index.schema, "kind", kind), 0.0)
        any_word = tantivy.Query.boolean_query(should)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, of_kind), (tantivy.Occur.Must, any_word)])
        searcher = self._index.searcher()
        hits = searcher.search(query, n, count=False).hits
        return [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in hits]
