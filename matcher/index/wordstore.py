"""Vectors of words on disk: one file that only grows, and a list of what stands where in it.

Texts are named by their content, like passages in the vector store, so every index of a model reads the same file.
Codes are written before the line of the list that names them: what an interruption leaves half written is not
named, and is written over.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.embed import Embedder
from matcher.index.wordvectors import Codes, mean_token
from matcher.unpack import Floats

_LINE = np.dtype([("key", "S32"), ("first", "<u8"), ("rows", "<u4")])


class WordStore:
    """Packed vectors of the words of texts, by the key of the text."""

    def __init__(self, folder: Path, model: str, dimension: int, centre: Floats) -> None:
        """Open the files in a folder, or start them there."""
        self._codes, self._list, _ = _paths(folder, model)
        self._width = -(-dimension // 4)
        self.centre = centre
        self._load()

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, texts: Sequence[str]) -> "WordStore":
        """Open the store of a model; what its words have in common is measured once, on `texts`."""
        *_, path = _paths(folder, embedder.name)
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part.npy")
            np.save(part, mean_token([reading for _, reading in embedder.read(texts)]))
            part.replace(path)
        return cls(folder, embedder.name, embedder.dimension, np.load(path))

    def _load(self) -> None:
        lines = np.fromfile(self._list, _LINE) if self._list.exists() else np.zeros(0, _LINE)
        rows = self._codes.stat().st_size // self._width if self._codes.exists() else 0
        lines = lines[lines["first"] + lines["rows"] <= rows]
        self._end = int((lines["first"] + lines["rows"]).max(initial=0))
        self._lines = lines[np.argsort(lines["key"], kind="stable")]
        self._file = np.memmap(self._codes, np.uint8, "r", shape=(rows, self._width)) if rows else None

    def _places(self, keys: Sequence[str]) -> NDArray[np.int64]:
        """Line of each key, -1 where there is none."""
        wanted = np.array(keys, "S32")
        if not len(self._lines) or not len(wanted):
            return np.full(len(wanted), -1)
        place = np.minimum(np.searchsorted(self._lines["key"], wanted), len(self._lines) - 1)
        return np.where(self._lines["key"][place] == wanted, place, -1)

    def missing(self, keys: Sequence[str]) -> list[str]:
        """Those of the keys that are not here yet."""
        return [key for key, place in zip(keys, self._places(keys), strict=True) if place < 0]

    def read(self, keys: Sequence[str]) -> Iterator[Codes]:
        """Codes by key; of a text that is not here, none."""
        for place in self._places(keys):
            if place < 0 or self._file is None:
                yield np.zeros((0, self._width), np.uint8)
                continue
            _, first, rows = self._lines[place].item()
            yield self._file[first : first + rows]

    def add(self, texts: Sequence[tuple[str, Codes]]) -> None:
        """Add texts with their codes."""
        if not texts:
            return
        lengths = np.array([len(codes) for _, codes in texts])
        lines = np.zeros(len(texts), _LINE)
        lines["key"] = [key for key, _ in texts]
        lines["first"] = self._end + np.concatenate([[0], np.cumsum(lengths)[:-1]])
        lines["rows"] = lengths
        _write_at(self._codes, self._end * self._width, b"".join(codes.tobytes() for _, codes in texts))
        whole = self._list.stat().st_size // _LINE.itemsize if self._list.exists() else 0
        _write_at(self._list, whole * _LINE.itemsize, lines.tobytes())
        self._load()


def _paths(folder: Path, model: str) -> tuple[Path, Path, Path]:
    name = "words-" + re.sub(r"[^A-Za-z0-9]+", "-", model).strip("-")[-40:]
    return folder / f"{name}.codes", folder / f"{name}.list", folder / f"{name}.centre.npy"


def _write_at(path: Path, place: int, data: bytes) -> None:
    """Write from a place on, to the disk itself before this returns."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        os.pwrite(descriptor, data, place)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
