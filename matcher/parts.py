"""An idea cut into parts: its sentences, and the clauses of long ones.

A part is what can be shown as "this part of your idea": a run of the person's own words, so that all parts
together are the idea again, except for blanks and the marks between them.
"""

import re

import sentencex

from corpus.vocab import Language

MAX_PARTS = 8
"""Each part is embedded by itself, so that more of them would be waited for; a longer idea has longer parts."""
LONG = 70
"""Characters from which a sentence is cut at the marks between its clauses."""
MEETS = 1.8
"""Nearness from which a part meets a passage, in spreads of the nearness of unrelated clauses (bench/parts.py)."""
RULE = "a part meets a passage from this nearness on, in spreads of the nearness of unrelated clauses"
"""The bound in words."""
_SHORTEST = 3
"""Words that a part has at least; with fewer it belongs to its neighbour."""

_CLAUSE = re.compile(r"(?<=[,;:\u00b7])\s+|\s+(?=[\u2013\u2014(-]\s?\w)|(?<=[)])\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKS = " \t,;:.!?\u2013\u2014-\u2026"


def split_idea(text: str, language: Language | None = None) -> tuple[str, ...]:
    """Parts of an idea in their order, at most `MAX_PARTS`; none when it holds no words.

    Args:
        text: the idea.
        language: its language, whose abbreviations end no sentence; unknown, those of English.
    """
    sentences = _sentences(text, language)
    clauses = [clause for sentence in sentences for clause in _clauses(sentence)]
    parts = clauses if len(clauses) <= MAX_PARTS else sentences
    shown = (part.strip(_MARKS) for part in _pack(parts))
    return tuple(part for part in shown if _WORD.search(part))


def sentences_of(text: str, language: Language | None = None) -> list[str]:
    """Sentences of a text, each in its own words."""
    return [sentence.strip() for sentence in _sentences(text, language)]


def _sentences(text: str, language: Language | None) -> list[str]:
    code = (language or Language.EN).value
    return [sentence for line in text.splitlines() for sentence in _joined(sentencex.segment(code, line))]


def _joined(pieces: list[str]) -> list[str]:
    """Pieces of a line, together again where an abbreviation that the list of the language lacks cut them."""
    joined: list[str] = []
    for piece in filter(str.strip, pieces):
        # What follows an abbreviation goes on in small letters or figures, or is a word by itself.
        goes_on = joined and not joined[-1].rstrip().endswith(("!", "?")) and not piece.lstrip()[0].isupper()
        if joined and (goes_on or _words(piece) < 2):
            joined[-1] = f"{joined[-1].rstrip()} {piece.strip()}"
        else:
            joined.append(piece)
    return joined


def _clauses(sentence: str) -> list[str]:
    if len(sentence) < LONG:
        return [sentence]
    clauses: list[str] = []
    for piece in _CLAUSE.split(sentence):
        if clauses and _words(clauses[-1]) < _SHORTEST:
            clauses[-1] = f"{clauses[-1]} {piece}"
        else:
            clauses.append(piece)
    if len(clauses) > 1 and _words(clauses[-1]) < _SHORTEST:
        clauses[-2:] = [f"{clauses[-2]} {clauses[-1]}"]
    return clauses


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _pack(parts: list[str]) -> list[str]:
    """Neighbours joined, the shortest pair first, until they are few enough."""
    parts = list(parts)
    while len(parts) > MAX_PARTS:
        at = min(range(len(parts) - 1), key=lambda place: len(parts[place]) + len(parts[place + 1]))
        parts[at : at + 2] = [f"{parts[at].rstrip()} {parts[at + 1].lstrip()}"]
    return parts
