"""Why a record was found, in words that can be checked: the source's own, or our statement and its place."""

import datetime as dt

from corpus.model import Call, Practice, RecordBase
from corpus.parts import Evidence, Method, Source
from matcher.answer import Excerpt
from matcher.index.search import PassageHit
from matcher.text import Passage
from matcher.told import told

MAX_EXCERPTS = 3
_NO_EXCERPT = ("whole", "subjects")
"""Passages that are no sentences of a field: they find a record and do not explain it."""


def excerpts(record: Call | Practice, hits: list[PassageHit], limit: int = MAX_EXCERPTS) -> tuple[Excerpt, ...]:
    """The passages of a record that lie nearest to the idea; the whole and its codes are left aside."""
    by_key = {item.key: item.passage for item in told(record)}
    chosen = [by_key[hit.key] for hit in hits if hit.key in by_key]
    telling = [passage for passage in chosen if passage.field not in _NO_EXCERPT]
    if not telling:
        telling = [p for p in by_key.values() if p.field not in _NO_EXCERPT][:1] or chosen[:1]
    return tuple(excerpt_of(record, passage) for passage in telling[:limit])


def excerpt_of(record: RecordBase, passage: Passage, text: str | None = None) -> Excerpt:
    """A passage, or a sentence of it, with its language and its source."""
    evidence = _evidence(record, passage.field)
    source = _source(record, evidence)
    ours = source.method in (Method.CURATED, Method.CITED)
    return Excerpt(
        text=text or passage.text,
        language=passage.language,
        field=passage.field,
        words="ours" if ours else "source",
        place=(evidence.place if evidence else None) or (source.title if ours else None),
        source_url=source.url,
        source_title=source.title,
    )


def _evidence(record: RecordBase, field: str) -> Evidence | None:
    items = record.evidence.get(field) or record.evidence.get(field.split(".", maxsplit=1)[0]) or ()
    return items[0] if items else None


def _source(record: RecordBase, evidence: Evidence | None) -> Source:
    if evidence is None:
        return record.sources[0]
    return next(source for source in record.sources if source.key == evidence.source)


def checked_on(record: RecordBase) -> dt.date | None:
    """Latest day on which a source of the record was read or fetched."""
    days = [source.read_on for source in record.sources if source.read_on]
    days += [source.fetched_at.date() for source in record.sources if source.fetched_at]
    return max(days, default=None)
