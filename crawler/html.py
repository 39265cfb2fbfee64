"""HTML to clean text: comments, scripts and buttons dropped, blocks kept as lines."""

import re

from parsel import Selector

from corpus.values import clean

_TEXT_BLOCKS = ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6")
_CELLS = ("td", "th")
_BLOCKS = frozenset((*_TEXT_BLOCKS, *_CELLS, "tr", "table", "section", "article", "dd", "dt", "blockquote"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DROPPED = "//comment() | //script | //style | //*[contains(concat(' ', @class, ' '), ' readmore ')]"


def page(html: str) -> Selector:
    """Parse a page and drop what nobody sees: an old table in a comment must not be read as the new one."""
    selector = Selector(text=html or " ", type="html")
    for node in selector.xpath(_DROPPED):
        _remove(node)
    return selector


def drop(root: Selector, css: str) -> None:
    """Take parts out of a page, each with all that it holds; the text that follows a part stays."""
    for node in root.css(css):
        _remove(node)


def _remove(node: Selector) -> None:
    """Take a node out and leave the text that follows it in place."""
    element = node.root
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = _lawful((parent.text or "") + element.tail)
        else:
            before.tail = _lawful((before.tail or "") + element.tail)
    element.tail = None
    parent.remove(element)


def _lawful(text: str) -> str:
    """A text without the control characters that a page may hold and a tree must not be given."""
    return _CONTROL.sub("", text)


def text_of(node: Selector) -> str:
    """Visible text of a node: one line a block, one blank between words."""
    pieces: list[str] = []
    _collect(node.root, pieces)
    lines = (clean(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: object, pieces: list[str]) -> None:
    tag = getattr(element, "tag", None)
    if not isinstance(tag, str):  # comments and processing instructions
        return
    edge = "\n" if tag in _BLOCKS or tag == "br" else ""
    pieces.append(edge)
    pieces.append(_flat(getattr(element, "text", None)))
    for child in element:  # type: ignore[attr-defined]  # lxml carries no types
        _collect(child, pieces)
        pieces.append(_flat(child.tail))
    pieces.append(edge)


def _flat(text: str | None) -> str:
    # A line break in the file is no line break on the page.
    return re.sub(r"\s+", " ", _lawful(text or ""))


def to_text(html: str) -> str:
    """Visible text of a piece of HTML."""
    return text_of(page(html))


def links(node: Selector) -> list[tuple[str, str]]:
    """Address and text of the links under a node; links without address (`mailto:` alone, `#`) are left out."""
    found = [((link.root.get("href") or "").strip(), text_of(link)) for link in node.css("a")]
    return [(href, text) for href, text in found if href.startswith(("http://", "https://", "/"))]
