"""Reads a saved case with its parser: used by the tests, and by people who correct `expected.json`.

    python -m tests.crawler.reading tests/crawler/cases/euroaccess/detail

prints what the parser makes of a case, in the shape of its `expected.json`: read it, then paste it.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from crawler.lists import ListSpider
from crawler.metadata import SourceConfig
from crawler.parsing import Parsed
from crawler.probing.cases import as_data, as_json, listed, read_page
from crawler.registry import load_sources, spider_class
from crawler.search import SearchSpider
from crawler.sources.bg_eumis import parse as bg_eumis
from crawler.sources.euroaccess import parse as euroaccess
from crawler.sources.ft_portal import answer, facets, projects
from crawler.sources.ft_portal import parse as ft_portal
from crawler.sources.interreg_calls import parse as interreg_calls
from crawler.sources.interreg_calls import query as interreg_query

CASES = Path(__file__).parent / "cases"


def case_folders() -> list[Path]:
    """All cases, in a stable order."""
    return sorted(path.parent for path in CASES.glob("*/*/meta.json"))


def config(source: str) -> SourceConfig:
    """Metadata of a source."""
    return load_sources([source])[0]


def read_case(folder: Path) -> dict[str, Any]:
    """What the parser makes of a case, as plain data. Errors of the parser come through."""
    return as_data(read_parsed(folder))


def read_parsed(folder: Path) -> Parsed:
    """What the parser makes of a case."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    (saved,) = folder.glob("input.*")
    return read_body(folder.parent.name, meta, saved.read_bytes(), dt.datetime.fromisoformat(meta["fetched_at"]))


def read_body(source: str, meta: dict[str, str], body: bytes, fetched_at: dt.datetime) -> Parsed:
    """What the parser of a source makes of bytes that `meta` describes."""
    return _parse(config(source), meta, body, fetched_at)


def _parse(source: SourceConfig, meta: dict[str, str], body: bytes, fetched_at: dt.datetime) -> Parsed:
    special: dict[tuple[str, str], Callable[[], Parsed]] = {
        ("ft_portal", "calls"): lambda: ft_portal.parse_calls(_rows(body), source, fetched_at),
        ("ft_portal", "projects"): lambda: projects.parse_projects(_rows(body), source, fetched_at),
        ("ft_portal", "facets"): lambda: _facets(body, source),
        ("euroaccess", "list"): lambda: _euroaccess_list(body, meta["url"]),
        ("bg_eumis", "list"): lambda: _bg_eumis_list(body, meta["url"], source),
        ("interreg_calls", "answer"): lambda: _interreg_answer(body, source, fetched_at),
        ("interreg_calls", "page"): lambda: _interreg_page(body, meta["url"], source),
    }
    read = special.get((source.id, meta["kind"]))
    return read() if read else _by_spider(source, meta, body, fetched_at)


def _by_spider(source: SourceConfig, meta: dict[str, str], body: bytes, fetched_at: dt.datetime) -> Parsed:
    """What the spider of a source makes of a list or of a detail; other spiders have a reader of their own."""
    if not issubclass(spider_class(source.id), ListSpider | SearchSpider):
        own = import_module(f"tests.crawler.readers.{source.id}")
        return listed(*own.read(source, meta, body, fetched_at))
    return read_page(source, meta["kind"], body, meta["url"], fetched_at)


def _rows(body: bytes) -> list[dict[str, Any]]:
    return list(answer.read_answer(body).rows)


def _facets(body: bytes, source: SourceConfig) -> Parsed:
    return Parsed(issues=facets.check_answer(body, source))


def _euroaccess_list(body: bytes, url: str) -> Parsed:
    return listed({entry.number: entry.url for entry in euroaccess.parse_list(body, url)}, Parsed())


def _bg_eumis_list(body: bytes, url: str, source: SourceConfig) -> Parsed:
    found, parsed = bg_eumis.parse_list(body, url, source)
    return listed({entry.guid: f"{entry.code} {entry.title}" for entry in found}, parsed)


def _interreg_answer(body: bytes, source: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    return interreg_calls.parse_hits(interreg_calls.read_answer(body).hits, source, fetched_at)


def _interreg_page(body: bytes, url: str, source: SourceConfig) -> Parsed:
    """The key that stands in a page, and the scripts in which it is looked for else."""
    key = interreg_query.find_key(body, interreg_query.application(source))
    return listed({key or "no key": ""} | dict.fromkeys(interreg_query.scripts(body, url, source), ""), Parsed())


if __name__ == "__main__":
    sys.stdout.write(as_json(read_case(Path(sys.argv[1]))))
