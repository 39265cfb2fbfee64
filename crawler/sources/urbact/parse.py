"""Good practices of urbact.eu: bytes in, records and issues out."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector

from corpus.errors import ValueReadError
from corpus.ids import best_id
from corpus.model import Practice
from corpus.parts import Identifier
from corpus.values import clean, read_decimal
from corpus.vocab import Language, PracticeKind
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog, read
from crawler.html import drop, links, text_of
from crawler.known import identifiers_of, pages_of, path_of
from crawler.labels import fold, labelled, sections
from crawler.metadata import SourceConfig
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from crawler.practices import own_sections, paragraphs, put_sections, read_place, take_sections
from crawler.webpage import content, next_page, open_page

_PRACTICE = re.compile(r"/good-practices/(?P<slug>[^/]+)")
_LABELS = ("Labelisation date", "Date of label", "Size of city", "Adapted by cities from", "Contact", "Country")
_TERM = "/taxonomy/term/"
_HEADINGS = ("Summary", "Contact", "Adapted by cities from")
_POINT = re.compile(r"POINT ?\((?P<longitude>-?\d{1,3}(?:\.\d+)?) (?P<latitude>-?\d{1,2}(?:\.\d+)?)\)")
_NOISE = re.compile(
    r"error message|user error:.*|.*(?:Drupal\\|__TwigTemplate|twig_render_template).*|geolocation|"
    r"(?:notice|warning|deprecated function)\s*:.*|share on .*|copy link.*|POINT ?\(.*\)",
    re.IGNORECASE,
)
_CAPTION = 15  # letters: what is shorter is no sentence
_INHABITANTS = re.compile(r"(?P<number>\d[\d\s\u00a0\u202f.,']*)\s*(?:inhabitants?)?", re.IGNORECASE)


def parse_list(body: bytes, url: str, config: SourceConfig) -> tuple[list[str], str | None]:
    """Read a page of the list: addresses of the practices, and of the next page.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the first page names no practice.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    found = pages_of(root, url, config.hosts, _PRACTICE)
    following = next_page(root, url)
    if not found and "page=" not in url:
        raise ShapeError(f"{url} links to no page of a practice (/good-practices/...)")
    return found, following


def parse_detail(body: bytes, url: str, config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Read the page of one practice.

    Raises:
        RefusedError: a wall stands before the page.
        ShapeError: the page is not that of a practice.
    """
    root = open_page(body, urlsplit(url).hostname or url)
    slug, points = _PRACTICE.fullmatch(path_of(url)), _POINT.findall(text_of(root))
    main = content(root)
    heading = main.css("h1")
    if slug is None or not heading or not text_of(heading[0]):
        raise ShapeError(f"{url} is not the page of a practice")
    title = clean(text_of(heading[0]))
    log = IssueLog(config.id)
    tags = _take_tags(main)
    parts = {name: _without_noise(text) for name, text in own_sections(sections(main, _HEADINGS)).items()}
    top = [row for name in (fold(title), "contact", "") for row in parts.get(name, "").split("\n") if row]
    fields = Fields(_fields(parts, main, title), slug["slug"], log, config.ignored["detail"])
    facts = Facts(Language.EN)
    _read_names(title, url, slug["slug"], facts, config)
    _read_place(top, points, fields, facts)
    _read_texts(top, fields, facts, config)
    facts.put("keywords", tags, raw=", ".join(tags))
    facts.put("subjects", fields.words("tag", tags, config.mappings["tag"]), raw=", ".join(tags))
    fields.audit()
    if "places" not in facts.values:
        log.lost(fields.key, "place", "no_place", "no line with a town and its country, so it is left out")
        return Parsed([], log.items)
    record = build(Practice, fields.key, facts, log, page_source(config, facts, url, fetched_at, sha256(body)))
    return Parsed([record] if record else [], log.items)


def _take_tags(main: Selector) -> tuple[str, ...]:
    """Words of the links to the site's terms; they are taken out, since they stand in the middle of texts."""
    tags = tuple(dict.fromkeys(clean(text) for address, text in links(main) if _TERM in address and text))
    drop(main, f"a[href*='{_TERM}']")
    return tags


def _without_noise(text: str) -> str:
    """A text without the messages of the site's software and its buttons."""
    return "\n".join(row for row in text.split("\n") if not _NOISE.fullmatch(row))


def _fields(parts: dict[str, str], main: Selector, title: str) -> dict[str, Any]:
    """Sections and labelled values by name; the title and what stands above the first heading are read apart."""
    named = {name: text for name, text in parts.items() if name not in ("", fold(title), "contact")}
    return named | {name: value for name, value in labelled(main, _LABELS).items() if name != "contact"}


def _read_names(title: str, url: str, slug: str, facts: Facts, config: SourceConfig) -> None:
    own = Identifier(scheme="urbact", value=slug)
    names = (*identifiers_of(url, config.mappings["known"]), own)
    facts.put("id", best_id(names))
    facts.put("identifiers", names, raw=path_of(url))
    facts.put("title", {Language.EN: title})
    facts.put("original_language", Language.EN)
    facts.put("url", url)
    is_project = any(name.scheme == "uia" for name in names)
    facts.put("practice_kind", PracticeKind.FUNDED_PROJECT if is_project else PracticeKind.PRACTICE)


def _read_place(top: list[str], points: list[tuple[str, str]], fields: Fields, facts: Facts) -> None:
    line, place = next(((row, found) for row in top if (found := read_place(row))), ("", None))
    size = fields.text("size of city")
    if place is None:
        return
    population = read(fields, "size of city", size, _inhabitants)
    place |= {"population": population} if population else {}
    if len(set(points)) == 1:
        longitude, latitude = points[0]
        place |= {"longitude": float(longitude), "latitude": float(latitude)}
    facts.put("places", (place,), raw=f"{line}; {size}" if size else line)


def _inhabitants(text: str) -> int:
    """`31 868 inhabitants`, with any of the blanks that stand between thousands."""
    match = _INHABITANTS.fullmatch(clean(text))
    if match is None:
        raise ValueReadError(f"{text!r} is not a number of inhabitants such as 31 868 inhabitants")
    return int(read_decimal(match["number"].replace("\u2009", " "), "fr"))


def _read_texts(top: list[str], fields: Fields, facts: Facts, config: SourceConfig) -> None:
    """The sentence below the title as summary; the lead and the sections as text to be found by."""
    told = take_sections(fields, config.mappings["section"])
    lead = "\n".join([*paragraphs("\n".join(top)), *paragraphs(told.get("lead", ""))])
    tagline = next(iter(top), "")
    is_label = fold(tagline.split(":")[0]) in map(fold, _LABELS)
    is_sentence = len(tagline) > _CAPTION and not is_label and read_place(tagline) is None
    summary = tagline if is_sentence else excerpt(lead.split("\n")[0])
    facts.put("summary", {Language.EN: summary} if summary else {}, words=summary)
    adopted = tuple(city for city in (fields.text("adapted by cities from") or "").split("\n") if city)
    put_sections(told | {"approach": "\n".join(filter(None, (lead, told.get("approach"))))}, facts, adopted)
