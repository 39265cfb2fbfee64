"""Pages of esinvesticijos.lt: bytes in, records and issues out. Labels are known, markup is not."""

import datetime as dt
import re
from collections import Counter
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from parsel import Selector

from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import Document, Identifier
from corpus.values import clean
from corpus.vocab import Language, ManagementMode
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog
from crawler.html import text_of
from crawler.labels import fold, labelled, lines, sections
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from crawler.practices import cut, without_contacts
from crawler.prose import enrich
from crawler.sources.lt_esinvesticijos.facts import read_facts
from crawler.sources.lt_esinvesticijos.labels import ACTIVITIES, COLUMNS, LABELS, MARKS, SECTIONS, Page
from crawler.sources.lt_esinvesticijos.payer import put_payer
from crawler.sources.lt_esinvesticijos.table import take_tables
from crawler.sources.lt_esinvesticijos.values import VILNIUS
from crawler.webpage import content, open_page

_CALL = re.compile(r"/kvietimai/(?P<slug>[^/]+)")
_NUMBERED = re.compile(r"(?:page|puslapis|p)=\d+")
_BUTTON = re.compile(r"(?:\s*\b(?:Daugiau|Mažiau)\b)+\s*$")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|ods|zip|adoc)$", re.IGNORECASE)
_SHORTEST = 60


def parse_list(body: bytes, url: str, config: SourceConfig) -> tuple[list[str], list[str]]:
    """Read a page of the list: addresses of calls, and of further pages of the list.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page links to no call.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    found, more = [], []
    here = urlsplit(url)
    for link in root.css("a[href]"):
        parts = urlsplit(urljoin(url, link.attrib["href"].strip()))
        if parts.hostname not in config.hosts:
            continue
        if _CALL.fullmatch(parts.path.rstrip("/")):
            found.append(urlunsplit(parts._replace(query="", fragment="", path=parts.path.rstrip("/"))))
        elif parts.path.rstrip("/") == here.path.rstrip("/") and _NUMBERED.fullmatch(parts.query):
            more.append(urlunsplit(parts._replace(fragment="")))
    if not found:
        raise ShapeError(f"{url} links to no page of a call (/kvietimai/...)")
    return list(dict.fromkeys(found)), list(dict.fromkeys(more))


def parse_detail(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one call.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page is not that of a call.
    """
    main = content(open_page(body, urlsplit(url).hostname or url))
    named = _CALL.fullmatch(urlsplit(url).path.rstrip("/"))
    title = next((text for node in main.css("h1") if (text := clean(text_of(node)))), "")
    rows = lines(main)
    cells = take_tables(main, COLUMNS)
    values = labelled(main, (*LABELS, *config.ignored["detail"]))
    if named is None or not title or len({fold(mark) for mark in MARKS}.intersection(values)) < 2:
        raise ShapeError(f"{url} is not the page of a call: fewer than two of {', '.join(MARKS)}")
    log = IssueLog(config.id)
    key = unquote(named["slug"])
    facts = Facts(Language.LT)
    page = Page(values, cells, _sections(main), rows, Fields({}, key, log, {}))
    _put_names(key, title, url, facts, config)
    if not put_payer(page, facts, config):
        return Parsed([], log.items, Counter() if log.items else Counter({"money that is not ours": 1}))
    read_facts(page, facts, config)
    _put_texts(page, facts)
    _put_files(main, url, facts)
    enrich(facts, page.prose(), Language.LT, log, key, zone=VILNIUS)
    record = build(Call, key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _sections(main: Selector) -> dict[str, str]:
    """Texts under their headings, without the buttons that fold them."""
    found = sections(main, SECTIONS)
    return {name: text for name, rows in found.items() if (text := _without_buttons(rows))}


def _without_buttons(text: str) -> str:
    rows = (_BUTTON.sub("", row).strip() for row in text.split("\n"))
    return "\n".join(row for row in rows if row and row != "-")


def _put_names(key: str, title: str, url: str, facts: Facts, config: SourceConfig) -> None:
    state = next((word for word in config.mappings["state"].labels() if title.endswith(f" {word}")), None)
    facts.put("id", make_id("lt", key))
    facts.put("identifiers", (Identifier(scheme="lt", value=key),))
    facts.put("title", {Language.LT: title.removesuffix(state).strip() if state else title})
    facts.put("original_language", Language.LT)
    facts.put("url", url)
    facts.put("management", ManagementMode.SHARED)


def _put_texts(page: Page, facts: Facts) -> None:
    """What is paid for, and the conditions so that the call can be found; no more than search needs."""
    about = without_contacts(page.section("Aprašymas") or page.section("Kvietimo tikslas") or "")
    lead = next((row for row in about.split("\n") if len(row) >= _SHORTEST), None)
    facts.put("summary", {Language.LT: excerpt(lead)} if lead else {}, words=lead)
    wanted = (about, page.section("Tikslinės grupės"), page.section("Reikalavimai projektams"))
    text = without_contacts("\n".join(part for part in wanted if part))
    facts.put("objectives", {Language.LT: cut(text)} if text else {}, words=lead)
    activities = "\n".join(page.column(*ACTIVITIES)) or page.section("Finansuojamos projektų veiklos") or ""
    facts.put("activities", {Language.LT: cut(activities)} if activities else {}, words=activities)


def _put_files(main: Selector, url: str, facts: Facts) -> None:
    links = [(urljoin(url, node.attrib["href"].strip()), clean(text_of(node))) for node in main.css("a[href]")]
    found = {address.replace(" ", "%20"): text for address, text in links if _FILE.search(urlsplit(address).path)}
    documents = (
        Document(title=text or urlsplit(address).path.rsplit("/", 1)[-1], url=address)
        for address, text in found.items()
    )
    facts.put("documents", tuple(documents))
