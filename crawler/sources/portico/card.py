"""One card of the catalogue: what it shows, before anything is made of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from corpus.values import clean
from crawler.html import drop, links, text_of
from crawler.labels import fold, labelled, lines

LABELS = ("Deadline date", "Support", "Funding support")
_HEADS = ".title-node, h1, h2, h3, h4, h5, h6"
_STATES = frozenset(("open", "upcoming", "closed"))
_BY = re.compile(r"By\s+(?P<partner>[A-Z0-9].*)")
_MORE = frozenset(("find out more", "learn more", "more details"))
_LABEL_LIKE = re.compile(r"(?P<label>[A-Z][a-z]+(?: [a-z]+)?)\s:(?:\s.*)?")  # the site writes a blank before its colons


@dataclass(frozen=True, slots=True)
class Card:
    """A call as its card shows it. `page` is its page in Portico, `link` leads to whoever pays."""

    title: str
    partner: str | None
    state: str | None
    page: str | None
    link: str | None
    values: dict[str, str]
    rest: list[str] = field(default_factory=list)


def cards(root: Selector) -> list[Selector]:
    """Cards of a page: the articles of their own kind, else those that have the label of a deadline."""
    own = root.css("article.node--type-call-for-proposals")
    return list(own) if own else [node for node in root.css("article") if "deadline date" in text_of(node).lower()]


def read_card(node: Selector, base: str) -> Card:
    """Take a card apart; `rest` holds the lines that are neither title, label, state, partner nor link."""
    heads = [head for head in node.css(_HEADS) if text_of(head)]
    title = clean(text_of(heads[0])) if heads else ""
    found = [(urljoin(base, address), clean(text)) for address, text in links(node)]
    bare = Selector(text=node.get() or "", type="html")
    drop(bare, f"a, {_HEADS}")  # links stand side by side on one line: their words must not run into others
    rows = lines(bare)
    values = labelled(bare, LABELS)
    by = next((match for row in (*(text for _, text in found), *rows) if (match := _BY.fullmatch(row))), None)
    return Card(
        title=title,
        partner=by["partner"] if by else None,
        state=next((row for row in rows if row.casefold() in _STATES), None),
        page=_own_page(node, found, title, base),
        link=next((address for address, text in found if fold(text) in _MORE), None),
        values=values,
        rest=_rest(rows, values),
    )


def _own_page(node: Selector, found: Iterable[tuple[str, str]], title: str, base: str) -> str | None:
    """The card's page in Portico, where its heading or the article itself leads to one."""
    about = node.root.get("about")
    address = urljoin(base, about) if about else next((href for href, text in found if clean(text) == title), None)
    return address if address and urlsplit(address).hostname == urlsplit(base).hostname else None


def _rest(rows: list[str], values: dict[str, str]) -> list[str]:
    told = {line for value in values.values() for line in value.split("\n")}
    own = {fold(label) for label in LABELS}
    left = (row for row in rows if row not in told and row.casefold() not in _STATES)
    return [row for row in left if not _BY.fullmatch(row) and fold(row.split(":")[0]) not in own]


def unknown_labels(card: Card) -> dict[str, str]:
    """Lines that look like a label with its value and are none that is known."""
    found = ((_LABEL_LIKE.fullmatch(row), row) for row in card.rest)
    return {fold(match["label"]): row for match, row in found if match}
