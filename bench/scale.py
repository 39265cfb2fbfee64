"""Speed, recall, size and renewal of an index of a hundred thousand records, in one run.

    python -m bench.scale [--records 100000]

The records are invented once (bench/synthetic.py) and kept in the home folder under `bench`; a run that was stopped
goes on where it was. Times stand beside the bare embedding of the same question, taken in turn with it.
"""

import argparse
import datetime as dt
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.ideas.files import further_ideas
from bench.recall import print_recall
from bench.speed import IDEAS, latencies, print_ratios
from bench.synthetic import BorrowedEmbedder, Invented
from corpus.model import Call, Practice
from corpus.snapshot import Snapshot, write_snapshot
from matcher.assemble import system_clock
from matcher.embed import build_embedder
from matcher.engine import Matcher
from matcher.index.build import IndexReport, build_index, current_folder
from matcher.index.copies import copy_of, publish
from matcher.index.dense import connect
from matcher.index.search import SearchIndex
from matcher.places import Places
from matcher.query import IdeaQuery
from matcher.retrieve import PASSAGES
from matcher.settings import MatcherSettings

CHANGES = 3
"""How often one record is changed."""
MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of the invented records and their index."""

    folder: Path
    embedder: BorrowedEmbedder

    @property
    def index(self) -> Path:
        """Folder of the indexes."""
        return self.folder / "index"

    def snapshot(self) -> Snapshot:
        """The snapshot in use."""
        return Snapshot.current(self.folder / "snapshots")

    def update(self) -> IndexReport:
        """Bring the index up to the snapshot, as `isopolis index` does."""
        chroma = self.folder / "chroma"
        beside = partial(publish, chroma)
        return build_index(self.index, self.client(chroma), self.snapshot(), self.embedder, progress, beside)

    def client(self, folder: Path) -> Any:
        """Chroma on the files of a folder."""
        return connect(folder, "")

    def read_from(self) -> Path:
        """The copy of the vectors that the index in use reads.

        Raises:
            SystemExit: there is no index.
        """
        folder = current_folder(self.index)
        copy = copy_of(folder) if folder else None
        if copy is None:
            raise SystemExit(f"there is no index in {self.index}")
        return copy

    def matcher(self, places: Path) -> Matcher:
        """Everything that answers, opened."""
        snapshot = self.snapshot()
        index = SearchIndex.current(self.index, self.client(self.read_from()), self.embedder, snapshot)
        return Matcher(snapshot, index, self.embedder, lambda: Places(places), system_clock)


def progress(done: int, total: int) -> None:
    """Say how far the vectors are."""
    if done == total or done // 25_000 > (done - 256) // 25_000:
        print(f"  {done} of {total} passages", file=sys.stderr, flush=True)


def with_change(records: Iterator[Call | Practice], number: int) -> Iterator[Call | Practice]:
    """The records, the first of them with a text of its own."""
    for place, record in enumerate(records):
        text = {language: f"{words} {number}" for language, words in record.summary.items()}
        yield record.model_copy(update={"summary": text}) if place == 0 and number else record


def prepare(home: Home, shipped: Snapshot, records: int) -> None:
    """Invent the records and index them, as far as that is not done yet."""
    start = time.perf_counter()
    if not (home.folder / "snapshots" / "current").exists():
        write_snapshot(home.folder / "snapshots", Invented(shipped).records(records), dt.datetime.now(dt.UTC))
    written = time.perf_counter()
    report = home.update()
    end = time.perf_counter()
    print(f"{report.records} records, {report.passages} passages; vectors borrowed, everything else as in use")
    print(f"  records made in {written - start:.0f} s, indexed in {end - written:.0f} s ({report.changed} new)")


def queries(explain: bool) -> list[IdeaQuery]:
    """Ideas in all languages, with who asks where that is known."""
    asked = [{"text": text, "applicant": {"type": "municipality", "country": "BG"}} for text in IDEAS]
    asked += [{"text": i.text, "applicant": {"type": i.applicant, "country": i.country}} for i in further_ideas()]
    return [IdeaQuery.model_validate({**query, "explain": explain}) for query in asked]


def print_change(home: Home, shipped: Snapshot, records: int) -> None:
    """How long it takes until one changed record can be found."""
    print("\none record changed: until the new index is in use (the snapshot is written before)")
    for number in range(1, CHANGES + 1):
        changed = with_change(Invented(shipped).records(records), time.time_ns() + number)
        write_snapshot(home.folder / "snapshots", changed, dt.datetime.now(dt.UTC))
        start = time.perf_counter()
        report = home.update()
        seconds = time.perf_counter() - start
        print(f"  {seconds:6.2f} s   {report.changed} changed, {report.embedded} passages embedded")


def size(path: Path) -> float:
    """Megabytes of the files in a folder, each once."""
    files = {(s.st_dev, s.st_ino): s.st_size for p in path.rglob("*") if p.is_file() for s in [p.stat()]}
    return sum(files.values()) / MEGABYTE


def peak() -> float:
    """Most memory that this process had so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most / 1024


def print_sizes(home: Home) -> None:
    """Disk of each part."""
    parts = {
        "snapshots": home.folder / "snapshots",
        "vectors (Chroma)": home.folder / "chroma",
        "their copy": home.read_from(),
        "index, in all": home.index,
    }
    print("\ndisk")
    for name, path in parts.items():
        print(f"  {name:17} {size(path):8.0f} MB")


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=100_000, help="how many")
    records = options.parse_args().records
    settings = MatcherSettings()
    model, shipped = build_embedder(settings), Snapshot.current(settings.home / "snapshots")
    borrowed = BorrowedEmbedder.of(model, settings.index, shipped)
    home = Home(settings.home / "bench" / str(records), borrowed)
    prepare(home, shipped, records)
    before = peak()
    start = time.perf_counter()
    matcher = home.matcher(settings.home / "places.db")
    opened = time.perf_counter()
    matcher.warm_up()
    print(f"  opened in {opened - start:.1f} s, first answer after {time.perf_counter() - opened:.1f} s more")
    for explain in (False, True):
        asked = queries(explain)
        title = "with" if explain else "without"
        print_ratios(f"match {title} explanation beside bare query embedding", *latencies(matcher, model, asked, 2))
    print(f"\nmemory: peak {peak():.0f} MB, {peak() - before:.0f} MB of it since the index was opened")
    print("\nrecall beside exact search")
    folder = current_folder(home.index)
    if folder is not None:
        print_recall(matcher.index, folder, model, (PASSAGES,))
    print_sizes(home)
    matcher.close()
    print_change(home, shipped, records)


if __name__ == "__main__":
    main()
