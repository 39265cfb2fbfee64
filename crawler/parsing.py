"""What parsers receive and give: where bytes came from, the facts with their evidence, the finished records."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from corpus.issues import Issue
from corpus.model import RecordBase
from corpus.parts import Evidence, Method, Source
from corpus.raw import RawRecord, canonical_json
from corpus.vocab import Language
from crawler.errors import SourceError
from crawler.fields import IssueLog
from crawler.metadata import SourceConfig

PAGE = "page"
"""Handle of the one source that a crawled record has."""

R = TypeVar("R", bound=RecordBase)
_EXCERPT = 400


@dataclass(slots=True)
class Parsed:
    """Records and issues of some answer of a source, and what was left out by name."""

    records: list[RawRecord] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)

    def absorb(self, other: "Parsed") -> None:
        """Add the content of another one."""
        self.records += other.records
        self.issues += other.issues
        self.ignored += other.ignored


def sha256(content: bytes | dict[str, Any]) -> str:
    """Hash of a page, or of one row of an answer that holds many."""
    data = canonical_json(content).encode() if isinstance(content, dict) else content
    return hashlib.sha256(data).hexdigest()


def excerpt(text: str) -> str:
    """A short excerpt: enough to recognise the place in the source, cut at a blank."""
    if len(text) <= _EXCERPT:
        return text
    return text[: text.rfind(" ", 0, _EXCERPT)].rstrip() + " ..."


class Facts:
    """Values of one record, each kept with the words of the source from which it was read."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.values: dict[str, Any] = {}
        self._evidence: dict[str, list[Evidence]] = {}

    def put(self, path: str, value: Any, raw: object = None, words: str | None = None) -> None:
        """Set a top-level field, with the raw value and the words behind it; an unknown value is left out."""
        if value is not None and value not in ((), {}):
            self.values[path] = value
            self.note(path, raw, words)

    def note(self, path: str, raw: object = None, words: str | None = None, read_by: str | None = None) -> None:
        """Keep evidence for a value, by the value's path; `read_by` names the rule that read it out of prose."""
        shown = None if raw is None else str(raw)[:_EXCERPT].strip()
        if shown or words:
            self._evidence.setdefault(path, []).append(self.evidence(shown or None, words, read_by))

    def evidence(self, raw: str | None = None, words: str | None = None, read_by: str | None = None) -> Evidence:
        """Evidence from this record's source."""
        cut = excerpt(words) if words else None
        return Evidence(source=PAGE, raw=raw, excerpt=cut, language=self.language if cut else None, read_by=read_by)

    def said(self, path: str) -> str:
        """What the source says for a value, in its words or raw; empty where no evidence is kept for the path."""
        kept = self._evidence.get(path) or self._evidence.get(path.split(".", maxsplit=1)[0], [])
        return "; ".join(text for item in kept if (text := item.raw or item.excerpt))

    def all_evidence(self) -> dict[str, tuple[Evidence, ...]]:
        """All evidence by path."""
        return {path: tuple(items) for path, items in self._evidence.items()}


def page_source(config: SourceConfig, facts: Facts, url: str, fetched_at: dt.datetime, content_hash: str) -> Source:
    """The source of a crawled record."""
    return Source(
        key=PAGE,
        url=url,
        title=config.title,
        method=Method.PARSED,
        publisher=config.publisher,
        language=facts.language,
        licence=config.licence,
        fetched_at=fetched_at,
        content_hash=content_hash,
    )


def unharmed(key: str, log: IssueLog, reader: Callable[[], RawRecord | None]) -> RawRecord | None:
    """Read one record of many; one of a shape that nobody foresaw is lost with an issue and stops no other."""
    try:
        return reader()
    except SourceError:
        raise
    except Exception as error:  # whatever a source sends, the other records must survive it
        log.lost(key, "record", "crash", f"the record is left out: {type(error).__name__}: {error}")
        return None


def build(kind: type[R], key: str, facts: Facts, log: IssueLog, source: Source) -> RawRecord | None:
    """Make the record, without the values that break a rule of the model where it can do without them.

    Both a value and a whole record that is left out are issues; neither stops the other records.
    """
    values = facts.values | {"sources": (source,)}
    try:
        return _record(kind, key, values, facts, log.source)
    except ValidationError as error:
        spare = {str(item["loc"][0]) for item in error.errors() if _can_do_without(kind, item["loc"])}
        for item in error.errors():
            report = log.add if spare else log.lost
            path = ".".join(str(part) for part in item["loc"]) or "record"
            report(key, path, "invalid", item["msg"].removeprefix("Value error, "), item.get("input", ""))
    kept = {name: value for name, value in values.items() if name not in spare}
    try:
        return _record(kind, key, kept, facts, log.source) if spare else None
    except ValidationError as error:
        log.lost(key, "record", "invalid", f"the record is left out: {error.errors()[0]['msg']}")
        return None


def _record(kind: type[R], key: str, values: dict[str, Any], facts: Facts, source: str) -> RawRecord:
    record = kind.model_validate(values | {"evidence": facts.all_evidence()})
    return RawRecord.model_validate({"source": source, "key": key, "record": record})


def _can_do_without(kind: type[R], path: tuple[int | str, ...]) -> bool:
    name = str(path[0]) if path else ""
    return name in kind.model_fields and not kind.model_fields[name].is_required()
