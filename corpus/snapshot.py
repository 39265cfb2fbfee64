"""Snapshots: immutable folders of merged records, named by the hash of their content.

    snapshots/
      current                 name of the snapshot in use: one line, replaced atomically
      <hash>/manifest.json    what it holds and what it was made from
      <hash>/records.jsonl    one record a line, ordered by id
      <hash>/index.tsv        id, kind, offset, length and digest of each line
      <hash>/gone.txt         ids of which a source told once and none tells today
      <hash>/history.jsonl    what happened to each record, by day (`corpus.events`)

A snapshot is written into a temporary folder and renamed when it is whole, so that an interruption at any
moment leaves the last good one in use. Equal content gives an equal hash, whenever it was built.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from corpus.errors import SnapshotError
from corpus.events import HISTORY, Event, read_history, write_history
from corpus.model import Call, Practice, Programme, Record, RecordBase
from corpus.parts import Frozen
from corpus.raw import Cover

FORMAT = 1
"""Version of the layout; raise it when a reader of the old layout would go wrong."""

GONE = "gone.txt"

_RECORD: TypeAdapter[Call | Programme | Practice] = TypeAdapter(Record)


class SourceState(Frozen):
    """How fresh a source is in a snapshot."""

    id: str
    title: str
    licence: str
    confidence: str
    last_good_run: dt.datetime | None
    last_status: str
    records: int
    covers: tuple[Cover, ...] = ()


class Manifest(Frozen):
    """What a snapshot holds and what it was made from."""

    format: int
    hash: str
    built_at: dt.datetime
    counts: dict[str, int]
    calls_by_fund: dict[str, int]
    curated: int
    conflicts: int
    sources: tuple[SourceState, ...] = ()


class Snapshot:
    """A snapshot opened for reading: records by id, and all of a kind as a stream."""

    def __init__(self, folder: Path) -> None:
        """Open the folder.

        Raises:
            SnapshotError: it is no whole snapshot, or of another format.
        """
        self.folder = folder
        try:
            self.manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
            lines = (folder / "index.tsv").read_text(encoding="utf-8").splitlines()
            self._places = dict(_place(line) for line in lines)
            gone = folder / GONE
            self._gone = frozenset(gone.read_text(encoding="utf-8").splitlines() if gone.exists() else ())
            # One handle for the life of the object: a later build may remove the folder under a running server.
            self._file = os.open(folder / "records.jsonl", os.O_RDONLY)
        except (OSError, ValueError) as error:
            raise SnapshotError(f"{folder} is no whole snapshot; run `isopolis build`: {error}") from error
        weakref.finalize(self, os.close, self._file)
        if len(self._places) != sum(self.manifest.counts.values()):
            raise SnapshotError(f"{folder} is no whole snapshot; run `isopolis build`: index.tsv is cut short")
        if self.manifest.format != FORMAT:
            raise SnapshotError(f"{folder} has format {self.manifest.format}, not {FORMAT}; run `isopolis build`")

    @classmethod
    def current(cls, snapshots: Path) -> "Snapshot":
        """The snapshot in use.

        Raises:
            SnapshotError: none was built yet.
        """
        try:
            name = (snapshots / "current").read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SnapshotError(f"there is no snapshot in {snapshots}; run `isopolis build`") from error
        return cls(snapshots / name)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._places

    def ids(self, kind: str | None = None) -> list[str]:
        """Ids of all records, or of those of a kind, in order."""
        return [i for i, (k, *_) in self._places.items() if kind is None or k == kind]

    def gone(self, record_id: str) -> bool:
        """Whether a source told of a record once and none tells of it today."""
        return record_id in self._gone

    def history(self, record_id: str) -> tuple[Event, ...]:
        """What happened to a record, the newest first; empty where nothing is told."""
        return read_history(self.folder, record_id)

    def digest(self, record_id: str) -> str:
        """Short hash of what a record says: equal digests, equal records."""
        return self._places[record_id][3]

    def get(self, record_id: str) -> Call | Programme | Practice | None:
        """One record, or None."""
        place = self._places.get(record_id)
        if place is None:
            return None
        return _RECORD.validate_json(os.pread(self._file, place[2], place[1]))

    def records(self) -> Iterator[Call | Programme | Practice]:
        """All records, one at a time."""
        with (self.folder / "records.jsonl").open("rb") as file:
            for line in file:
                yield _RECORD.validate_json(line)


def _place(line: str) -> tuple[str, tuple[str, int, int, str]]:
    record_id, kind, offset, length, digest = line.split("\t")
    return record_id, (kind, int(offset), int(length), digest)


def _line(record: RecordBase) -> bytes:
    data: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    data["kind"] = record.kind  # type: ignore[attr-defined]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


class _Writer:
    """Writes records in order and keeps count."""

    def __init__(self, folder: Path) -> None:
        self.digest = hashlib.sha256(f"format {FORMAT}\n".encode())
        self.counts: Counter[str] = Counter()
        self.funds: Counter[str] = Counter()
        self._records = (folder / "records.jsonl").open("wb")
        self._index = (folder / "index.tsv").open("w", encoding="utf-8")
        self._offset = 0

    def add(self, record: RecordBase) -> None:
        line = _line(record)
        self.digest.update(line)
        self._records.write(line)
        kind = str(record.kind)  # type: ignore[attr-defined]
        digest = hashlib.sha256(line).hexdigest()[:16]
        self._index.write(f"{record.id}\t{kind}\t{self._offset}\t{len(line)}\t{digest}\n")
        self._offset += len(line)
        self.counts[kind] += 1
        if isinstance(record, Call):
            self.funds.update(str(fund) for fund in record.funds)

    def close(self) -> None:
        self._records.close()
        self._index.close()


def write_snapshot(
    snapshots: Path,
    records: Iterable[RecordBase],
    now: dt.datetime,
    facts: dict[str, Any] | None = None,
    gone: Iterable[str] = (),
    history: Iterable[tuple[str, Iterable[Event]]] = (),
) -> Manifest:
    """Write records (ordered by id) as a snapshot and put it in use.

    `facts` adds what the records do not say: number of curated records, conflicts, states of sources. It may be
    filled while the records stream through; so may `gone`, ids of records that are told no more, and `history`, what
    happened to them, ordered by id. An equal snapshot that exists already is kept as it is.

    Raises:
        SnapshotError: there are no records at all.
    """
    snapshots.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=snapshots))
    try:
        writer = _Writer(work)
        try:
            for record in records:
                writer.add(record)
        finally:
            writer.close()
        if not writer.counts:
            raise SnapshotError("there is not one record; nothing was written and the last good snapshot stays")
        manifest = Manifest(
            format=FORMAT,
            hash=writer.digest.hexdigest(),
            built_at=now,
            counts=dict(writer.counts),
            calls_by_fund=dict(sorted(writer.funds.items())),
            **{"curated": 0, "conflicts": 0, **(facts or {})},
        )
        (work / "manifest.json").write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        (work / GONE).write_text("".join(f"{record_id}\n" for record_id in gone), encoding="utf-8")
        write_history(work, history)
        _put_in_use(snapshots, work, manifest.hash[:16])
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def _put_in_use(snapshots: Path, work: Path, name: str) -> None:
    target = snapshots / name
    if target.exists():
        # Same records, so that only what stands beside them (freshness of sources) can differ, and damage is mended.
        for file in ("records.jsonl", "index.tsv", GONE, HISTORY, "manifest.json"):
            os.replace(work / file, target / file)
    else:
        os.rename(work, target)
    pointer = snapshots / f".current-{os.getpid()}"
    pointer.write_text(name + "\n", encoding="utf-8")
    os.replace(pointer, snapshots / "current")
    _forget_old(snapshots, name)


def _forget_old(snapshots: Path, name: str) -> None:
    """Keep the snapshot in use and the one before it: a server may be about to open that one."""
    others = [f for f in snapshots.iterdir() if f.is_dir() and f.name != name and not f.name.startswith(".")]
    for old in sorted(others, key=lambda folder: folder.stat().st_mtime)[:-1]:
        shutil.rmtree(old, ignore_errors=True)
