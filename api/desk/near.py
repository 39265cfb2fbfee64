"""Practices that look like the one that somebody writes, so that nothing is kept twice."""

from api.state import Service
from corpus.errors import CorpusError
from matcher.errors import MatcherError
from matcher.query import IdeaQuery
from matcher.relevance import Relevance

_MOST = 3
_LONG_ENOUGH = 20


def near_duplicates(service: Service, title: str, summary: str, but: str = "") -> list[tuple[str, str]]:
    """Id and title of published practices that are strongly alike; none where nothing was built to compare with."""
    words = f"{title}. {summary}".strip(". ")
    if len(words) < _LONG_ENOUGH:
        return []
    try:
        query = IdeaQuery(text=words[:4000], limit=_MOST + 1, explain=False)
        found = service.matcher().match(query).practices
    except (CorpusError, MatcherError, ValueError):  # a help while writing must not keep anybody from writing
        return []
    alike = [match for match in found if match.relevance is Relevance.STRONG and match.id != but]
    return [(match.id, match.title) for match in alike[:_MOST]]
