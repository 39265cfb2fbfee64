"""Pages of calls on Polish portals of European funds: bytes in, records and issues out."""

import datetime as dt
import re
from collections import Counter
from urllib.parse import unquote, urljoin, urlsplit

from parsel import Selector

from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import Document, Identifier
from corpus.values import clean
from corpus.vocab import Language, ManagementMode
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog
from crawler.html import links, text_of
from crawler.labels import lines
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from crawler.prose import enrich
from crawler.sources.pl_fundusze.conditions import read_bodies, read_money, read_timeline
from crawler.sources.pl_fundusze.dates import WARSAW
from crawler.sources.pl_fundusze.model import PortalConfig
from crawler.sources.pl_fundusze.values import Values
from crawler.webpage import content, open_page

NUMBER = re.compile(r"\b(?P<code>[A-ZŁŻŚ]{4})\.\d{2}\.\d{2}-I[A-Z]\.\d{2}-\d{3,4}/\d{2}(?!\d)")
_OLD = re.compile(r"\b(?:RP[A-ZŁŚŻ]{2}|PO[A-Z]{2})\.\d{2}")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|ods|zip|rar|7z)$", re.IGNORECASE)
_APPLY = re.compile(r"złóż wniosek|wod\.cst2021|sowa2021|lsi2021", re.IGNORECASE)
_LONGEST = 3000


def parse_detail(body: bytes, url: str, config: PortalConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one call.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page is not that of a call: it has no title, or neither a number nor a label that is known.
    """
    main = content(open_page(body, urlsplit(url).hostname or url))
    values = Values(main, config.shared.labels)
    title, text = _title(main, config), _plain(text_of(main))
    log = IssueLog(config.id)
    fields = Fields({}, key_of(url), log, {})
    number = _number(values, title, text, fields)
    if number is None and _OLD.search(text):
        return Parsed(issues=log.items, ignored=Counter({"a call of 2014-2020": 1}))
    if not title or (number is None and not values.found):
        raise ShapeError(f"{url} is not the page of a call: no title, or neither a number nor a label that we know")
    facts = Facts(Language.PL)
    _read_names(title, number, url, facts)
    _read_programme(number, values, text, facts, config)
    if "funds" not in facts.values:
        log.lost(fields.key, "programme", "no_fund", "no programme of 2021-2027 is named, so it is left out", number)
        return Parsed([], log.items)
    read_timeline(values, lines(main), fields, facts, config)
    read_money(values, fields, facts)
    read_bodies(values, facts, config)
    enrich(facts, text, Language.PL, log, fields.key, zone=WARSAW)
    _read_texts(values, text, facts)
    _read_files(main, url, facts)
    record = build(Call, fields.key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def key_of(url: str) -> str:
    """What a page is called here: its host and path."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{unquote(parts.path).rstrip('/')}"


def _plain(text: str) -> str:
    """The text with plain hyphens: portals keep numbers of calls together with others, which look the same."""
    return text.replace("\u2011", "-").replace("\u00ad", "")


def _title(main: Selector, config: PortalConfig) -> str:
    """The first heading that says something; the number of the call stands before the name in some."""
    generic = {word.casefold() for word in config.shared.generic}
    for heading in main.css("h1, h2"):
        rows = [row for row in map(_plain, lines(heading)) if not _is_number(row)]
        title = clean(" ".join(rows))
        if title and title.casefold().rstrip(":") not in generic:
            return title
    return ""


def _is_number(row: str) -> bool:
    return re.fullmatch(rf"(?:nab[oó]r\s+(?:nr\s+)?)?{NUMBER.pattern}", row.strip(), re.IGNORECASE) is not None


def _number(values: Values, title: str, text: str, fields: Fields) -> re.Match[str] | None:
    """The number beside its label, else in the title, else the only one of the page."""
    for said in (values.text("number") or "", title):
        if match := NUMBER.search(_plain(said)):
            return match
    found = {match.group(): match for match in NUMBER.finditer(text)}
    if len(found) > 1:
        fields.odd("number", "several", f"{len(found)} numbers of calls; none is taken", sorted(found))
    return next(iter(found.values())) if len(found) == 1 else None


def _read_names(title: str, number: re.Match[str] | None, url: str, facts: Facts) -> None:
    named = [number.group()] if number else []
    named.append(key_of(url))
    facts.put("id", make_id("pl", named[0]))
    facts.put("identifiers", tuple(Identifier(scheme="pl", value=name) for name in named), raw=named[0])
    facts.put("title", {Language.PL: title})
    facts.put("original_language", Language.PL)
    facts.put("url", url)


def _read_programme(
    number: re.Match[str] | None, values: Values, text: str, facts: Facts, config: PortalConfig
) -> None:
    """The programme by the number of the call, else by its name, else that of the portal; its fund by its name."""
    said = values.text("programme") or ""
    names = config.mappings["programme_name"]
    by_name = next((codes[0] for name in names.labels() if name in said and (codes := names.codes(name))), None)
    code = number["code"] if number else by_name or config.portal.code
    funds = config.mappings["fund"].codes(code or "") or ()
    told = [
        code_
        for name in config.mappings["fund_name"].labels()
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        for code_ in config.mappings["fund_name"].codes(name) or ()
    ]
    raw = number.group() if number else said or code
    facts.put("funds", tuple(fund for fund in funds if fund in told) or funds, raw=raw)
    programme = config.mappings["programme"].codes(code or "")
    facts.put("programme", programme[0] if programme else None, raw=raw)
    facts.put("management", ManagementMode.SHARED if funds else None)
    place = values.text("place") or next(iter(config.mappings["region"].codes(code or "") or ()), None)
    note = {"note": {Language.PL: excerpt(clean(place))}} if place else {}
    facts.put("geography", {"countries": ("PL",), **note}, raw=place)
    facts.put("authority", values.text("authority"), raw=values.text("authority"))
    facts.put("status_at_source", values.text("status"))


def _read_texts(values: Values, text: str, facts: Facts) -> None:
    """What is paid as a short summary, and the text so that the call can be found."""
    purpose = values.section("purpose")
    facts.put("summary", {Language.PL: excerpt(clean(purpose))} if purpose else {}, words=purpose)
    cut = text if len(text) <= _LONGEST else text[: text.rfind(" ", 0, _LONGEST)] + " ..."
    facts.put("objectives", {Language.PL: cut}, words=purpose or cut)


def _read_files(main: Selector, url: str, facts: Facts) -> None:
    found = [(urljoin(url, address).replace(" ", "%20"), clean(text)) for address, text in links(main)]
    files = {address: text for address, text in found if _FILE.search(urlsplit(address).path)}
    named = (
        Document(title=text or unquote(urlsplit(address).path.rsplit("/", 1)[-1]), url=address, language=Language.PL)
        for address, text in files.items()
    )
    facts.put("documents", tuple(named))
    apply = (address for address, text in found if _APPLY.search(f"{text} {address}") and address not in files)
    facts.put("apply_url", next(apply, None))
