"""Small whole records, made with what a test cares about: every other field has a plain value.

Nothing here is shared or changed: each call makes a new record.
"""

import datetime as dt
from typing import Any

from pydantic import TypeAdapter

from corpus.merge import Telling
from corpus.model import Call, Practice, Programme, Record, RecordBase
from corpus.parts import Cutoff, Moment, Timeline
from corpus.raw import RawRecord, SourceMeta

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
BRUSSELS = "Europe/Brussels"
RECORD: TypeAdapter[RecordBase] = TypeAdapter(Record)


def page(key: str = "page", **fields: Any) -> dict[str, Any]:
    """A source: a page that a person read."""
    plain = {"key": key, "url": "https://example.org/page", "method": "curated", "read_on": "2026-11-01"}
    return {**plain, **fields}


def proof(source: str = "page", **fields: Any) -> dict[str, Any]:
    """Evidence: our sentence and its place in the source."""
    return {"source": source, "statement": "The page says so.", "place": "first paragraph", **fields}


def rule(family: str, value: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": family, "family": family, "value": value, "evidence": [proof()], **fields}


def day(text: str, time: str | None = None, zone: str = BRUSSELS) -> Moment:
    """`day("2026-06-15")` or `day("2026-06-15", "14:00")`."""
    return Moment.model_validate({"date": text, "time": time, "zone": zone if time else None})


def cutoff(text: str, time: str | None = None, **fields: Any) -> Cutoff:
    return Cutoff.model_validate({**day(text, time).model_dump(), **fields})


def closing(*texts: str, **fields: Any) -> Timeline:
    """A timeline that closes on these days."""
    return Timeline(cutoffs=tuple(cutoff(text) for text in texts), **fields)


def _plain(kind: str, record_id: str, title: str) -> dict[str, Any]:
    fields = {"kind": kind, "id": record_id, "title": {"en": title}, "original_language": "en"}
    return {**fields, "url": "https://example.org/page", "sources": [page()]}


def call(record_id: str = "isopolis.call", /, **fields: Any) -> Call:
    plain = _plain("call", record_id, "Safe streets for all") | {"funds": ["CERV"]}
    return Call.model_validate(plain | fields)


def programme(record_id: str = "isopolis.programme", /, **fields: Any) -> Programme:
    plain = _plain("programme", record_id, "Programme of a region") | {"funds": ["ERDF"]}
    return Programme.model_validate(plain | fields)


def practice(record_id: str = "isopolis.practice", /, **fields: Any) -> Practice:
    plain = _plain("practice", record_id, "Mixed housing by lot")
    places = [{"name": "Gabrovo", "country": "BG", "population": 48133}]
    return Practice.model_validate(plain | {"practice_kind": "practice", "places": places} | fields)


def raw(key: str = "A-1", record: RecordBase | None = None, source: str = "source-a") -> RawRecord:
    """What a crawler hands over; the record's id is made of the key where none is given."""
    told = record or call(f"ft.{key}", identifiers=[{"scheme": "ft", "value": key}])
    return RawRecord.model_validate({"source": source, "key": key, "record": told})


def source_meta(source: str = "source-a", **fields: Any) -> SourceMeta:
    plain = {"id": source, "title": f"Register {source}", "homepage": "https://example.org", "rank": 10}
    plain |= {"confidence": "confirmed", "licence": "CC BY 4.0", "expect_min": 1, "expect_max": 1000}
    return SourceMeta.model_validate(plain | fields)


def telling(record: RecordBase, origin: str = "source-a", key: str = "A-1") -> Telling:
    return Telling(origin, key, record)
