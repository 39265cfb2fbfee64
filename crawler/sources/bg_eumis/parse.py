"""Pages of the Bulgarian system ISUN 2020: bytes in, records and issues out."""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from parsel import Selector

from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import Document, Identifier, Moment, Timeline
from corpus.values import as_cutoff, clean, read_day_first
from corpus.vocab import Language, ManagementMode
from crawler.errors import RefusedError, ShapeError
from crawler.fields import Fields, IssueLog, read
from crawler.html import links, page, text_of
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, page_source, sha256
from crawler.prose import enrich

SOFIA = "Europe/Sofia"
_INFO = "/s/Procedure/Info/"
_GUID = re.compile(r"/Procedure/Info/([0-9a-fA-F-]{36})$")
_NAMED = re.compile(r"(?P<code>[A-Z0-9][A-Za-z0-9.-]*\d)\s+-\s+(?P<title>.+)", re.DOTALL)
_COUNT = re.compile(r"\((\d+)\)")
_OPENS, _CLOSES, _WEBSITE = "Начален срок", "Краен срок", "Интернет адрес"
_SUMMARY = 600
_IN_DOCUMENTS = "Стои в условията за кандидатстване (документ), които не са прочетени."


@dataclass(frozen=True, slots=True)
class Entry:
    """One procedure of the list."""

    guid: str
    url: str
    code: str
    title: str


def _root(body: bytes) -> Selector:
    """Parse a page, or say that the firewall answered instead of the site."""
    text = body.decode("utf-8", "replace")
    if "Request Rejected" in text or "support ID is" in text:
        raise RefusedError("the firewall of eumis2020.government.bg answered 'Request Rejected' with status 200")
    return page(text)


def parse_list(body: bytes, url: str, config: SourceConfig) -> tuple[list[Entry], Parsed]:
    """Read the tree of open procedures.

    Raises:
        RefusedError: the firewall answered.
        ShapeError: there is no tree.
    """
    tree = _root(body).css("div.easy-tree")
    if not tree:
        raise ShapeError("the list of procedures has no tree (div.easy-tree)")
    log = IssueLog(config.id)
    entries = [entry for node in tree.css(f'li[data-href*="{_INFO}"]') if (entry := _entry(node, url, log))]
    for programme in tree.xpath(".//li[ul/li[@data-href]]"):
        _check_count(programme, log)
    return entries, Parsed(issues=log.items)


def _entry(node: Selector, base: str, log: IssueLog) -> Entry | None:
    address = urljoin(base, node.attrib["data-href"])
    guid, named = _GUID.search(address), _NAMED.fullmatch(text_of(node))
    if guid is None or named is None:
        log.lost(address, "list", "shape", "a row that is not CODE - title with a GUID", text_of(node))
        return None
    return Entry(guid.group(1), address, named["code"], clean(named["title"]))


def _check_count(programme: Selector, log: IssueLog) -> None:
    """A programme says in brackets how many procedures it has."""
    name = clean(programme.xpath("string(text())").get() or "")
    said, found = _COUNT.search(name), len(programme.css("li[data-href]"))
    if said and int(said.group(1)) != found:
        log.add(name, "list", "count", f"the programme says {said.group(1)} procedures, the list has {found}", name)


def parse_detail(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one procedure.

    Raises:
        RefusedError: the firewall answered.
        ShapeError: the page is not that of a procedure.
    """
    root = _root(body)
    blocks = root.css("div.procedure-info")
    guid = _GUID.search(url)
    named = _NAMED.fullmatch(text_of(blocks.css("strong")[0])) if blocks and blocks.css("strong") else None
    if guid is None or named is None:
        raise ShapeError(f"{url} is not the page of a procedure")
    log = IssueLog(config.id)
    fields = Fields(_labelled(root), guid.group(1), log, config.ignored["detail"])
    facts = Facts(Language.BG)
    _read_names(named["code"], guid.group(1), clean(named["title"]), facts, url)
    _read_programme(named["code"], fields, facts, config)
    _read_aim(blocks[0], facts)
    _read_timeline(fields, facts)
    _read_files(root, url, fields, facts)
    _read_limits(facts, config)
    aim = facts.values.get("objectives", {}).get(Language.BG, "")
    enrich(facts, aim, Language.BG, log, fields.key, zone=SOFIA, aims=True)
    fields.audit()
    if "funds" not in facts.values:
        log.lost(fields.key, "code", "no_fund", "no fund is known for this programme, so it is left out", named["code"])
        return Parsed([], log.items)
    record = build(Call, fields.key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _labelled(root: Selector) -> dict[str, str]:
    """Values behind a bold label, and the headings of the page, which must all be known."""
    found = {text_of(heading): text_of(heading) for heading in root.css("h2")}
    for paragraph in root.css("p"):
        label = paragraph.css("b")
        if label:
            name = text_of(label[0])
            found[name.rstrip(":")] = text_of(paragraph).removeprefix(name).strip()
    return found


def _read_names(code: str, guid: str, title: str, facts: Facts, url: str) -> None:
    facts.put("id", make_id("bg", code))
    facts.put("identifiers", (Identifier(scheme="bg", value=code), Identifier(scheme="eumis", value=guid)))
    facts.put("title", {Language.BG: title})
    facts.put("original_language", Language.BG)
    facts.put("url", url)


def _read_programme(code: str, fields: Fields, facts: Facts, config: SourceConfig) -> None:
    prefix = code.split("-", maxsplit=1)[0]
    facts.put("funds", fields.words("code", [prefix], config.mappings["fund"]), raw=code)
    programme = config.mappings["programme"].codes(prefix)
    facts.put("programme", programme[0] if programme else None, raw=code)
    facts.put("management", ManagementMode.SHARED)
    facts.put("geography", {"countries": ("BG",)})


def _read_aim(block: Selector, facts: Facts) -> None:
    paragraphs = [text for node in block.css("p") if (text := text_of(node))]
    aim = "\n".join(paragraphs)
    facts.put("objectives", {Language.BG: aim} if aim else {}, words=aim)
    # Short aims are broken into paragraphs in the middle of sentences.
    facts.put("summary", {Language.BG: clean(aim)} if 0 < len(aim) <= _SUMMARY else {})


def _read_timeline(fields: Fields, facts: Facts) -> None:
    raw = {name: fields.text(name) for name in (_OPENS, _CLOSES)}
    opens, closes = (read(fields, name, text, _sofia) for name, text in raw.items())
    if opens and closes and opens.date > closes.date:
        fields.odd(_OPENS, "dates_disagree", f"opens {opens.date} after it closes {closes.date}", raw)
        opens = None
    if opens or closes:
        said = "; ".join(f"{name}: {text}" for name, text in raw.items() if text)
        facts.put("timeline", Timeline(opens=opens, cutoffs=(as_cutoff(closes),) if closes else ()), raw=said)


def _sofia(text: str) -> Moment:
    return read_day_first(text, SOFIA)


def _read_files(root: Selector, url: str, fields: Fields, facts: Facts) -> None:
    """Files of the procedure, and the page of its programme."""
    files = [(address, text) for part in root.css("ul.file-list") for address, text in links(part)]
    found = {urljoin(url, address): text for address, text in files if "InfoDownload" in address}
    website = fields.text(_WEBSITE)
    if website and website.startswith("http") and " " not in website:
        found.setdefault(website, _WEBSITE)
    elif website:
        fields.odd(_WEBSITE, "no_link", "an address that is none", website)
    named = (Document(title=text or "Документ", url=link, language=Language.BG) for link, text in found.items())
    facts.put("documents", tuple(named))


def _read_limits(facts: Facts, config: SourceConfig) -> None:
    """Rules that are known to exist: who may apply stands in the documents."""
    unread = [{"family": "applicant_type", "note": _IN_DOCUMENTS}]
    words = set(re.findall(r"\w+", facts.values["title"][Language.BG]))
    if words & set(config.mappings["local"].values):
        unread.append({"family": "territory", "note": "Само за територията на местна инициативна група."})
    facts.put("eligibility", {"unread": unread})
