"""Values that stand behind visible labels, in whatever markup a site chose for them.

Where nobody has seen a site's classes, its words are the firmest thing to hold on to: the reader says which
labels it knows, and a value is found beside the label (list, table, field, bold word), after its colon, or on
the next line. Pure: a part of a page in, texts out.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from parsel import Selector

from corpus.values import clean
from crawler.html import text_of

_LONGEST_LABEL = 120
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LABEL_TAGS = frozenset(("dt", "th", "b", "strong", "label", *_HEADINGS))
_CLIMBS = 2


def fold(label: str) -> str:
    """A label as it is compared: without colon, case and white space."""
    return clean(label).rstrip(": ").casefold()


def lines(node: Selector) -> list[str]:
    """Visible lines of a part of a page: one a block, a cell or a line break."""
    return [line for line in text_of(node).split("\n") if line]


def labelled(node: Selector, names: Iterable[str]) -> dict[str, str]:
    """Values of the labels that a reader knows, by `fold(label)`; of a label that stands twice, the first."""
    known = frozenset(map(fold, names))
    found: dict[str, str] = {}
    for element in _label_elements(node, known):
        value = _beside(element, known)
        if value:
            found.setdefault(fold(text_of(element)), value)
    for label, value in _in_lines(lines(node), known):
        found.setdefault(label, value)
    return found


def _label_elements(node: Selector, known: frozenset[str]) -> Iterator[Selector]:
    """Elements whose whole text is a known label; of nested ones the outermost, which has the value beside it."""
    inside: set[object] = set()
    for element in node.css("*"):
        if element.root in inside or not isinstance(element.root.tag, str):
            continue
        text = "".join(element.root.itertext())
        if len(text) <= _LONGEST_LABEL and fold(text) in known:
            inside.update(element.root.iter())
            yield element


def _beside(element: Selector, known: frozenset[str]) -> str:
    """What follows a label: its siblings, or those of what it is wrapped in, up to the next label."""
    holder = element.root
    for _ in range(_CLIMBS + 1):
        pieces = list(_following(holder, known))
        if pieces:
            return "\n".join(pieces)
        holder = holder.getparent()
        if holder is None or holder.tag in ("body", "html", "dl", "table"):
            return ""
    return ""


def _following(label: Any, known: frozenset[str]) -> Iterator[str]:
    """Text after an element, to the next label; beside a `<div>` or `<span>` only one sibling is the value."""
    said = clean(label.tail or "").lstrip(": ")
    if said:
        yield said
    for sibling in label.itersiblings():
        text = text_of(Selector(root=sibling, type="html")) if isinstance(sibling.tag, str) else ""
        if _ends(sibling.tag, text, label.tag, known) or (sibling.tag == "br" and said):
            return
        tail = clean(sibling.tail or "")
        yield from (part for part in (text, tail) if part)
        said = said or text or tail
        if said and label.tag not in _LABEL_TAGS:
            return


def _ends(sibling: object, text: str, label: str, known: frozenset[str]) -> bool:
    """Whether a sibling begins the next value: a known label, or a label of the same kind."""
    same_kind = sibling == label or (label in _HEADINGS and sibling in _HEADINGS[: _HEADINGS.index(label) + 1])
    first = text.split("\n", 1)[0]
    return (label in _LABEL_TAGS and same_kind) or (bool(text) and _split(first, known) is not None)


def _in_lines(rows: list[str], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """`Label: value` on one line, or the label on one line and its value on the next."""
    for position, row in enumerate(rows):
        parts = _split(row, known)
        if parts is None:
            continue
        label, value = parts
        following = rows[position + 1] if position + 1 < len(rows) else ""
        if not value and following and _split(following, known) is None:
            value = following
        if value:
            yield label, value


def _split(row: str, known: frozenset[str]) -> tuple[str, str] | None:
    """A known label at the beginning of a line, and what follows its colon; None when there is none."""
    head, colon, rest = row.partition(":")
    if colon and fold(head) in known:
        return fold(head), rest.strip()
    return (fold(row), "") if fold(row) in known else None


def sections(node: Selector, names: Iterable[str] = ()) -> dict[str, str]:
    """Text under each heading, by `fold(heading)`; what stands before the first one has the key `""`.

    `names` are headings that a site writes without a heading element. Text under a heading that stands twice
    is joined.
    """
    heads = frozenset(map(fold, names))
    heads |= {fold(line) for heading in node.css(", ".join(_HEADINGS)) for line in lines(heading)}
    found: dict[str, list[str]] = {}
    current = found.setdefault("", [])
    for line in lines(node):
        if fold(line) in heads:
            current = found.setdefault(fold(line), [])
        else:
            current.append(line)
    return {heading: "\n".join(rows) for heading, rows in found.items()}
