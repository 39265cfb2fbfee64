"""Sitemap and pages of Portico: bytes in, records and issues out."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector

from corpus.ids import best_id
from corpus.model import Practice
from corpus.parts import Identifier
from corpus.values import clean
from corpus.vocab import Language, PracticeKind
from crawler.errors import ShapeError
from crawler.fields import IssueLog
from crawler.html import text_of
from crawler.known import identifiers_of, path_of
from crawler.labels import fold, sections
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from crawler.practices import cut, own_sections, paragraphs, read_place
from crawler.webpage import content, open_page

_ABOUT = "About this resource"
_LABELS = ("Location", "Author", "Project", "Programme/Initiative")
_INNOVATIVE = re.compile(r"[^.\n]*\binnovative actions?\b[^.\n]*\.?", re.IGNORECASE)
_PROGRAMME = "isopolis.european-urban-initiative"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names: pages to read, further sitemaps, and how many pages of each part were left out."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]
    left_out: Counter[str] = field(default_factory=Counter)


def parse_list(body: bytes, url: str, config: SourceConfig) -> Sitemap:
    """Read a sitemap, or an index of sitemaps.

    Raises:
        ShapeError: it is no sitemap, or the first one is empty.
    """
    text = body.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if "<html" in text[:500].lower() or not re.search(r"<(?:sitemapindex|urlset)\b", text):
        raise ShapeError(f"{url} is no sitemap")
    root = Selector(text=text, type="xml")
    sitemaps, found = _locations(root, "sitemap"), _locations(root, "url")
    if not (sitemaps or found) and url == config.urls["list"]:
        raise ShapeError(f"{url} is an empty sitemap")
    own = [address for address in found if urlsplit(address).hostname in config.hosts]
    wanted = [address for address in own if _is_wanted(address, config)]
    left_out = Counter(_part(address) for address in own if address not in set(wanted))
    return Sitemap(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(sitemaps)), left_out)


def _locations(root: Selector, entry: str) -> list[str]:
    """Addresses of the entries of one kind, in whatever namespace."""
    return [clean(text) for text in root.xpath(f"//*[local-name()='{entry}']/*[local-name()='loc']/text()").getall()]


def _is_wanted(address: str, config: SourceConfig) -> bool:
    """Whether a page is one of a practice; versions in other languages are the same page."""
    path = path_of(address)
    if urlsplit(address).path.rstrip("/") != path or path.count("/") < 2:
        return False
    return path in config.mappings["known"].values or bool(config.mappings["section"].codes(path))


def _part(address: str) -> str:
    return "/" + urlsplit(address).path.strip("/").split("/")[0]


def parse_detail(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one practice; a page without a place is an issue and no record.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page has no heading.
    """
    main = content(open_page(body, urlsplit(url).hostname or url))
    heading = main.css("h1")
    if not heading or not text_of(heading[0]):
        raise ShapeError(f"{url} is not the page of a practice: it has no heading")
    title, key, log = clean(text_of(heading[0])), path_of(url), IssueLog(config.id)
    parts = own_sections(sections(main, (_ABOUT, *_LABELS)))
    told, places = list(_told(parts)), _places(parts, key, config)
    if not places:
        log.add(key, "place", "no_place", "the page names no town with its country, so it is left out", url)
        return Parsed([], log.items)
    known = identifiers_of(url, config.mappings["known"])
    names = known or (Identifier(scheme="portico", value=key),)
    facts = Facts(Language.EN)
    facts.put("id", best_id(names))
    facts.put("identifiers", names, raw=key)
    facts.put("title", {Language.EN: title})
    facts.put("original_language", Language.EN)
    facts.put("url", url)
    facts.put("places", tuple(places.values()), raw="; ".join(places))
    _read_kind("\n".join(told), bool(known), facts, config)
    facts.put("summary", {Language.EN: excerpt(told[0])} if told else {}, words=told[0] if told else None)
    facts.put("approach", {Language.EN: cut("\n".join(told))} if told else {}, words="\n".join(told))
    record = build(Practice, key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _told(parts: dict[str, str]) -> Iterator[str]:
    """Paragraphs above the block on the resource: that block names its author, and below it stands who tells it."""
    for heading, text in parts.items():
        if heading == fold(_ABOUT):
            return
        yield from paragraphs(text)


def _places(parts: dict[str, str], key: str, config: SourceConfig) -> dict[str, dict[str, Any]]:
    """Places by the line that names them: of a known project, below the label, or in the block on the resource."""
    known = config.mappings["place"].codes(key) or ()
    for rows in (known, *(parts.get(fold(name), "").split("\n") for name in ("Location", _ABOUT))):
        found = {row: place for row in rows if (place := read_place(row))}
        if found:
            return found
    return {}


def _read_kind(text: str, is_known: bool, facts: Facts, config: SourceConfig) -> None:
    """A funded project is one that is known as such, or whose page speaks of an innovative action of the initiative."""
    said = _INNOVATIVE.search(text)
    path = path_of(facts.values["url"])
    if is_known:
        facts.put("practice_kind", PracticeKind.FUNDED_PROJECT)
    elif said and path.startswith("/european-urban-initiative/"):
        facts.put("practice_kind", PracticeKind.FUNDED_PROJECT, words=said.group().strip())
        facts.put("paid_by", ({"fund": "EUI", "programme": _PROGRAMME},), words=said.group().strip())
    else:
        (kind, *_) = config.mappings["section"].codes(path) or (PracticeKind.PRACTICE,)
        facts.put("practice_kind", kind)
