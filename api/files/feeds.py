"""Rows as feeds: Atom (RFC 4287) and JSON Feed 1.1. The name of an entry never changes, whatever the address."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

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
    entries = list(_entries(about, rows))
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": spoken().value})
    _add(feed, "id", _name(address))
    _add(feed, "title", clean(about.title))
    said = (*about.asked, *filter(None, (about.cut,)))
    if said:
        _add(feed, "subtitle", clean(" · ".join(said)))
    _add(feed, "updated", max((entry.checked for entry in entries), default=about.as_of).isoformat())
    _add(feed, "link", rel="self", type="application/atom+xml", href=address)
    _add(feed, "link", rel="alternate", type="text/html", href=about.page)
    _add(SubElement(feed, "author"), "name", "Isopolis")
    for entry in entries:
        _atom_entry(feed, entry)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _atom_entry(feed: Element, entry: Entry) -> None:
    item = SubElement(feed, "entry")
    _add(item, "id", entry.name)
    _add(item, "title", entry.title, **{"xml:lang": entry.language})
    _add(item, "updated", entry.checked.isoformat())
    _add(item, "link", rel="alternate", type="text/html", hreflang=spoken().value, href=entry.page)
    _add(item, "link", rel="via", hreflang=entry.language, href=entry.source)
    for tag in entry.tags:
        _add(item, "category", term=tag)
    _add(item, "content", entry.text, type="text")


def _add(parent: Element, name: str, words: str | None = None, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = words


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
