"""Pages of urban-initiative.eu: bytes in, records and issues out."""

import datetime as dt
import re
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from corpus.ids import best_id
from corpus.model import Call
from corpus.parts import Document, Identifier, Timeline
from corpus.values import as_cutoff, clean
from corpus.vocab import Language, ManagementMode
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog
from crawler.html import links, text_of
from crawler.known import identifiers_of, pages_of, path_of
from crawler.labels import lines
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from crawler.prose import enrich
from crawler.sources.eui.dates import Window, both_open_and_closing, differing, windows, without_days
from crawler.webpage import content, next_page, open_page

_CALL = re.compile(r"/calls-proposals/[^/]+")
_STATE = re.compile(
    r"(?:open|upcoming|closed|closing)(?:\s+in\s+.+|\s+.+\s+ago|\s+today|\s+tomorrow)?"
    r"|the call for (?:proposals|applications) is (?:now )?(?:open|closed)(?: now)?[.!]?",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"topic\s+\d+\s*[:.-]\s*(?P<name>\S.*)", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|odt)$", re.IGNORECASE)
_APPLY = re.compile(r"eui[\s.-]?connect", re.IGNORECASE)
_LONGEST = 3000
_SHORTEST_LEAD = 60  # letters: what is shorter is a caption
_IN_TERMS = "Stands in the terms and guidance of the call (PDF), which were not read."


def parse_list(body: bytes, url: str, config: SourceConfig) -> tuple[list[str], str | None]:
    """Read the list of calls: addresses of their pages, and of the next page of the list.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page names no call.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    found = pages_of(root, url, config.hosts, _CALL)
    if not found:
        raise ShapeError(f"{url} links to no page of a call (/calls-proposals/...)")
    return found, next_page(root, url)


def parse_detail(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one call; a call whose dates were not found is an issue and no record.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page is not that of a call.
    """
    main = content(open_page(body, urlsplit(url).hostname or url))
    heading = main.css("h1")
    if not heading or not text_of(heading[0]):
        raise ShapeError(f"{url} is not the page of a call: it has no heading")
    title = clean(text_of(heading[0]))
    log = IssueLog(config.id)
    fields = Fields({}, path_of(url), log, {})
    facts = Facts(Language.EN)
    rows = _subject_lines(main, title)
    if not _read_timeline("\n".join(rows), fields, facts):
        return Parsed([], log.items)
    _read_names(title, url, facts, config)
    _read_texts(rows, facts)
    _read_topics(main, fields, facts, config)
    _read_files(main, url, facts)
    facts.put("support", config.mappings["support"].codes(fields.key))
    unread = config.mappings["unread"].codes(fields.key) or ()
    facts.put("eligibility", {"unread": [{"family": family, "note": _IN_TERMS} for family in unread]})
    enrich(facts, without_days("\n".join(rows)), Language.EN, log, fields.key)
    record = build(Call, fields.key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _subject_lines(main: Selector, title: str) -> list[str]:
    """Lines after the title, without the state of the call: told in relation to today, it changes every day."""
    rows = lines(main)
    first = rows.index(title) + 1 if title in rows else 0
    return [row for row in rows[first:] if not _STATE.fullmatch(row)]


def _read_names(title: str, url: str, facts: Facts, config: SourceConfig) -> None:
    path = path_of(url)
    named = identifiers_of(url, config.mappings["call"]) or (Identifier(scheme="eui", value=path),)
    facts.put("id", best_id(named))
    facts.put("identifiers", named, raw=path)
    facts.put("title", {Language.EN: title})
    facts.put("original_language", Language.EN)
    facts.put("url", url)
    facts.put("funds", ("EUI", "ERDF"))
    facts.put("programme", "isopolis.european-urban-initiative")
    facts.put("management", ManagementMode.INDIRECT)


def _read_timeline(text: str, fields: Fields, facts: Facts) -> bool:
    """Set the dates from the sentence that has them; whether one was found that can be believed."""
    found = windows(text)
    if not found:
        fields.log.lost(fields.key, "timeline", "no_dates", "no sentence says on which day the call opens or closes")
        return False
    if both_open_and_closing(found) or differing(found):
        said = [window.sentence for window in found]
        fields.log.lost(fields.key, "timeline", "dates_disagree", "sentences of the page contradict each other", said)
        return False
    window = _joined(found[0], found)
    if window.opens and window.closes and window.opens > window.closes.date:
        fields.log.lost(fields.key, "timeline", "dates_disagree", "the call opens after it closes", window.sentence)
        return False
    _put_timeline(window, facts)
    return True


def _joined(best: Window, found: list[Window]) -> Window:
    """The best sentence, with a day that only another one names."""
    opens = next((window.opens for window in found if window.opens), None)
    closes = next((window.closes for window in found if window.closes), None)
    return Window(best.sentence, opens, closes, any(window.always for window in found))


def _put_timeline(window: Window, facts: Facts) -> None:
    opens = {"date": window.opens} if window.opens else None
    cutoffs = (as_cutoff(window.closes),) if window.closes else ()
    timeline = Timeline.model_validate({"opens": opens, "cutoffs": cutoffs, "continuous": window.always})
    facts.put("timeline", timeline)
    for name, said in (("opens", window.opens), ("cutoffs", window.closes), ("continuous", window.always)):
        if said:
            facts.note(f"timeline.{name}", words=window.sentence)


def _read_texts(rows: list[str], facts: Facts) -> None:
    """The lead as a short summary, and the text so that the call can be found; no more than search needs."""
    lead = next((row for row in rows if len(row) >= _SHORTEST_LEAD), None)
    facts.put("summary", {Language.EN: excerpt(lead)} if lead else {}, words=lead)
    text = "\n".join(rows)
    if len(text) > _LONGEST:
        text = text[: text.rfind(" ", 0, _LONGEST)] + " ..."
    facts.put("objectives", {Language.EN: text} if text else {}, words=lead)


def _read_topics(main: Selector, fields: Fields, facts: Facts, config: SourceConfig) -> None:
    headings = (_TOPIC.fullmatch(clean(text_of(node))) for node in main.css("h2, h3, h4, h5"))
    topics = [match["name"].strip(" '\u2018\u2019") for match in headings if match]
    facts.put("keywords", tuple(dict.fromkeys(topics)))
    facts.put("subjects", fields.words("topic", topics, config.mappings["topic"]), raw=", ".join(topics))


def _read_files(main: Selector, url: str, facts: Facts) -> None:
    """Terms of Reference and guidance, and where an application is written."""
    found = [(urljoin(url, address).replace(" ", "%20"), clean(text)) for address, text in links(main)]
    files = {address: text for address, text in found if _FILE.search(urlsplit(address).path)}
    named = (
        Document(title=text or urlsplit(address).path.rsplit("/", 1)[-1], url=address)
        for address, text in files.items()
    )
    facts.put("documents", tuple(named))
    apply = next((address for address, text in found if _APPLY.search(text) and address not in files), None)
    facts.put("apply_url", apply)
