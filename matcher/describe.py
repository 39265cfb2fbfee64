"""Which entries of the vocabulary a text speaks of, with the words of it that show each: a help for who describes.

An entry is named when the text as a whole lies clearly nearer to it than to most of its list, as in an answer
(`Understood`), and a part of the text does so more clearly still: that part can be shown as the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.vocab import Language, Subject, TargetGroup, Theme
from matcher.embed import Embedder
from matcher.index.search import SearchIndex
from matcher.language import detect
from matcher.parts import split_idea
from matcher.unpack import Floats

CLEAR = 1.0
"""Standard deviations over the list from which the whole text speaks of an entry, as in an answer."""
SHOWN = 1.7
"""And those that the part must reach that is shown for it."""
_MOST = 3
"""Entries of one list."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """An entry that a text speaks of, and the words that show it."""

    kind: type[StrEnum]
    code: str
    words: str
    nearness: float


def describe(text: str, language: Language | None, index: SearchIndex, embedder: Embedder) -> tuple[Spoken, ...]:
    """Target groups, subjects and themes that a text speaks of, the clearest of each list first.

    Args:
        text: what somebody wrote.
        language: its language; None is recognised.
        index: holds the vectors of the vocabulary.
        embedder: the model that made them.
    """
    language = language or (found.language if (found := detect(text)) else None)
    parts = split_idea(text, language)
    if not parts:
        return ()
    whole = embedder.read_query(text).vector
    vectors = [whole] if len(parts) == 1 else [reading.vector for reading in embedder.read_queries(parts)]
    return tuple(
        spoken
        for kind in (TargetGroup, Subject, Theme)
        for spoken in _of_list(kind, whole, list(zip(parts, vectors, strict=True)), index)
    )


def _of_list(
    kind: type[StrEnum], whole: Floats, parts: Sequence[tuple[str, Floats]], index: SearchIndex
) -> list[Spoken]:
    clear = [code for code, nearness in index.terms.nearest(whole, kind) if nearness >= CLEAR][:_MOST]
    rated = [(words, dict(index.terms.nearest(vector, kind))) for words, vector in parts]
    found = [Spoken(kind, code, *_nearest(code, rated)) for code in clear]
    return [spoken for spoken in found if spoken.nearness >= SHOWN]


def _nearest(code: str, rated: Sequence[tuple[str, dict[str, float]]]) -> tuple[str, float]:
    """The part that lies nearest to an entry, and how near."""
    words, near = max(rated, key=lambda part: part[1][code])
    return words, round(near[code], 2)
