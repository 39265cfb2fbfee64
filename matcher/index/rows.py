"""Rows of bytes on disk, by the key of the text that they belong to: one file that only grows, and a list of it.

Texts are named by their content, like passages in the vector store, so every index of a model reads the same file.
Rows are written before the line of the list that names them: what an interruption leaves half written is not named,
and is written over.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.uint8]

_LINE = np.dtype([("key", "S32"), ("first", "<u8"), ("rows", "<u4")])
_FRESH = 20_000
"""Texts added since the list was put in order that are looked up by themselves; then it is put in order anew."""


class RowStore:
    """Rows of one width, by the key of their text."""

    def __init__(self, folder: Path, name: str, width: int) -> None:
        """Open the files in a folder, or start them there."""
        self._rows, self._list = folder / f"{name}.codes", folder / f"{name}.list"
        self._width = width
        self._load()

    def _load(self) -> None:
        lines = np.fromfile(self._list, _LINE) if self._list.exists() else np.zeros(0, _LINE)
        ends = lines["first"] + lines["rows"]
        self._end, whole = int(ends.max(initial=0)), self._map()
        if self._end > whole:
            lines = lines[ends <= whole]
            self._end = int((lines["first"] + lines["rows"]).max(initial=0))
        ordered = _ordered(lines["key"])
        self._fresh: dict[str, tuple[int, int]] = {}
        if len(lines) - ordered <= _FRESH:
            self._lines = lines[:ordered]
            self._remember(lines[ordered:])
        else:
            self._lines = lines[np.argsort(lines["key"], kind="stable")]

    def _remember(self, lines: NDArray[np.void]) -> None:
        """Keep lines to be looked up by themselves; of a key that is there twice, the first counts."""
        spans = zip(lines["first"].tolist(), lines["rows"].tolist(), strict=True)
        for key, span in zip(lines["key"].tolist(), spans, strict=True):
            self._fresh.setdefault(key.decode(), span)

    def tidy(self) -> None:
        """Write the list anew in the order of its keys, so that it is not sorted whenever it is opened."""
        if not self._list.exists():
            return
        lines = np.fromfile(self._list, _LINE)
        if len(lines) - _ordered(lines["key"]) <= _FRESH // 10:
            return
        part = self._list.with_suffix(f".{os.getpid()}.part")
        lines[np.argsort(lines["key"], kind="stable")].tofile(part)
        part.replace(self._list)
        self._load()

    def _map(self) -> int:
        """See what the file holds by now; returns how many whole rows."""
        rows = self._rows.stat().st_size // self._width if self._rows.exists() else 0
        # As a plain array: each slice of a map would be a map, and take ten times as long to make.
        self._file = np.asarray(np.memmap(self._rows, np.uint8, "r", shape=(rows, self._width))) if rows else None
        return rows

    def places(self, keys: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First row of each key and how many it has; -1 rows where the key is not here."""
        first, rows = np.zeros(len(keys), np.int64), np.full(len(keys), -1, np.int64)
        if len(self._lines) and len(keys):
            wanted = np.array(keys, "S32")
            near = np.minimum(np.searchsorted(self._lines["key"], wanted), len(self._lines) - 1)
            lines = self._lines[near]
            found = lines["key"] == wanted
            first = np.where(found, lines["first"].astype(np.int64), 0)
            rows = np.where(found, lines["rows"].astype(np.int64), -1)
        for place in np.flatnonzero(rows < 0).tolist() if self._fresh else ():
            first[place], rows[place] = self._fresh.get(keys[place], (0, -1))
        return first, rows

    def missing(self, keys: Sequence[str]) -> list[str]:
        """Those of the keys that are not here yet."""
        _, rows = self.places(keys)
        return [keys[place] for place in np.flatnonzero(rows < 0).tolist()]

    def read(self, keys: Sequence[str]) -> Iterator[Rows]:
        """Rows by key; of a text that is not here, none."""
        first, rows = self.places(keys)
        for start, number in zip(first.tolist(), rows.tolist(), strict=True):
            if number <= 0 or self._file is None:
                yield np.zeros((0, self._width), np.uint8)
            else:
                yield self._file[start : start + number]

    def take(self, rows: NDArray[np.int64]) -> Rows:
        """Copies of rows by their place in the file."""
        if self._file is None:
            return np.zeros((0, self._width), np.uint8)
        taken: Rows = np.take(self._file, rows, axis=0)
        return taken

    def add(self, texts: Sequence[tuple[str, Rows]]) -> None:
        """Add texts with their rows."""
        if not texts:
            return
        lengths = np.array([len(rows) for _, rows in texts])
        lines = np.zeros(len(texts), _LINE)
        lines["key"] = [key for key, _ in texts]
        lines["first"] = self._end + np.concatenate([[0], np.cumsum(lengths)[:-1]])
        lines["rows"] = lengths
        _write_at(self._rows, self._end * self._width, b"".join(rows.tobytes() for _, rows in texts))
        whole = self._list.stat().st_size // _LINE.itemsize if self._list.exists() else 0
        _write_at(self._list, whole * _LINE.itemsize, lines.tobytes())
        if len(self._fresh) >= _FRESH:
            self._load()
            return
        self._map()
        self._end += int(lengths.sum())
        self._remember(lines)


def _ordered(keys: NDArray[np.bytes_]) -> int:
    """How many of the first keys are in order."""
    falls = np.flatnonzero(keys[1:] < keys[:-1])
    return int(falls[0]) + 1 if len(falls) else len(keys)


def stem(kind: str, model: str) -> str:
    """Name of the files of a kind for a model."""
    return f"{kind}-" + re.sub(r"[^A-Za-z0-9]+", "-", model).strip("-")[-40:]


def _write_at(path: Path, place: int, data: bytes) -> None:
    """Write from a place on, to the disk itself before this returns."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        os.pwrite(descriptor, data, place)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
