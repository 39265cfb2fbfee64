"""Rows as feeds: Atom (RFC 4287) and JSON Feed 1.1. The name of an entry never changes, whatever the address."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedgen.feed import FeedGenerator

from api.files.columns import call_columns, practice_columns
from api.files.table import About, advice
from api.files.values import clean, shown
from api.rows import CallRow, PracticeRow, RowBase
from corpus.messages import spoken

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
_SPACE = uuid.UUID("2b1c6f3e-58a4-5b0b-8a57-0c2e7d1f4b21")
"""Name space of the names of entries; it must never change."""
_TOLD = {
    "call": ("status", "next_cutoff", "next_hour", "grant_max", "budget", "rate", "own_share", "applicant_types"),
    "practice": ("place", "countries", "population", "cost", "payers", "results"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as an entry of a feed."""

    name: str
    title: str
    language: str
    text: str
    page: str
    source: str
    checked: dt.datetime
    tags: tuple[str, ...]


def as_atom(about: About, rows: Sequence[RowBase], address: str) -> bytes:
    """The rows as Atom; `address` is that of the feed itself."""
    feed = FeedGenerator()
    feed.id(_name(address))
    feed.title(clean(about.title))
    feed.language(spoken().value)
    feed.link(href=address, rel="self", type="application/atom+xml")
    feed.link(href=about.page, rel="alternate", type="text/html")
    feed.author(name="Isopolis")
    entries = list(_entries(about, rows))
    feed.updated(max((entry.checked for entry in entries), default=about.as_of))
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(entry.name)
        item.title(entry.title)
        item.updated(entry.checked)
        item.link(href=entry.page, rel="alternate", hreflang=spoken().value)
        item.link(href=entry.source, rel="via", hreflang=entry.language)
        item.content(entry.text, type="text")
        for tag in entry.tags:
            item.category(term=tag)
    return bytes(feed.atom_str(pretty=True))


def as_json_feed(about: About, rows: Sequence[RowBase], address: str) -> bytes:
    """The rows as JSON Feed; each item carries its row whole, under `_isopolis`."""
    items = [
        {
            "id": entry.name,
            "url": entry.page,
            "external_url": entry.source,
            "title": entry.title,
            "content_text": entry.text,
            "date_modified": entry.checked.isoformat(),
            "tags": entry.tags,
            "language": entry.language,
            "_isopolis": row.model_dump(mode="json"),
        }
        for entry, row in zip(_entries(about, rows), rows, strict=True)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(about.title),
        "home_page_url": about.page,
        "feed_url": address,
        "language": spoken().value,
        "authors": [{"name": "Isopolis"}],
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _entries(about: About, rows: Sequence[RowBase]) -> Iterable[Entry]:
    for row in rows:
        kind = "calls" if isinstance(row, CallRow) else "practices"
        checked = dt.datetime.combine(row.checked, dt.time(0), tzinfo=dt.UTC) if row.checked else about.as_of
        yield Entry(
            name=_name(row.id),
            title=clean(row.title),
            language=row.title_language.value,
            text=clean(_text(row)),
            page=f"{about.home}/{kind}/{row.id}",
            source=row.url,
            checked=checked,
            tags=tuple(code.value for code in (*row.subjects, *row.target_groups)),
        )


def _name(text: str) -> str:
    return uuid.uuid5(_SPACE, text).urn


def _text(row: RowBase) -> str:
    """What is known of a row, one line a fact; then where it was read and when."""
    lines = [row.summary] if row.summary else []
    if isinstance(row, CallRow):
        lines += [f"{c.heading}: {shown(c.value(row))}" for c in call_columns() if c.key in _TOLD["call"]]
        lines += [f"{c.heading}: {shown(c.value(row))}" for c in call_columns() if c.key in ("checked", "sources")]
    elif isinstance(row, PracticeRow):
        lines += [f"{c.heading}: {shown(c.value(row))}" for c in practice_columns() if c.key in _TOLD["practice"]]
        lines += [f"{c.heading}: {shown(c.value(row))}" for c in practice_columns() if c.key in ("checked", "sources")]
    return "\n".join((*lines, advice()))
