"""The envelope of the search API: bytes to rows, and the best row of several about one thing."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from crawler.errors import ShapeError
from crawler.metadata import SourceConfig

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of an answer."""

    total: int
    rows: tuple[Row, ...]


def read_answer(body: bytes) -> Answer:
    """Read a page of the search API.

    Raises:
        ShapeError: it is no JSON, is cut off, or has no results.
    """
    try:
        data = json.loads(body)
    except ValueError as error:
        raise ShapeError(f"the search API did not answer with whole JSON: {error}") from error
    rows = data.get("results") if isinstance(data, dict) else None
    total = data.get("totalResults") if isinstance(data, dict) else None
    if not isinstance(rows, list) or not isinstance(total, int):
        raise ShapeError(f"the search API answered without results and totalResults: {str(data)[:200]}")
    if not all(isinstance(row, dict) and isinstance(row.get("reference"), str) for row in rows):
        raise ShapeError("a row of the search API has no reference")
    return Answer(total, tuple(rows))


def metadata_of(row: Row) -> Row:
    """The fields of a row; a row whose fields are no object has none."""
    metadata = row.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def first(row: Row, name: str) -> str:
    """First text of a metadata field, or an empty one."""
    values = metadata_of(row).get(name) or []
    values = values if isinstance(values, list) else [values]
    return str(values[0]).strip() if values else ""


def kind_of(row: Row, config: SourceConfig) -> str:
    """`topic` or `cascade`, the name of a kind that we leave out, or `unknown`."""
    if first(row, "DATASOURCE") == "SEDIA_FAQ":
        return "question and answer"
    codes = config.mappings["row_kind"].codes(first(row, "type"))
    return codes[0] if codes else "unknown"


def key_of(row: Row, kind: str) -> str:
    """Stable key: the reference of a cascade call (several share one identifier), else the identifier."""
    return str(row["reference"]) if kind == "cascade" else first(row, "identifier")


def _badness(row: Row, config: SourceConfig) -> tuple[int, int, int, int]:
    """Lower is better: whole rows before stubs, then English, then the newer shape, then the fuller row."""
    metadata = metadata_of(row)
    missing = sum(1 for name in ("status", "deadlineDate", "title", "descriptionByte") if not metadata.get(name))
    rank = config.mappings["datasource"].codes(first(row, "DATASOURCE"))
    return missing, int(first(row, "language") not in ("", "en")), int(rank[0]) if rank else 5, -len(metadata)


def best_rows(rows: list[Row], config: SourceConfig) -> tuple[list[tuple[str, Row]], Counter[str]]:
    """The best row of each thing with its kind, and how many rows were left out, by reason."""
    best: dict[tuple[str, str], Row] = {}
    left_out: Counter[str] = Counter()
    for row in rows:
        kind = kind_of(row, config)
        if kind not in ("topic", "cascade", "unknown"):
            left_out[kind] += 1
            continue
        place = (kind, key_of(row, kind) or str(row["reference"]))
        known = best.get(place)
        left_out["duplicate"] += known is not None
        if known is None or _badness(row, config) < _badness(known, config):
            best[place] = row
    return [(kind, row) for (kind, _), row in best.items()], +left_out
