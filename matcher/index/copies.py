"""The copy of the vectors that an index reads, and what came after it.

Chroma keeps what it read in memory, so a reader would fail when another process writes into its files: an index is
read from a copy that nobody writes to. To copy all of a large collection for a few new passages would take longer
than everything else, so an index may share the copy of the one before and name beside it what the copy lacks; those
passages are compared one by one until they are too many.
"""

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

COPIES = "vectors"
"""Folder beside the indexes that holds the copies."""
MOST = 2000
"""Passages that an index may have beside its copy: comparing them takes about as long as asking Chroma."""
_NAME, _BESIDE = "vectors.txt", "beside.tsv"


@dataclass(frozen=True, slots=True)
class Publication:
    """What a build knows when its index is about to be put in use."""

    work: Path
    """Folder of the new index, not in use yet."""
    previous: Path | None
    """The index in use, when the new one starts from it."""
    fresh: Mapping[str, Sequence[str]]
    """Keys of the passages of changed records, by kind."""
    keys: Callable[[str], Sequence[str]]
    """Keys of all passages of a kind; asked for only when a copy is made."""


def copy_of(folder: Path) -> Path | None:
    """The copy that an index reads, if it has one."""
    try:
        name = (folder / _NAME).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return folder.parent / COPIES / name


def beside(folder: Path) -> dict[str, list[str]]:
    """Keys of the passages that the copy of an index lacks, by kind."""
    path = folder / _BESIDE
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        kind, key = line.split("\t")
        found.setdefault(kind, []).append(key)
    return found


def publish(chroma: Path, publication: Publication) -> None:
    """Give a new index the copy of the one before with what it lacks, or one of its own."""
    previous = publication.previous
    copy = copy_of(previous) if previous else None
    lacking: dict[str, list[str]] | None = None
    if previous is not None and copy is not None and copy.is_dir():
        lacking = {kind: _lacking(copy, kind, keys, beside(previous)) for kind, keys in publication.fresh.items()}
    if copy is None or lacking is None or sum(map(len, lacking.values())) > MOST:
        copy, lacking = _copied(chroma, publication), {}
    lines = (f"{kind}\t{key}\n" for kind, keys in lacking.items() for key in keys)
    (publication.work / _BESIDE).write_text("".join(lines), encoding="utf-8")
    (publication.work / _NAME).write_text(copy.name + "\n", encoding="utf-8")


def _lacking(copy: Path, kind: str, fresh: Sequence[str], before: Mapping[str, Sequence[str]]) -> list[str]:
    """Keys that a copy lacks: those that it lacked already, and new ones."""
    keys = np.array(fresh, "S32")
    there = np.load(copy / f"{kind}.npy", mmap_mode="r")
    near = np.minimum(np.searchsorted(there, keys), max(len(there) - 1, 0))
    known = there[near] == keys if len(there) else np.zeros(len(keys), bool)
    lacking = (key for key, held in zip(fresh, known.tolist(), strict=True) if not held)
    return list(dict.fromkeys((*before.get(kind, ()), *lacking)))


def _copied(chroma: Path, publication: Publication) -> Path:
    """A copy of all vectors, whole or not at all, with a list of what is in it."""
    copies = publication.work.parent / COPIES
    copies.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".copying-", dir=copies))
    try:
        shutil.copytree(chroma, work, dirs_exist_ok=True)
        for kind in publication.fresh:
            np.save(work / f"{kind}.npy", np.unique(np.array(publication.keys(kind), "S32")))
        copy = copies / f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}"
        work.rename(copy)
        return copy
    finally:
        shutil.rmtree(work, ignore_errors=True)


def forget_copies(index: Path) -> None:
    """Remove copies that no index reads any more."""
    read = {copy_of(manifest.parent) for manifest in index.glob("*/manifest.json")}
    for copy in (index / COPIES).glob("*"):
        if copy not in read and not copy.name.startswith("."):
            shutil.rmtree(copy, ignore_errors=True)
