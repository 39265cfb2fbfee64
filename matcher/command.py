"""The commands `isopolis index`, `isopolis match`, `isopolis eval` and the matcher's part of `isopolis status`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from matcher.assemble import open_matcher, update_index
from matcher.beir import folders, read_benchmark
from matcher.console import render
from matcher.embed import Embedder, build_embedder
from matcher.evaluate import evaluate, open_index
from matcher.index.build import current_folder
from matcher.index.manifest import read_manifest
from matcher.query import IdeaQuery
from matcher.settings import MatcherSettings


def index_command(settings: MatcherSettings) -> None:
    """Bring the index up to the snapshot, with a progress bar on a terminal.

    Raises:
        MatcherError, SnapshotError: there is no snapshot, or the model cannot be loaded.
    """
    with tqdm(desc="embedding", unit=" passages", disable=not sys.stderr.isatty(), leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = update_index(settings, progress)
    changes = f"{report.changed} records new or changed, {report.removed} removed"
    print(f"index {report.name}: {report.records} records; {changes}; {report.embedded} passages embedded")


def match_command(settings: MatcherSettings, query: IdeaQuery, as_json: bool, explain: bool) -> None:
    """Answer one idea on the terminal.

    Raises:
        MatcherError, SnapshotError: a part is missing, or the question is impossible.
    """
    answer = open_matcher(settings).match(query)
    print(answer.model_dump_json(indent=2) if as_json else render(answer, explain))


def index_lines(index: Path) -> list[str]:
    """What the index was built from.

    Raises:
        MatcherError: there is no index, or it is of another format.
    """
    folder = current_folder(index)
    manifest = read_manifest(folder or index)
    records = ", ".join(f"{number} {kind}s" for kind, number in sorted(manifest.records.items()))
    built = f"built {manifest.built_at:%Y-%m-%d %H:%M} UTC from snapshot {manifest.snapshot[:16]}"
    return [
        f"index      {manifest.passages} passages of {records}, {built}",
        f"model      {manifest.model}, {manifest.dimension} dimensions",
    ]


def eval_command(
    settings: MatcherSettings, folder: Path, systems: Sequence[str], titles_only: bool, as_json: bool
) -> None:
    """Measure the production retrieval on a benchmark folder, or on all in a folder, and print the figures.

    Raises:
        MatcherError: the folder is no benchmark and holds none.
    """
    embedder = build_embedder(settings)
    rows: list[dict[str, object]] = []
    for one in folders(folder):
        rows += _measured(settings, embedder, one, systems, titles_only)
    print(json.dumps(rows, indent=1) if as_json else _table(rows))


def _measured(
    settings: MatcherSettings, embedder: Embedder, folder: Path, systems: Sequence[str], titles_only: bool
) -> list[dict[str, object]]:
    """A row per system and group of questions of one benchmark."""
    benchmark = read_benchmark(folder)
    with tqdm(desc=folder.name, unit=" passages", disable=not sys.stderr.isatty(), leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        snapshot, index = open_index(benchmark, settings.home, embedder, progress)
    return list(evaluate(benchmark, snapshot, index, embedder, systems, titles_only))


def _table(rows: list[dict[str, object]]) -> str:
    lines = [[str(name) for name in rows[0]], *([str(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)
