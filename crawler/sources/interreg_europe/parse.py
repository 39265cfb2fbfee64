"""Good practices of interregeurope.eu: bytes in, records and issues out."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from corpus.errors import ValueReadError
from corpus.ids import make_id
from corpus.model import Practice
from corpus.parts import Identifier
from corpus.values import clean, read_country, read_written_day, read_written_month
from corpus.vocab import Language, PracticeKind
from corpus.vocab.places import country_name
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog, read
from crawler.html import links, text_of
from crawler.known import pages_of, path_of
from crawler.labels import fold, labelled, sections
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from crawler.practices import own_sections, paragraphs, put_sections, read_place, take_sections
from crawler.webpage import content, next_page, open_page

_PRACTICE = re.compile(r"/good-practices/(?P<slug>[^/]+)")
_HUB = "good-practice"
_NO_HUB = re.compile(r"submit|guidance|template|help|faq|log ?in|\.pdf|\.docx?", re.IGNORECASE)
_LABELS = ("Main institution", "Location", "Start date", "End date", "Topic", "Tags", "Project", "Project website")
_HEADINGS = (
    *("About this good practice", "Resources needed", "Evidence of success", "Potential for learning or transfer"),
    *("Challenges encountered", "Difficulties encountered", "Further information", "Expert opinion", "Contact"),
    *("Good practice owner", "Author", *_LABELS),
)
_PUBLISHED = re.compile(r"published on .+", re.IGNORECASE)
_HELP = "this is the good practice"
_REGION = 70  # letters: longer is a sentence


@dataclass(frozen=True, slots=True)
class Links:
    """What a page of the list leads to."""

    practices: tuple[str, ...]
    lists: tuple[str, ...]
    following: str | None


def parse_list(body: bytes, url: str, config: SourceConfig) -> Links:
    """Read the page about practices, or a page of the database.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: it leads neither to practices nor to their database.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    found = [(urljoin(url, address).split("#")[0], text) for address, text in links(root)]
    own = [(address, text) for address, text in found if urlsplit(address).hostname in config.hosts]
    practices = pages_of(root, url, config.hosts, _PRACTICE)
    following, paged = next_page(root, url), "page=" in url
    lists = [address for address, text in own if _is_hub(address, text, url)] if url == config.urls["list"] else []
    if not (practices or lists or following or paged):
        raise ShapeError(f"{url} leads neither to a practice (/good-practices/...) nor to their database")
    return Links(tuple(practices), tuple(dict.fromkeys(lists)), following)


def _is_hub(address: str, text: str, url: str) -> bool:
    """Whether a link leads from the page about practices to a list of them."""
    parts = urlsplit(address)
    here = path_of(address) == path_of(url) and not parts.query
    is_list = _HUB in f"{parts.path}?{parts.query}" and not _PRACTICE.fullmatch(path_of(address))
    return is_list and not here and "page=" not in parts.query and not _NO_HUB.search(f"{address} {text}")


def parse_detail(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one practice.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page is not that of a practice.
    """
    main = content(open_page(body, urlsplit(url).hostname or url))
    slug, heading = _PRACTICE.fullmatch(path_of(url)), main.css("h1")
    if slug is None or not heading or not text_of(heading[0]):
        raise ShapeError(f"{url} is not the page of a practice")
    title, key = clean(text_of(heading[0])), slug["slug"]
    log = IssueLog(config.id)
    parts = own_sections(sections(main, _HEADINGS))
    top = [row for name in ("", fold(title)) for row in parts.pop(name, "").split("\n") if row]
    fields = Fields(_fields(parts, main), key, log, config.ignored["detail"])
    facts = Facts(Language.EN)
    facts.put("id", make_id("interregeurope", key))
    facts.put("identifiers", (Identifier(scheme="interregeurope", value=key),), raw=path_of(url))
    facts.put("title", {Language.EN: title})
    facts.put("original_language", Language.EN)
    facts.put("url", url)
    facts.put("practice_kind", PracticeKind.PRACTICE)
    _read_place(top, fields, facts)
    _read_texts(top, fields, facts, config)
    _read_period(fields, facts)
    facts.put("lead", fields.text("main institution"))
    _read_topics(fields, facts, config)
    fields.audit()
    if "places" not in facts.values:
        log.lost(key, "place", "no_place", "no line with a country, so it is left out")
        return Parsed([], log.items)
    record = build(Practice, key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _fields(parts: dict[str, str], main: Selector) -> dict[str, Any]:
    """Sections and labelled values by name."""
    labels = {fold(label) for label in _LABELS}
    named = {name: text for name, text in parts.items() if name not in labels}
    return named | labelled(main, _LABELS)


def _read_place(top: list[str], fields: Fields, facts: Facts) -> None:
    """Town where the page names one; else the region, or the country, that stands below the date."""
    said = fields.text("location") or ""
    town = next((found for line in said.split("\n") if (found := read_place(line))), None)
    place, number = next(((code, n) for n, row in enumerate(top) if (code := _country(row))), (None, 0))
    if place is None:
        facts.put("places", (town,) if town else (), raw=said)
        return
    after = top[number + 1] if number + 1 < len(top) else ""
    is_region = len(after) < _REGION and not after.casefold().startswith(_HELP) and not after.endswith((".", ":"))
    region = after if is_region and after else None
    if town and town["country"] != place:
        fields.odd("location", "places_disagree", f"the town is in {town['country']}, the page says {place}", said)
        town = None
    name = town["name"] if town else region or country_name(place)
    whole = {"name": name, "country": place} | ({"region": region} if region else {})
    facts.put("places", (whole,), raw=", ".join(filter(None, (top[number], region, said))))


def _country(row: str) -> str | None:
    """The country that a line names, and nothing else."""
    try:
        return read_country(row) if len(row) > 2 and not _PUBLISHED.fullmatch(row) else None
    except ValueReadError:
        return None


def _read_texts(top: list[str], fields: Fields, facts: Facts, config: SourceConfig) -> None:
    told = take_sections(fields, config.mappings["section"])
    lead = paragraphs("\n".join(row for row in top if not row.casefold().startswith(_HELP)))
    first = next(iter([*lead, *(told.get("approach") or "").split("\n")]), "")
    facts.put("summary", {Language.EN: excerpt(first)} if first else {}, words=first)
    put_sections(told | {"approach": "\n".join(filter(None, (*lead, told.get("approach"))))}, facts)


def _read_period(fields: Fields, facts: Facts) -> None:
    raw = {name: fields.text(f"{name} date") for name in ("start", "end")}
    period: dict[str, Any] = {}
    for name, said in raw.items():
        if said and fold(said) in ("ongoing", "on-going"):
            period["ongoing"] = True
        elif found := read(fields, f"{name} date", said, _month):
            period[name] = found
    facts.put("period", period, raw=" - ".join(filter(None, raw.values())))


def _month(text: str) -> str:
    """A month or a day in words, or a year."""
    if re.fullmatch(r"\d{4}", text):
        return text
    try:
        return read_written_month(text, "en")
    except ValueReadError:
        return read_written_day(text, "en").isoformat()


def _read_topics(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    topics = [topic for topic in (fields.text("topic") or "").split("\n") if topic]
    tags = [tag for tag in (fields.text("tags") or "").split("\n") if tag]
    facts.put("keywords", tuple(dict.fromkeys([*topics, *tags])), raw=", ".join([*topics, *tags]))
    facts.put("subjects", fields.words("topic", topics, config.mappings["topic"]), raw=", ".join(topics))
