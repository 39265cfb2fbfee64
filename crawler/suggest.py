"""What a page tells of a practice, as suggestions for the form of the desk: each with the words that it rests on.

Nothing of it is believed: a person sees every suggestion beside its excerpt and keeps what is right.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import trafilatura
from trafilatura.settings import Document
from w3lib.encoding import html_to_unicode

from corpus.values import clean
from corpus.vocab import Language
from crawler.prose.kinds import Kind, ProseFact, written
from crawler.prose.main_text import main_text
from crawler.prose.read import read

_LONGEST_TITLE = 200
_LONGEST_EXCERPT = 300


class Suggested(NamedTuple):
    """A value for a field of the form, and the words of the page that it rests on."""

    field: str
    value: str
    excerpt: str


def suggest(body: bytes, recognise: Callable[[str], Language | None]) -> list[Suggested]:
    """Suggestions of a page; `recognise` tells the language of a text, or None where it cannot."""
    html = html_to_unicode(None, body)[1]
    text = main_text(html)
    language = recognise(text)
    found = list(_of_head(trafilatura.extract_metadata(html)))
    if language is not None:
        found.append(Suggested("original_language", language.value, text[:_LONGEST_EXCERPT]))
        found += _of_facts(read(text, language))
    return found


def _of_head(head: Document | None) -> Iterator[Suggested]:
    if head is None:
        return
    title = clean(head.title or "")[:_LONGEST_TITLE]
    if title:
        yield Suggested("title", title, title)
        yield Suggested("source_title", title, title)
    if head.sitename and clean(head.sitename) != title:
        yield Suggested("lead", clean(head.sitename), clean(head.sitename))
    if head.description:
        # The words of the page are shown to be put in own words; they are no value of a field.
        yield Suggested("summary", "", clean(head.description)[:_LONGEST_EXCERPT])


def _of_facts(facts: list[ProseFact]) -> Iterator[Suggested]:
    seen = set()
    for fact in facts:
        if fact.kind is Kind.BUDGET and "cost" not in seen and not isinstance(fact.value, bool):
            seen.add("cost")
            amount, _, currency = written(fact.value).partition(" ")
            yield Suggested("cost", amount, fact.excerpt[:_LONGEST_EXCERPT])
            yield Suggested("currency", currency or "EUR", fact.excerpt[:_LONGEST_EXCERPT])
        if fact.kind is Kind.COUNTRIES and "country" not in seen:
            seen.add("country")
            yield Suggested("country", str(fact.value), fact.excerpt[:_LONGEST_EXCERPT])
