"""Build an index for a snapshot: only what changed is embedded, and the index in use stays until the end.

Steps, each safe to interrupt: add new vectors (named by content, so the next run goes on where this one
stopped), write words and list into a new folder, switch, forget vectors that nobody needs any more.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.snapshot import Snapshot
from matcher.embed import Embedder
from matcher.errors import MatcherError
from matcher.index.copies import Publication, forget_copies
from matcher.index.dense import DenseIndex
from matcher.index.entries import parse, read_lines, write_lines
from matcher.index.fill import Progress, Stores, fill
from matcher.index.lexical import WordEntry, WordIndex
from matcher.index.manifest import FORMAT, IndexManifest, read_manifest
from matcher.index.plan import KINDS, Plan, make_plan
from matcher.index.terms import definitions
from matcher.index.vectorstore import VectorStore
from matcher.index.wordstore import WordStore
from matcher.text import is_indexed, texts
from matcher.words import tokens

Publish = Callable[[Publication], None]
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


@dataclass(frozen=True, slots=True)
class _Previous:
    """The index in use, when the next one can start from it."""

    folder: Path
    manifest: IndexManifest
    lines: dict[str, str]


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
    previous = _usable(index, embedder)
    plan = make_plan(snapshot, previous.lines if previous else {})
    if not plan.lines:
        raise MatcherError("the snapshot holds neither calls nor practices; run `isopolis build`")
    stores = Stores(
        {kind: DenseIndex(client, kind, embedder.name) for kind in KINDS},
        VectorStore(index, embedder.name, embedder.dimension),
        WordStore.open(index, embedder, definitions()),
    )
    filled = fill(stores, snapshot, plan, embedder, previous.manifest.vectors if previous else {}, progress)
    for dense in stores.dense.values():
        dense.tune()
    for rows in (stores.vectors, stores.words):
        rows.tidy()
    unneeded = {kind: plan.unneeded(kind) for kind in KINDS}
    vectors = {kind: len(stores.dense[kind]) - len(keys) for kind, keys in unneeded.items()}
    manifest = _manifest(snapshot, embedder, plan, previous, vectors)
    # Where vectors had been lost, copies that were made meanwhile may lack them too.
    start = previous.folder if previous and not filled.lost else None
    name = _write(index, previous, start, snapshot, plan, manifest, publish)
    for kind, keys in unneeded.items():
        stores.dense[kind].remove(keys)
    return IndexReport(name, len(plan.lines), manifest.passages, filled.embedded, len(plan.changed), len(plan.removed))


def _usable(index: Path, embedder: Embedder) -> _Previous | None:
    """The index in use and its list, if the next one can start from it."""
    folder = current_folder(index)
    if folder is None:
        return None
    try:
        manifest, lines = read_manifest(folder), read_lines(folder / "entries.tsv")
        documents = sum(len(WordIndex.existing(folder / "words" / kind)) for kind in KINDS)
        whole = (len(lines), documents) == (sum(manifest.records.values()), manifest.documents)
        parse(next(reversed(lines.values()), ""))
    except (MatcherError, ValueError):
        return None
    same = (manifest.model, manifest.dimension) == (embedder.name, embedder.dimension)
    return _Previous(folder, manifest, lines) if whole and same else None


def _manifest(
    snapshot: Snapshot, embedder: Embedder, plan: Plan, previous: _Previous | None, vectors: dict[str, int]
) -> IndexManifest:
    """Stamp of the new index; documents are counted when the words are written."""
    before = sum(len(entry.keys) for kind in KINDS for entry in plan.replaced(kind))
    passages = (previous.manifest.passages if previous else 0) - before
    return IndexManifest(
        format=FORMAT,
        snapshot=snapshot.manifest.hash,
        model=embedder.name,
        dimension=embedder.dimension,
        built_at=dt.datetime.now(dt.UTC),
        records={kind: number for kind in KINDS if (number := plan.number(kind))},
        passages=passages + sum(len(entry.keys) for entry in plan.changed.values()),
        documents=0,
        vectors=vectors,
    )


def _word_entries(snapshot: Snapshot, record_id: str) -> Iterator[WordEntry]:
    record = snapshot.get(record_id)
    if record is None or not is_indexed(record):
        return
    for language, (title, body) in texts(record).items():  # type: ignore[arg-type]
        yield WordEntry(record_id, tokens(title, language), tokens(body, language))


def _write_words(work: Path, previous: Path | None, snapshot: Snapshot, plan: Plan) -> int:
    """The index of words of each kind; returns how many documents they hold."""
    total = 0
    for kind in KINDS:
        if previous is not None:
            WordIndex.copy(previous / "words" / kind, work / "words" / kind)
        words = WordIndex(work / "words" / kind)
        entries = (found for entry in plan.entries(kind) for found in _word_entries(snapshot, entry.record_id))
        gone = [entry.record_id for entry in plan.replaced(kind)]
        if gone or plan.entries(kind):
            words.update(entries, gone)
        total += len(words)
    return total


def _write(
    index: Path,
    previous: _Previous | None,
    start: Path | None,
    snapshot: Snapshot,
    plan: Plan,
    manifest: IndexManifest,
    publish: Publish | None,
) -> str:
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=index))
    try:
        if publish is not None:
            publish(_publication(work, start, plan))
        documents = _write_words(work, previous.folder if previous else None, snapshot, plan)
        write_lines(work / "entries.tsv", plan.lines.values())
        whole = manifest.model_copy(update={"documents": documents})
        (work / "manifest.json").write_text(whole.model_dump_json(indent=1), encoding="utf-8")
        return _put_in_use(index, work, f"{whole.snapshot[:16]}-{whole.built_at:%Y%m%dT%H%M%S%f}")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _publication(work: Path, start: Path | None, plan: Plan) -> Publication:
    fresh = {kind: list(dict.fromkeys(k for e in plan.entries(kind) for k in e.keys)) for kind in KINDS}
    return Publication(work, start, fresh, plan.keys)


def _put_in_use(index: Path, work: Path, name: str) -> str:
    os.rename(work, index / name)
    pointer = index / f".current-{os.getpid()}"
    pointer.write_text(name + "\n", encoding="utf-8")
    os.replace(pointer, index / "current")
    # The one before stays: a server may be about to open it.
    others = [path.parent for path in index.glob("*/manifest.json") if path.parent.name != name]
    for old in sorted(others, key=lambda folder: folder.stat().st_mtime)[:-1]:
        shutil.rmtree(old, ignore_errors=True)
    forget_copies(index)
    return name
