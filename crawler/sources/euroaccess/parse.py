"""Pages of EuroAccess: bytes in, records and issues out.

The list is one table of links; a call is a page of labelled rows. Facts and links are kept; of the texts only
what search needs.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from corpus.ids import best_id
from corpus.model import Call
from corpus.parts import BRUSSELS, Document, Identifier
from corpus.values import clean
from corpus.vocab import Language
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog
from crawler.html import links, page, text_of
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, page_source, sha256
from crawler.prose import enrich
from crawler.sources.euroaccess.conditions import read_eligibility, split_known
from crawler.sources.euroaccess.numbers import read_duration, read_funding, read_timeline

_NUMBER = re.compile(r"/calls/(\d+)(?:/|$)")
_FOUND = re.compile(r"(\d+) Calls? found")
# Identifiers of the EU portal: words in capitals and digits joined by hyphens.
_TOPIC = re.compile(r"[A-Z][A-Z0-9+]*(-[A-Za-z0-9]+)+")
_PORTAL = "/info/funding-tenders/opportunities/portal/"
_LONGEST = 3000
_OF_CONDITIONS = ("project partnership", "other eligibility criteria", "additional information")
_OF_AIMS = ("short description", "call objectives")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list."""

    number: str
    url: str
    title: str
    programme: str
    deadline: str


def parse_list(body: bytes, url: str) -> list[Entry]:
    """Read the table of all calls.

    Raises:
        ShapeError: there is no table, a row has no call, or the heading counts other rows than the table has.
    """
    root = page(body.decode("utf-8", "replace"))
    table = root.css("table#calls-overview")
    if not table:
        raise ShapeError("the list of calls has no table #calls-overview")
    entries = [_entry(row, url) for row in table.css("tbody tr")]
    said = _FOUND.search(text_of(root.css("body")[0]))
    if said is None or int(said.group(1)) != len(entries):
        counted = said.group(1) if said else "no number of"
        raise ShapeError(f"the heading says {counted} calls, the table has {len(entries)}: is it paged now?")
    return entries


def _entry(row: Selector, base: str) -> Entry:
    cells = row.css("td")
    link = cells.css("a[title]")
    address = urljoin(base, link.attrib.get("href", "")) if link else ""
    number = _NUMBER.search(address)
    if number is None or len(cells) < 3:
        raise ShapeError(f"a row of the list has no call: {text_of(row)[:100]}")
    return Entry(number.group(1), address, link.attrib["title"], text_of(cells[0]), text_of(cells[2]))


def parse_detail(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one call.

    Raises:
        ShapeError: the page is not that of a call.
    """
    root = page(body.decode("utf-8", "replace"))
    number = _NUMBER.search(url)
    title = root.css("#calldata h1")
    if number is None or not title:
        raise ShapeError(f"{url} is not the page of a call")
    log = IssueLog(config.id)
    nodes = _labelled(root)
    texts = {label: _value(node) for label, node in nodes.items()}
    fields = Fields(texts, number.group(1), log, config.ignored["detail"])
    facts = Facts(Language.EN)
    facts.put("title", {Language.EN: clean(text_of(title[0]))})
    facts.put("original_language", Language.EN)
    facts.put("url", url)
    _read_names(fields, nodes, facts, url)
    _read_programme(fields, facts, config)
    timeline, raw = read_timeline(fields, nodes.get("deadlines"), BRUSSELS)
    facts.put("timeline", timeline, raw=raw)
    read_funding(fields, facts)
    read_duration(fields, facts)
    _read_texts(fields, facts)
    read_eligibility(fields, facts, config)
    _read_prose(texts, facts, fields)
    _read_words(fields, nodes, facts, config)
    fields.audit()
    if "funds" not in facts.values:
        log.lost(fields.key, "funding program", "no_fund", "no fund is known for this programme, so it is left out")
        return Parsed([], log.items)
    record = build(Call, fields.key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _labelled(root: Selector) -> dict[str, Selector]:
    """Rows of the page by their label in small letters."""
    rows = root.css("#calldata .subtable .tr")
    return {clean(text_of(row.css(".title")[0])).lower(): row for row in rows if row.css(".title")}


def _value(row: Selector) -> str:
    """Text of a row without its label."""
    return "\n".join(text_of(node) for node in row.xpath("./*[not(contains(@class, 'title'))]")).strip()


def _read_names(fields: Fields, nodes: dict[str, Selector], facts: Facts, url: str) -> None:
    """Number, identifiers and links. A call number that the portal uses too makes both one record."""
    number = fields.text("call number")
    addresses = {name: _links(fields, nodes, name, url) for name in ("link to the call", "link to the submission")}
    files = _links(fields, nodes, "call documents", url)
    names = [Identifier(scheme="euroaccess", value=fields.key)]
    if number and _is_topic(number, [address for found in addresses.values() for address, _ in found]):
        names.insert(0, Identifier(scheme="ft", value=number))
    elif number:
        names.append(Identifier(scheme="call-number", value=number))
    facts.put("identifiers", tuple(names), raw=number)
    facts.put("id", best_id(names))
    pages = [("Page of the call", address) for address, _ in addresses["link to the call"]]
    named = pages + [(text or address, address) for address, text in files]
    facts.put("documents", tuple(Document(title=title, url=address) for title, address in dict.fromkeys(named)))
    submission = addresses["link to the submission"]
    facts.put("apply_url", submission[0][0] if submission else None)


def _links(fields: Fields, nodes: dict[str, Selector], label: str, url: str) -> list[tuple[str, str]]:
    said = fields.text(label)
    if label not in nodes:
        return []
    found = [(urljoin(url, address).replace(" ", "%20"), text) for address, text in links(nodes[label])]
    if said and not found:
        fields.odd(label, "no_link", "a text where a link was expected", said)
    return found


def _is_topic(number: str, addresses: list[str]) -> bool:
    """Whether the portal knows this call number: it has the form, and a link leads to its page there."""
    pages = [urlsplit(address).path for address in addresses if _PORTAL in address]
    return bool(_TOPIC.fullmatch(number)) and any(path.lower().endswith(f"/{number.lower()}") for path in pages)


def _read_programme(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    programme = fields.texts("funding program")
    facts.put("funds", fields.words("funding program", programme, config.mappings["fund"]), raw=", ".join(programme))
    for field in ("management", "programme"):
        words = fields.words("funding program", programme, config.mappings[field])
        facts.put(field, words[0] if len(words) == 1 else None)


def _read_texts(fields: Fields, facts: Facts) -> None:
    """Short description and objectives, so that the call can be found; no more than search needs."""
    texts = [text for label in ("short description", "call objectives") if (text := fields.text(label))]
    joined = "\n".join(texts)
    if len(joined) > _LONGEST:
        joined = joined[: joined.rfind(" ", 0, _LONGEST)] + " ..."
    facts.put("objectives", {Language.EN: joined} if joined else {}, words=joined)


def _read_prose(texts: Mapping[str, str], facts: Facts, fields: Fields) -> None:
    """What the texts say and no field does: conditions of the texts about partners and eligibility, figures of all."""
    for label in _OF_CONDITIONS:
        fields.pop(label)
    for labels, aims in ((_OF_CONDITIONS, False), (_OF_AIMS, True)):
        text = "\n".join(texts[label] for label in labels if label in texts)
        enrich(facts, text, Language.EN, fields.log, fields.key, zone=BRUSSELS, aims=aims)


def _read_words(fields: Fields, nodes: dict[str, Selector], facts: Facts, config: SourceConfig) -> None:
    topics = " ".join(text_of(node) for node in nodes["topics"].css("div.topics")) if "topics" in nodes else ""
    fields.pop("topics")
    known, left = split_known(topics, config.mappings["subject"])
    if left:
        fields.odd("topics", "unmapped_value", "topics that are not in source.yml", left)
    facts.put("keywords", tuple(known), raw=topics)
    facts.put("subjects", fields.words("topics", known, config.mappings["subject"]), raw=topics)
    label = "un sustainable development goals (un-sdgs)"
    said = [text for text in (fields.text(label) or "").split("\n") if text]
    pictures = nodes[label].css("img") if label in nodes else []
    said += [name for picture in pictures if (name := picture.attrib.get("title") or picture.attrib.get("alt"))]
    facts.put("sdgs", fields.words(label, map(clean, said), config.mappings["sdg"]), raw=", ".join(said))
