"""Links of the index, each with the headings above it and the words beside it.

Nobody has shown the markup: only that regions and programmes stand in headings and that the text of a link is
what it links to. So a link is recognised by its words, and belongs to the headings that precede it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from parsel import Selector

from corpus.values import clean
from crawler.html import text_of
from crawler.metadata import Mapping

_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST = 160  # letters of words beside a link; more is a paragraph, not a name
_PROGRAMME = re.compile(r"\b(?:PR|PN|PO[RN]?|PA|FESR|FSE|FSC|JTF|FAMI|FEAMPA|CTE|IPA|NEXT|INTERREG|Interreg)\b")
_CLIMBS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A link: its address and text, the section of the page, and the name of the programme."""

    url: str
    text: str
    section: str
    name: str

    @property
    def said(self) -> str:
        """The words of the page, in their order."""
        return " > ".join(part for part in (self.section, self.name, self.text) if part)


def read_entries(root: Selector, url: str, kinds: Mapping) -> tuple[list[Entry], int]:
    """Links to calls and timetables, and how many other links there were."""
    found: list[Entry] = []
    passed = 0
    for link, headings in _links(root):
        text, address = text_of(link), urljoin(url, (link.attrib.get("href") or "").strip())
        if not _is_kind(text, kinds) or not address.startswith("http") or " " in address:
            passed += 1
            continue
        label = _beside(link)
        names = [heading for heading in (*headings[2:], label) if heading]
        found.append(Entry(address, clean(text), headings[1], _joined(names) or headings[1] or headings[0]))
    return found, passed


def _links(root: Selector) -> Iterator[tuple[Selector, list[str]]]:
    """Links with the headings that they stand under, by level."""
    headings = [""] * len(_LEVELS)
    for node in root.css(", ".join((*_LEVELS, "a[href]"))):
        if node.root.tag in _LEVELS:
            level = _LEVELS.index(node.root.tag)
            headings[level:] = [clean(text_of(node)), *[""] * (len(_LEVELS) - level - 1)]
        else:
            yield node, list(headings)


def _is_kind(text: str, kinds: Mapping) -> bool:
    words = text.casefold()
    return any(kind in words for kind in kinds.values)


def _beside(link: Selector) -> str:
    """The name that stands with a link: words of its item, its row or what comes before it."""
    holder = link.root.getparent()
    for _ in range(_CLIMBS):
        if holder is None or holder.tag in ("body", "main", "article"):
            return ""
        text = _without_links(holder)
        if _is_name(text) or holder.tag == "tr":
            return text if _is_name(text) else ""
        if (before := _before(holder)) or holder.tag in ("li", "dd"):
            return before
        holder = holder.getparent()
    return ""


def _before(holder: Any) -> str:
    """The name in the element before, when that is no heading and holds no link of its own."""
    previous = holder.getprevious()
    if previous is None or previous.tag in _LEVELS or previous.xpath(".//a"):
        return ""
    text = clean(text_of(Selector(root=previous, type="html")))
    return text if _is_name(text) else ""


def _is_name(text: str) -> bool:
    """Whether words are the name of a programme, and not a sentence about it."""
    return 0 < len(text) <= _LONGEST and bool(_PROGRAMME.search(text))


def _without_links(element: Any) -> str:
    """Text of an element without headings and links."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag != "a" and child.tag not in _LEVELS and not child.xpath(".//a"):
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    return clean(" ".join(pieces)).strip(" :|/-–•,;()")


def _joined(names: list[str]) -> str:
    """Names from wide to narrow; one that the next repeats is left out."""
    kept = [name for place, name in enumerate(names) if not any(name in later for later in names[place + 1 :])]
    return " - ".join(kept)
