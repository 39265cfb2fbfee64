"""Saved cases: an answer of a source, and what its parser makes of it, in the format of the tests."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from crawler.errors import SourceError
from crawler.lists import ListSpider
from crawler.metadata import SourceConfig
from crawler.parsing import Parsed
from crawler.probing.seen import Answer, Seen
from crawler.recorder import Recorder
from crawler.registry import spider_class
from crawler.search import SearchSpider

_NO_STORE: Any = None  # a spider that only reads never opens its run
_MOST = 2_000_000


def read_page(config: SourceConfig, kind: str, body: bytes, url: str, at: dt.datetime) -> Parsed:
    """What the spider of a source makes of a `list` or a `detail`; links of a list are shown as left out.

    A page of a search is read as if it were the whole answer to the first question.

    Raises:
        SourceError: the parser refuses the page.
        TypeError: the source is neither a list with details nor a search.
    """
    spider = spider_class(config.id)(config, Recorder(config, _NO_STORE, lambda: at, lambda: None))
    if isinstance(spider, SearchSpider) and kind == "list":
        rows = [row for _, row in spider.read_page(body).rows]
        return next(iter(spider.walks())).read(rows)
    if not isinstance(spider, ListSpider):
        raise TypeError(f"{config.id} is read neither as a list with details nor as a search")
    if kind == "detail":
        return spider.read_detail(body, url)
    listing = spider.read_list(body, url)
    found = Parsed(list(listing.parsed.records), [*listing.issues, *listing.parsed.issues])
    found.ignored.update(listing.parsed.ignored)
    further = dict.fromkeys(listing.more, "(next page)") | dict.fromkeys(listing.lists, "(list)")
    return listed(dict.fromkeys(listing.urls, "") | further, found)


def listed(entries: dict[str, str], parsed: Parsed) -> Parsed:
    """The entries of a list, shown where a parser counts what it left out."""
    parsed.ignored.update({f"{key} {text}".strip(): 1 for key, text in entries.items()})
    return parsed


def as_data(parsed: Parsed) -> dict[str, Any]:
    """The content of `expected.json`: records by key without their sources, issues, and what was left out."""
    records = {}
    for raw in parsed.records:
        data = raw.record.model_dump(mode="json", exclude_defaults=True)
        records[raw.key] = {name: value for name, value in data.items() if name != "sources"}
    issues = [[issue.key, issue.level.value, issue.code, issue.field] for issue in parsed.issues]
    return {"records": records, "issues": issues, "ignored": dict(parsed.ignored)}


def as_json(data: Any) -> str:
    """JSON as it stands in the cases."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def save(folder: Path, config: SourceConfig, seen: Seen) -> list[Path]:
    """Write every answer that a parser reads as a case; returns the folders. What is there is never overwritten.

    Raises:
        FileExistsError: a case of this name is already there.
    """
    saved = []
    for number, answer in enumerate(a for a in seen.answers if a.kind in ("list", "detail") and a.status == 200):
        case = folder / config.id / f"{answer.kind}_{number}"
        case.mkdir(parents=True)
        _write(case, config, answer, seen.at)
        saved.append(case)
    return saved


def _write(case: Path, config: SourceConfig, answer: Answer, at: dt.datetime) -> None:
    (case / f"input.{'json' if answer.is_json else 'html'}").write_bytes(answer.body[:_MOST])
    meta = {"kind": answer.kind, "fetched_at": at.isoformat(), "url": answer.url}
    (case / "meta.json").write_text(as_json(meta), encoding="utf-8")
    try:
        parsed = read_page(config, answer.kind, answer.body, answer.url, at)
    except SourceError as error:
        told = {"error": type(error).__name__, "says": str(error)}
        (case / "error.json").write_text(as_json(told), encoding="utf-8")
    except TypeError:
        return  # read in a way of its own: `python -m tests.crawler.reading` shows what comes of it
    else:
        (case / "expected.json").write_text(as_json(as_data(parsed)), encoding="utf-8")
