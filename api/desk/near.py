"""Practices that look like the one that somebody writes, so that nothing is kept twice."""

from dataclasses import dataclass

from api.desk.form import slug
from api.desk.service import Desk
from api.state import Service
from corpus.desk.content import ItemKind
from corpus.desk.rows import Item
from corpus.errors import CorpusError
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab.places import country_name
from matcher.answer import PracticeMatch
from matcher.errors import MatcherError
from matcher.query import IdeaQuery
from matcher.relevance import Relevance

_MOST = 3
_LONG_ENOUGH = 20
_MOST_SIGNS = 4000
_SAME_WORDS = 0.6
"""Share of the words of two titles that both have, from which they are nearly the same."""


@dataclass(frozen=True, slots=True)
class Near:
    """A practice that is alike, where it happened, and why it is shown."""

    path: str
    """Of its page, without the language."""
    title: str
    place: str
    why: str
    words: str = ""
    """Words of it that are near; empty where the title alone is."""
    language: str = ""
    """Of the words."""


def near_duplicates(service: Service, title: str, summary: str, but: str = "") -> list[Near]:
    """Published practices that are strongly alike; none where nothing was built to compare with."""
    words = f"{title}. {summary}".strip(". ")
    if len(words) < _LONG_ENOUGH:
        return []
    try:
        query = IdeaQuery(text=words[:_MOST_SIGNS], limit=_MOST + 1, explain=False)
        found = service.matcher().match(query).practices
    except (CorpusError, MatcherError, ValueError):  # a help while writing must not keep anybody from writing
        return []
    alike = [match for match in found if match.relevance is Relevance.STRONG and match.id != but]
    return [_published(match) for match in alike[:_MOST]]


def _published(match: PracticeMatch) -> Near:
    place = f"{match.place} ({country_name(match.country, spoken())})"
    path = f"/practices/{match.id}"
    if not match.excerpts:
        return Near(path, match.title, place, _("it is about the same"))
    best = match.excerpts[0]
    return Near(path, match.title, place, _("it is about the same"), best.text, best.language.value)


def near_at_desk(desk: Desk, title: str, number: int | None) -> list[Near]:
    """Records at the desk, drafts too, with nearly the same title."""
    mine = _words(title)
    if not mine:
        return []
    others = (item for item in desk.items.all() if item.kind is ItemKind.PRACTICE and item.id != number)
    return [_at_desk(item) for item in others if _alike(mine, _words(item.title))][:_MOST]


def _at_desk(item: Item) -> Near:
    why = _("it has nearly the same title and is at the desk already")
    country = country_name(item.scope.country, spoken()) if item.scope.country else ""
    return Near(f"/desk/{item.id}", item.title, country, why)


def _words(title: str) -> frozenset[str]:
    return frozenset(filter(None, slug(title).split("-")))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(other) and len(one & other) / len(one | other) >= _SAME_WORDS
