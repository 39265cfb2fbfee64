"""The long texts of a topic: objectives, activities, documents, conditions."""

from urllib.parse import urlsplit

from corpus.parts import Document
from crawler.html import links, page, text_of

_HEADING = "topicdescriptionkind"
_FILES = (".pdf", ".doc", ".docx", ".xlsx", ".zip")


def sections(html: str) -> dict[str, str]:
    """Split a topic's text at its headings; what stands before the first has an empty heading."""
    found: dict[str, list[str]] = {}
    heading = ""
    for block in page(html).xpath("//body/*"):
        marked = block.xpath(f"descendant-or-self::*[contains(@class, '{_HEADING}')]")
        text = text_of(block)
        if marked:
            heading = text_of(marked[0]).rstrip(":")
            text = text.removeprefix(text_of(marked[0])).strip()
        found.setdefault(heading, [])
        if text:
            found[heading].append(text)
    return {name: "\n".join(lines) for name, lines in found.items() if lines}


def split_texts(html: str) -> tuple[str, str]:
    """Objectives and activities of a topic: sections about activities are the latter, all others the former."""
    objectives: list[str] = []
    activities: list[str] = []
    for heading, text in sections(html).items():
        target = activities if "activit" in heading.lower() else objectives
        target.append(f"{heading}: {text}" if heading else text)
    return "\n".join(objectives), "\n".join(activities)


def documents(*htmls: str | None) -> tuple[Document, ...]:
    """Files that the texts link to, each once."""
    found: dict[str, Document] = {}
    for html in htmls:
        for address, text in links(page(html or "")):
            name = urlsplit(address).path.rsplit("/", 1)[-1]
            if address.startswith("http") and name.lower().endswith(_FILES) and not any(c.isspace() for c in address):
                found.setdefault(address, Document(title=text or name, url=address))
    return tuple(found.values())
