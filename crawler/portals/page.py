"""A page of a portal: whether it tells of a call, and what can be said of the call without reading its prose."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from fnmatch import fnmatchcase
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import Document, Identifier
from corpus.values import clean
from corpus.vocab import ManagementMode, SupportType
from crawler.errors import ShapeError
from crawler.fields import IssueLog
from crawler.html import text_of
from crawler.labels import lines
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from crawler.portals.listing import FILE, further_pages, name_of, pages_named, place_of
from crawler.portals.model import Payer, PortalConfig
from crawler.practices import cut, without_contacts
from crawler.prose import enrich, main_text
from crawler.webpage import content, open_page

Extra = Callable[[Selector, Facts, IssueLog, str], None]
"""Reads what one site marks beyond prose; gets the main part of the page, the facts, the log and the record's key."""

_SHORTEST = 60  # letters: what is shorter is a heading, a button or a caption
_LONGEST_STATE = 160


def read_list(
    body: bytes, url: str, config: PortalConfig, fetched_at: dt.datetime, extra: Extra | None = None
) -> tuple[list[str], list[str], Parsed]:
    """Read a page that lists calls: addresses of their pages, further pages of the list, a call that it tells itself.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page neither links to a page of a call nor tells of one.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    found, more = pages_named(root, url, config), further_pages(root, url)
    told = read_call(body, url, config, fetched_at, extra) if config.site.lists_tell else Parsed()
    if not found and not told.records:
        patterns = config.site.links or ", ".join(config.site.pages)
        raise ShapeError(f"{url} links to no page of a call ({patterns})")
    return found, more, told


def read_links(body: bytes, url: str, config: PortalConfig) -> list[str]:
    """Addresses of pages of calls that a page of a call leads to: other tabs of it, and its neighbours."""
    return pages_named(open_page(body, urlsplit(url).hostname or url), url, config)


def read_call(
    body: bytes, url: str, config: PortalConfig, fetched_at: dt.datetime, extra: Extra | None = None
) -> Parsed:
    """Read a page that may tell of a call; one that does not is counted and gives no record.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page has no heading.
    """
    main = content(open_page(body, urlsplit(url).hostname or url))
    title = next((text for node in main.css("h1") if (text := clean(text_of(node)))), "")
    if not title:
        raise ShapeError(f"{url} is no page of a call: it has no heading")
    rows = _after(_lines(main, body), title)
    if not _tells_of_a_call(title, rows, url, config):
        return Parsed(ignored=Counter({"page that tells of no call": 1}))
    log, facts, key = IssueLog(config.id), Facts(config.family.language), name_of(url)
    _put_names(title, url, facts, config)
    _put_payers(title, rows, url, facts, config)
    if extra:
        extra(main, facts, log, key)
    _put_texts(rows, facts, config)
    _put_links(main, url, facts, config)
    enrich(facts, "\n".join((title, *rows)), config.family.language, log, key, zone=config.family.zone)
    if not {"timeline", "status_at_source"}.intersection(facts.values):
        log.add(key, "timeline", "no_dates", "the page speaks of a call and tells neither a day nor a state: left out")
        return Parsed([], log.items)
    record = build(Call, key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _lines(main: Selector, body: bytes) -> list[str]:
    """Lines of the main part; where a page marks none, a library tells it from the menus around it."""
    if main.root.tag != "body":
        return lines(main)
    return [row for line in main_text(body.decode("utf-8", "replace")).split("\n") if (row := clean(line))]


def _after(rows: list[str], title: str) -> list[str]:
    return rows[rows.index(title) + 1 :] if title in rows else rows


def _tells_of_a_call(title: str, rows: list[str], url: str, config: PortalConfig) -> bool:
    signs, named = config.family.signs, config.site.named
    head = f"{title}\n{place_of(url)}".casefold()
    text = "\n".join((head, *rows)).casefold()
    if any(period.casefold() in head for period in signs.past):
        return False
    return _has_word(text, signs.call) and (not named or _has_word(text, named))


def _has_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text holds one of the words, not as the end of another one (`ESF` is in `ESF+`, not in `OESF`)."""
    return any(re.search(rf"(?<!\w){re.escape(word.casefold())}", text) for word in words)


def _put_names(title: str, url: str, facts: Facts, config: PortalConfig) -> None:
    """Title, address and id: all tabs of one call have one id."""
    family = config.family
    head, _, last = name_of(url).rpartition("/")
    name = head if last in config.site.parts else name_of(url)
    facts.put("id", make_id(family.scheme, name))
    facts.put("identifiers", (Identifier(scheme=family.scheme, value=name),))
    facts.put("title", {family.language: title})
    facts.put("original_language", family.language)
    facts.put("url", url)
    facts.put("management", ManagementMode.SHARED)
    facts.put("support", (SupportType.GRANT,))
    facts.put("authority", config.site.authority)
    facts.put("geography", {"countries": (family.country,), "note": config.site.area})


def _put_payers(title: str, rows: list[str], url: str, facts: Facts, config: PortalConfig) -> None:
    """Funds and programme; where a page names several programmes, none is its own."""
    payers, words = _payers(title, rows, url, config.site.payers)
    facts.put("funds", tuple(dict.fromkeys(fund for payer in payers for fund in payer.funds)), words=words)
    programmes = {payer.programme for payer in payers}
    facts.put("programme", programmes.pop() if len(programmes) == 1 else None, words=words)


def _payers(title: str, rows: list[str], url: str, known: tuple[Payer, ...]) -> tuple[list[Payer], str | None]:
    """Payers named in the title, else in the address, else in the first line that names one, else the site's own."""
    for place in (title, urlsplit(url).path, *rows):
        found = [payer for payer in known if payer.words and _has_word(place.casefold(), payer.words)]
        if found:
            return found, place
    return [payer for payer in known if not payer.words][:1] or list(known), None


def _put_texts(rows: list[str], facts: Facts, config: PortalConfig) -> None:
    family = config.family
    text = without_contacts("\n".join(rows))
    lead = next((row for row in text.split("\n") if len(row) >= _SHORTEST), None)
    if "summary" not in facts.values:
        facts.put("summary", {family.language: excerpt(lead)} if lead else {}, words=lead)
    facts.put("objectives", {family.language: cut(text)} if text else {}, words=lead)
    state = next((row for row in rows if _is_state(row, family.signs.states)), None)
    facts.put("status_at_source", state, words=state)
    facts.put("eligibility", {"unread": [{"family": "applicant_type", "note": family.signs.who}]})


def _is_state(row: str, patterns: tuple[str, ...]) -> bool:
    small = row.casefold()
    return len(row) <= _LONGEST_STATE and any(fnmatchcase(small, pattern.casefold()) for pattern in patterns)


def _put_links(main: Selector, url: str, facts: Facts, config: PortalConfig) -> None:
    """Files of the call, and where an application is written."""
    links = [(urljoin(url, node.attrib["href"].strip()), clean(text_of(node))) for node in main.css("a[href]")]
    found = [(address.replace(" ", "%20"), text) for address, text in links if address.startswith("http")]
    files = {address: text for address, text in found if FILE.search(urlsplit(address).path)}
    facts.put("documents", tuple(_document(address, text) for address, text in files.items()))
    words = config.family.signs.apply
    apply = (address for address, text in found if address not in files and _has_word(text.casefold(), words))
    facts.put("apply_url", next(apply, None))


def _document(address: str, text: str) -> Document:
    return Document(title=text or urlsplit(address).path.rsplit("/", 1)[-1], url=address)
