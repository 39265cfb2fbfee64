"""What a crawler hands over: one parsed record of one source, with the hash of what it says."""

import hashlib
import json
from typing import Any, Literal

from pydantic import Field

from corpus.model import Record
from corpus.parts import Frozen, Text
from corpus.vocab import Country, Fund

# Not part of what a record says: a page fetched again without change must keep its hash.
_VOLATILE = ("fetched_at", "content_hash")


class RawRecord(Frozen):
    """A record as one source tells it. `key` is the source's own stable key, never cleaned.

    `page` is the address that was asked for it, where a record has a page of its own: when that page cannot be
    read one day, its records are kept.
    """

    source: Text
    key: Text
    record: Record
    page: str | None = None

    def content_hash(self) -> str:
        """SHA-256 of what the record says, without when and from which bytes it was read."""
        return content_hash(self.record.model_dump(mode="json", exclude_defaults=True))


class Cover(Frozen):
    """What a source covers: funds in countries (`EU` for calls that are not bound to one country)."""

    countries: tuple[Literal["EU"] | Country, ...] = Field(min_length=1)
    funds: tuple[Fund, ...] = Field(min_length=1)
    what: Literal["calls", "planned calls", "practices"]


class SourceMeta(Frozen):
    """What the corpus must know of a source: written with each run, read by merge and checks.

    `rank` orders sources that tell of the same thing: the lower one is believed. `expect_min` and `expect_max`
    bound the number of records of a healthy run.
    """

    id: Text
    title: Text
    homepage: Text
    rank: int = Field(ge=1, le=100)
    confidence: Literal["confirmed", "inferred", "untested-live"]
    licence: Text
    expect_min: int = Field(ge=1)
    expect_max: int = Field(ge=1)
    covers: tuple[Cover, ...] = ()


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no blanks: equal values give equal texts."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def without_volatile(value: Any) -> Any:
    """A payload without when and from which bytes it was read."""
    if isinstance(value, dict):
        return {k: without_volatile(v) for k, v in value.items() if k not in _VOLATILE}
    if isinstance(value, list):
        return [without_volatile(v) for v in value]
    return value


def content_hash(payload: dict[str, Any]) -> str:
    """SHA-256 of a record's content; see `RawRecord.content_hash`."""
    return hashlib.sha256(canonical_json(without_volatile(payload)).encode()).hexdigest()
