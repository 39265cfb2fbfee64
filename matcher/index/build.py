"""Build an index for a snapshot: only what changed is embedded, and the index in use stays until the end.

Steps, each safe to interrupt: add new vectors (named by content, so the next run goes on where this one
stopped), write words and list into a new folder, switch, forget vectors that nobody needs any more.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from corpus.snapshot import Snapshot
from corpus.vocab import Language
from matcher.embed import Embedder
from matcher.errors import MatcherError
from matcher.index.dense import DenseIndex
from matcher.index.entries import Entry, read_entries, write_entries
from matcher.index.lexical import WordEntry, WordIndex
from matcher.index.manifest import FORMAT, IndexManifest, read_manifest
from matcher.index.terms import definitions
from matcher.index.wordstore import WordStore
from matcher.index.wordvectors import Codes, packed, word_vectors
from matcher.text import Passage, is_indexed, passages, texts
from matcher.words import tokens

KINDS = ("call", "practice")
_CHUNK = 256
"""Passages embedded between two writes: what an interruption can lose at most."""

Progress = Callable[[int, int], None]
Publish = Callable[[Path], None]
"""Puts what readers of the new index need beside it, before it is in use."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did."""

    name: str
    records: int
    passages: int
    embedded: int
    changed: int
    removed: int


@dataclass(slots=True)
class _Plan:
    """Old and new list, and the records between them."""

    old: dict[str, Entry]
    entries: dict[str, Entry] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    @property
    def removed(self) -> list[str]:
        return [record_id for record_id in self.old if record_id not in self.entries]


@dataclass(frozen=True, slots=True)
class _Work:
    """What embedding needs at every step."""

    snapshot: Snapshot
    plan: _Plan
    embedder: Embedder
    store: WordStore


def current_folder(index: Path) -> Path | None:
    """Folder of the index in use, or None."""
    try:
        return index / (index / "current").read_text(encoding="utf-8").strip()
    except OSError:
        return None


def build_index(
    index: Path,
    client: Any,
    snapshot: Snapshot,
    embedder: Embedder,
    progress: Progress | None = None,
    publish: Publish | None = None,
) -> IndexReport:
    """Bring the index up to a snapshot and put it in use.

    Raises:
        MatcherError: the snapshot holds nothing to search.
    """
    index.mkdir(parents=True, exist_ok=True)
    previous, known = _usable(index, embedder) or (None, {})
    plan = _plan(snapshot, known)
    if not plan.entries:
        raise MatcherError("the snapshot holds neither calls nor practices; run `isopolis build`")
    dense = {kind: DenseIndex(client, kind, embedder.name) for kind in KINDS}
    store = WordStore.open(index, embedder, definitions())
    work = _Work(snapshot, plan, embedder, store)
    embedded = _embed_missing(work, dense, progress or (lambda _done, _all: None))
    name = _write(index, previous, snapshot, embedder, plan, publish)
    _forget(plan, dense)
    total = sum(len(entry.keys) for entry in plan.entries.values())
    return IndexReport(name, len(plan.entries), total, embedded, len(plan.changed), len(plan.removed))


def _usable(index: Path, embedder: Embedder) -> tuple[Path, dict[str, Entry]] | None:
    """The index in use and its list, if the next one can start from it."""
    folder = current_folder(index)
    if folder is None:
        return None
    try:
        manifest, entries = read_manifest(folder), read_entries(folder / "entries.tsv")
        documents = sum(len(WordIndex.existing(folder / "words" / kind)) for kind in KINDS)
        whole = (len(entries), documents) == (sum(manifest.records.values()), manifest.documents)
    except MatcherError:
        return None
    same = (manifest.model, manifest.dimension) == (embedder.name, embedder.dimension)
    return (folder, entries) if whole and same else None


def _plan(snapshot: Snapshot, old: dict[str, Entry]) -> _Plan:
    plan = _Plan(old)
    for kind in KINDS:
        for record_id in snapshot.ids(kind):
            known, digest = old.get(record_id), snapshot.digest(record_id)
            if known is not None and known.digest == digest:
                plan.entries[record_id] = known
                continue
            plan.entries[record_id] = _entry(snapshot, record_id, kind)
            plan.changed.append(record_id)
    return plan


def _entry(snapshot: Snapshot, record_id: str, kind: str) -> Entry:
    # Passages of the whole come first; one of equal words further on is the same passage.
    spoken: dict[str, Language] = {}
    for passage in (found := _passages(snapshot, record_id)):
        spoken.setdefault(passage.key, passage.language)
    wholes = len({passage.key for passage in found if passage.field == "whole"})
    return Entry(record_id, kind, snapshot.digest(record_id), tuple(spoken), tuple(spoken.values()), wholes)


def _passages(snapshot: Snapshot, record_id: str) -> list[Passage]:
    record = snapshot.get(record_id)
    return passages(record) if record is not None and is_indexed(record) else []  # type: ignore[arg-type]


def _embed_missing(work: _Work, dense: dict[str, DenseIndex], progress: Progress) -> int:
    done = 0
    for kind in KINDS:
        entries = [entry for entry in work.plan.entries.values() if entry.kind == kind]
        # All are asked for, not only what changed: the store may have been emptied, or be another one by now.
        missing = set(dense[kind].missing(list(dict.fromkeys(key for entry in entries for key in entry.keys))))
        wordless = set(work.store.missing([key for entry in entries for key in entry.keys[: entry.wholes]]))
        missing |= wordless
        ids = [entry.record_id for entry in entries if not missing.isdisjoint(entry.keys)]
        total = done + len(missing)
        for batch in _chunks(_missing_passages(work.snapshot, ids, missing)):
            _embed(batch, work, dense[kind], wordless)
            done += len(batch)
            progress(done, total)
    return done


def _embed(batch: list[Passage], work: _Work, dense: DenseIndex, wordless: set[str]) -> None:
    """Vectors of passages, and the vectors of the words of those that stand for a whole record."""
    vectors = np.empty((len(batch), work.embedder.dimension), np.float32)
    words: list[tuple[str, Codes]] = []
    for place, reading in work.embedder.read([passage.embedded for passage in batch]):
        passage = batch[place]
        vectors[place] = reading.vector
        if passage.key in wordless:
            found = word_vectors(reading, passage.embedded, passage.language, work.store.centre)
            words.append((passage.key, packed(found.vectors)))
    dense.add([passage.key for passage in batch], vectors)
    work.store.add(words)


def _missing_passages(snapshot: Snapshot, ids: Iterable[str], missing: set[str]) -> Iterator[Passage]:
    for record_id in ids:
        for passage in _passages(snapshot, record_id):
            if passage.key in missing:
                missing.discard(passage.key)
                yield passage


def _chunks(items: Iterator[Passage]) -> Iterator[list[Passage]]:
    chunk: list[Passage] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _word_entries(snapshot: Snapshot, record_id: str) -> Iterator[WordEntry]:
    record = snapshot.get(record_id)
    if record is None or not is_indexed(record):
        return
    for language, (title, body) in texts(record).items():  # type: ignore[arg-type]
        yield WordEntry(record_id, tokens(title, language), tokens(body, language))


def _write_words(work: Path, previous: Path | None, snapshot: Snapshot, plan: _Plan) -> int:
    """The index of words of each kind; returns how many documents they hold."""
    total = 0
    for kind in KINDS:
        if previous is not None:
            WordIndex.copy(previous / "words" / kind, work / "words" / kind)
        words = WordIndex(work / "words" / kind)
        changed = [name for name in plan.changed if plan.entries[name].kind == kind]
        entries = (entry for name in changed for entry in _word_entries(snapshot, name))
        words.update(entries, [*plan.removed, *plan.changed])
        total += len(words)
    return total


def _write(
    index: Path,
    previous: Path | None,
    snapshot: Snapshot,
    embedder: Embedder,
    plan: _Plan,
    publish: Publish | None,
) -> str:
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=index))
    try:
        if publish is not None:
            publish(work)
        documents = _write_words(work, previous, snapshot, plan)
        write_entries(work / "entries.tsv", plan.entries.values())
        manifest = IndexManifest(
            format=FORMAT,
            snapshot=snapshot.manifest.hash,
            model=embedder.name,
            dimension=embedder.dimension,
            built_at=dt.datetime.now(dt.UTC),
            records=dict(Counter(entry.kind for entry in plan.entries.values())),
            passages=sum(len(entry.keys) for entry in plan.entries.values()),
            documents=documents,
        )
        (work / "manifest.json").write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        return _put_in_use(index, work, f"{manifest.snapshot[:16]}-{manifest.built_at:%Y%m%dT%H%M%S%f}")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _put_in_use(index: Path, work: Path, name: str) -> str:
    os.rename(work, index / name)
    pointer = index / f".current-{os.getpid()}"
    pointer.write_text(name + "\n", encoding="utf-8")
    os.replace(pointer, index / "current")
    # The one before stays: a server may be about to open it.
    others = [f for f in index.iterdir() if f.is_dir() and f.name != name and not f.name.startswith(".")]
    for old in sorted(others, key=lambda folder: folder.stat().st_mtime)[:-1]:
        shutil.rmtree(old, ignore_errors=True)
    return name


def _forget(plan: _Plan, dense: dict[str, DenseIndex]) -> None:
    """Drop vectors that only the old list needs."""
    for kind in KINDS:
        kept = {key for entry in plan.entries.values() if entry.kind == kind for key in entry.keys}
        before = {key for entry in plan.old.values() if entry.kind == kind for key in entry.keys}
        dense[kind].remove(sorted(before - kept))
