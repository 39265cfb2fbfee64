"""Benchmark folders in the layout of BEIR (Thakur et al. 2021): documents, questions and judgements.

`corpus.jsonl` and `queries.jsonl` (or `.gz`) hold `_id`, `title`, `text` and extras; `qrels.tsv` holds
question, document and grade.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.parts import Frozen
from corpus.vocab import Language
from matcher.errors import ProfileError


class Item(Frozen):
    """A document or a question. `flags` are its extras that are true, `language` that of its field `lang`."""

    id: str
    title: str
    text: str
    flags: frozenset[str]
    language: Language | None = None

    @property
    def whole(self) -> str:
        """Title and text together."""
        return f"{self.title}. {self.text}" if self.title and self.text else self.title or self.text


class Benchmark(Frozen):
    """Documents, questions, and for each question the documents that answer it with their grade."""

    name: str
    documents: tuple[Item, ...]
    questions: tuple[Item, ...]
    judgements: dict[str, dict[str, int]]


def folders(parent: Path) -> list[Path]:
    """The folder itself if it is a benchmark, else the benchmarks in it.

    Raises:
        ProfileError: it is none and holds none.
    """
    if (parent / "qrels.tsv").exists():
        return [parent]
    found = sorted(file.parent for file in parent.glob("*/qrels.tsv"))
    if not found:
        raise ProfileError("DIR", f"{parent} is no benchmark and holds none: qrels.tsv is missing")
    return found


def read_benchmark(folder: Path) -> Benchmark:
    """Read a folder.

    Raises:
        ProfileError: a file is missing or a line is broken; names file and line.
    """
    judgements: dict[str, dict[str, int]] = {}
    for question, document, grade in _judgements(folder / "qrels.tsv"):
        judgements.setdefault(question, {})[document] = grade
    questions = tuple(item for item in _items(folder, "queries") if item.id in judgements)
    if not questions:
        raise ProfileError("DIR", f"{folder}: no question of queries.jsonl is judged in qrels.tsv")
    return Benchmark(
        name=folder.name, documents=tuple(_items(folder, "corpus")), questions=questions, judgements=judgements
    )


def _judgements(path: Path) -> Iterator[tuple[str, str, int]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t")
            next(rows, None)
            for place, row in enumerate(rows, 2):
                if len(row) != 3 or not row[2].lstrip("-").isdecimal():
                    raise ProfileError("DIR", f"{path}, line {place}: expected question, document and grade")
                yield row[0], row[1], int(row[2])
    except OSError as error:
        raise ProfileError("DIR", f"{path} is missing: a benchmark folder has corpus, queries and qrels") from error


def _items(folder: Path, name: str) -> Iterator[Item]:
    packed = folder / f"{name}.jsonl.gz"
    path = packed if packed.exists() else folder / f"{name}.jsonl"
    try:
        data = gzip.decompress(path.read_bytes()) if path == packed else path.read_bytes()
        lines = data.decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ProfileError("DIR", f"{path} (or {name}.jsonl) cannot be read: a benchmark folder has it") from error
    for place, line in enumerate(filter(str.strip, lines), 1):
        try:
            yield _item(json.loads(line))
        except (ValueError, KeyError, AttributeError) as error:
            raise ProfileError("DIR", f"{path}, line {place}: no item with _id: {error}") from error


def _item(row: dict[str, Any]) -> Item:
    flags = frozenset(key for key, value in row.items() if value is True)
    title, text = str(row.get("title") or "").strip(), str(row.get("text") or "").strip()
    spoken = row.get("lang")
    language = Language(str(spoken)) if spoken in Language._value2member_map_ else None
    return Item(id=str(row["_id"]), title=title, text=text, flags=flags, language=language)
