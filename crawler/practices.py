"""What pages about practices have in common: a place on one line, and sections that say what was done.

Names of persons are not kept: only paragraphs count as text, and a contact is a few short lines.
"""

import re
from typing import Any

from corpus.errors import ValueReadError
from corpus.values import clean, read_country
from corpus.vocab import EvidenceLevel
from crawler.fields import Fields
from crawler.metadata import Mapping
from crawler.parsing import Facts, excerpt

LONGEST = 3000
"""Letters of one text: enough to find the practice by, not a copy of the page."""
_PARAGRAPH = 100
_PLACE = re.compile(r"(?P<name>[^,/|]{2,60}?)\s*[,/|]\s*(?P<country>[^,/|]{2,60})")
_MAIL = re.compile(r"\S+@\S+|\[at\]|\(at\)|\+\d[\d ()/.-]{6,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_AFTER = re.compile(
    r"(?:related|similar|see also|read (?:more|also)|more (?:content|practices|stories|news|from)|you may also"
    r"|discover (?:more|other)|other (?:(?:good )?practices|news)|latest|what's new|news and events|newsletter).*",
    re.IGNORECASE,
)
_TARGETS = ("lead", "problem", "approach", "results", "transfer")


def cut(text: str, limit: int = LONGEST) -> str:
    """A text no longer than search needs, cut at a blank."""
    return text if len(text) <= limit else text[: text.rfind(" ", 0, limit)].rstrip() + " ..."


def without_contacts(text: str) -> str:
    """A text without the sentences that hold an address or a number of a person."""
    rows = (" ".join(part for part in _SENTENCE.split(row) if not _MAIL.search(part)) for row in text.split("\n"))
    return "\n".join(row for row in rows if row)


def paragraphs(text: str) -> list[str]:
    """Lines that are long enough to be prose."""
    return [line for line in without_contacts(text).split("\n") if len(line) >= _PARAGRAPH]


def read_place(line: str) -> dict[str, Any] | None:
    """Town and country of `Dupnitsa , Bulgaria`, `Ghent / Belgium` or `Szeged, Hungary Small sized cities (50k)`."""
    match = _PLACE.fullmatch(clean(line))
    country = _country(match["country"]) if match else None
    return {"name": match["name"], "country": country} if match and country else None


def _country(text: str) -> str | None:
    """The country that a text begins with: the size of the town may follow on the same line."""
    words = text.split(" ")
    for number in range(len(words), 0, -1):
        name = " ".join(words[:number])
        try:
            return read_country(name) if len(name) > 2 else None
        except ValueReadError:
            continue
    return None


def own_sections(parts: dict[str, str]) -> dict[str, str]:
    """Sections up to the heading under which a site shows its other pages."""
    own: dict[str, str] = {}
    for heading, text in parts.items():
        if _AFTER.fullmatch(heading):
            break
        own[heading] = text
    return own


def take_sections(fields: Fields, sections: Mapping) -> dict[str, str]:
    """Take the sections of a page out of its fields and join them by what they tell.

    `sections` maps headings to `lead`, `problem`, `approach`, `results` or `transfer`, or to nothing; headings
    that it does not name stay in the fields, so that their audit reports them.
    """
    found: dict[str, list[str]] = {target: [] for target in _TARGETS}
    for heading in fields.names():
        targets = sections.codes(heading)
        if targets is None:
            continue
        text = "\n".join(fields.texts(heading))
        for target in targets:
            found[target].append(without_contacts(text))
    return {target: "\n".join(filter(None, texts)) for target, texts in found.items() if any(texts)}


def put_sections(told: dict[str, str], facts: Facts, adopted_by: tuple[str, ...] = ()) -> None:
    """Put what the sections tell into the record; a result that a place reports of itself is the weakest evidence."""
    for name in ("problem", "approach"):
        text = told.get(name)
        facts.put(name, {facts.language: cut(text)} if text else {}, words=text)
    if text := told.get("results"):
        statement = {facts.language: excerpt(clean(text))}
        facts.put("results", ({"statement": statement, "level": EvidenceLevel.ANECDOTE},), words=text)
    conditions = told.get("transfer")
    transfer = {"conditions": {facts.language: excerpt(clean(conditions))}} if conditions else {}
    facts.put("transfer", transfer | ({"adopted_by": adopted_by} if adopted_by else {}))
    facts.note("transfer.conditions", words=conditions)
    facts.note("transfer.adopted_by", raw=", ".join(adopted_by))
