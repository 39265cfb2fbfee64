"""Pages of the projects of Urban Innovative Actions: bytes in, records and issues out."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector

from corpus.errors import ValueReadError
from corpus.ids import best_id
from corpus.model import Practice
from corpus.parts import BRUSSELS, Money
from corpus.values import clean, read_day_first, read_money
from corpus.vocab import Fund, Language, PracticeKind
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog, read
from crawler.html import text_of
from crawler.known import identifiers_of, pages_of, path_of
from crawler.labels import fold, labelled, lines, sections
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from crawler.practices import own_sections, paragraphs, put_sections, read_place, take_sections
from crawler.webpage import content, next_page, open_page

_PROJECT = re.compile(r"/uia-cities/[^/]+")
_LABELS = ("Topic", "Population", "ERDF", "Duration")
_HEADINGS = (
    *("Challenge addressed", "Solution proposed", "Expected results", "Partnership", "Partners", "Key figures"),
    *("Chiffres clef", "Chiffres clés", "Lessons learnt"),
)
_GRANTED = "total erdf budget granted"
_DURATION = re.compile(r"(?P<start>\d{1,2}/\d{1,2}/\d{4})\s*[-\u2013]\s*(?P<end>\d{1,2}/\d{1,2}/\d{4})")


def parse_list(body: bytes, url: str, config: SourceConfig) -> tuple[list[str], str | None]:
    """Read the list of projects: addresses of their pages, and of the next page of the list.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the first page names no project.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    found = pages_of(root, url, config.hosts, _PROJECT, prefix="/en")
    if not found and "page=" not in url:
        raise ShapeError(f"{url} links to no page of a project (/uia-cities/...)")
    return found, next_page(root, url)


def parse_detail(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one project; a page whose project is not known is an issue and no record.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page is not that of a project.
    """
    main = content(open_page(body, urlsplit(url).hostname or url))
    heading = next((text for node in main.css("h1, h2") if (text := clean(text_of(node)))), None)
    if heading is None or not _PROJECT.fullmatch(path_of(url)):
        raise ShapeError(f"{url} is not the page of a project")
    log, key = IssueLog(config.id), path_of(url)
    names = identifiers_of(url, config.mappings["project"])
    place = read_place(next(iter(config.mappings["place"].codes(key) or ()), ""))
    if not names or place is None:
        log.lost(key, "project", "unknown_project", "say in source.yml which project this page is about", url)
        return Parsed([], log.items)
    parts = own_sections(sections(main, _HEADINGS))
    fields = Fields(_fields(parts, main, config), key, log, config.ignored["detail"])
    facts = Facts(Language.EN)
    facts.put("id", best_id(names))
    facts.put("identifiers", names, raw=key)
    facts.put("title", {Language.EN: heading})
    facts.put("original_language", Language.EN)
    facts.put("url", url)
    facts.put("practice_kind", PracticeKind.FUNDED_PROJECT)
    facts.put("places", (place,), raw=key)
    _read_money(main, fields, facts)
    _read_period(fields, facts)
    _read_texts(parts, fields, facts, config)
    topic = fields.text("topic")
    facts.put("subjects", fields.words("topic", [topic] if topic else [], config.mappings["topic"]), raw=topic)
    fields.audit()
    record = build(Practice, key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _fields(parts: dict[str, str], main: Selector, config: SourceConfig) -> dict[str, Any]:
    """Sections that are mapped or ignored, and labelled values; names of towns and projects are headings too."""
    section, ignored = config.mappings["section"], config.ignored["detail"]
    named = {name: text for name, text in parts.items() if section.codes(name) is not None or name in ignored}
    topic = next((row for row in lines(main) if config.mappings["topic"].codes(row) is not None), None)
    return named | ({"topic": topic} if topic else {}) | labelled(main, _LABELS)


def _read_money(main: Selector, fields: Fields, facts: Facts) -> None:
    """The amount stands behind its label, or above it."""
    rows = lines(main)
    above = next((rows[n - 1] for n, row in enumerate(rows) if n and fold(row) == _GRANTED), None)
    said = fields.text("erdf") or above
    amount = read(fields, "erdf", said, _euros)
    facts.put("paid_by", ({"fund": Fund.ERDF, "amount": amount},) if amount else (), raw=said)


def _euros(text: str) -> Money:
    return read_money(text, "en")


def _read_period(fields: Fields, facts: Facts) -> None:
    said = fields.text("duration")
    period = read(fields, "duration", said, _period)
    facts.put("period", period, raw=said)


def _period(text: str) -> dict[str, str]:
    match = _DURATION.fullmatch(clean(text))
    if match is None:
        raise ValueReadError(f"{text!r} is not a duration such as 01/04/2018-31/03/2021")
    return {name: read_day_first(match[name], BRUSSELS).date.isoformat() for name in ("start", "end")}


def _read_texts(parts: dict[str, str], fields: Fields, facts: Facts, config: SourceConfig) -> None:
    """Challenge, solution, and what stands above them; names of persons are shorter than a paragraph."""
    told = take_sections(fields, config.mappings["section"])
    mapped = {name for name in parts if config.mappings["section"].codes(name) is not None}
    above: list[str] = []
    for name, text in parts.items():
        if name in mapped:
            break
        above += [] if name in config.ignored["detail"] else paragraphs(text)
    first = next(iter([*above, *told.get("approach", "").split("\n")]), "")
    facts.put("summary", {Language.EN: excerpt(first)} if first else {}, words=first)
    put_sections(told | {"approach": "\n".join(filter(None, (*above, told.get("approach"))))}, facts)
