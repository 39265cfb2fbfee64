"""Cue phrases: a small notation for words that point at a fact, and a search that takes one pass over a text.

A phrase is a row of words: `dat* limite`, `submit* .. by`, `call|fund* budget`, `small [sized] firms?`. `*` stands
for any letters, `..` for up to six words, `|` for a choice within a word, `?` makes the letter before it optional,
`[...]` a whole word. A phrase that begins with `^` is a label: it opens the sentence and a colon or dash follows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

L = TypeVar("L")
_WORD = re.compile(r"\w+")
_BETWEEN = r"[^\w]{1,4}"
_GAP = r"(?:[^\w]{1,4}\w+){0,6}?"
_GAP_OF_WORDS = r"(?:[^\w]{1,4}[^\W\d]+){0,6}?"
_STEM = 3
_LABEL_END = r"(?=\s?(?:[:|]|[\u2013\u2014-]\s))"


@dataclass(frozen=True, slots=True)
class Found(Generic[L]):
    """A phrase in a text: where it stands, what it means, the phrase itself."""

    start: int
    end: int
    label: L
    phrase: str


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[L]):
    label: L
    text: str
    pattern: re.Pattern[str]


class Phrasebook(Generic[L]):
    """All phrases of one matter, each with its label; found by their first word.

    Without `digits` no number may stand in the gap of a phrase: what stands before it and behind it are two things.
    """

    def __init__(self, phrases: Mapping[L, Iterable[str]], *, digits: bool = True) -> None:
        self._digits = digits
        self._by_stem: dict[str, list[_Phrase[L]]] = defaultdict(list)
        self._short: dict[str, list[_Phrase[L]]] = defaultdict(list)
        self._inside: list[tuple[str, _Phrase[L]]] = []
        self._labels: list[_Phrase[L]] = []
        for label, texts in phrases.items():
            for text in texts:
                self._add(label, text)

    def _add(self, label: L, text: str) -> None:
        if text.startswith("^"):
            self._labels.append(_Phrase(label, text, re.compile(pattern_of(text[1:].lower()) + _LABEL_END)))
            return
        phrase = _Phrase(label, text, re.compile(pattern_of(text.lower(), digits=self._digits)))
        for word in _first_words(text.lower()):
            bare = word.strip("*")
            if word.startswith("*"):
                self._inside.append((bare, phrase))
            elif len(bare) >= _STEM:
                self._by_stem[bare[:_STEM]].append(phrase)
            elif word.endswith("*"):
                raise ValueError(f"{text!r}: give at least {_STEM} letters before the star of the first word")
            else:
                self._short[bare].append(phrase)

    def find(self, text: str) -> list[Found[L]]:
        """All phrases in a text of small letters, the longest where one lies inside another."""
        found: list[Found[L]] = []
        for word in _WORD.finditer(text):
            for phrase in self._candidates(word.group()):
                match = phrase.pattern.match(text, word.start())
                if match:
                    found.append(Found(match.start(), match.end(), phrase.label, phrase.text))
        for phrase in self._labels:
            match = phrase.pattern.match(text)
            if match:
                found.append(Found(match.start(), match.end(), phrase.label, phrase.text))
        return longest(found)

    def _candidates(self, word: str) -> Iterable[_Phrase[L]]:
        yield from self._by_stem.get(word[:_STEM], ()) if len(word) >= _STEM else self._short.get(word, ())
        for core, phrase in self._inside:
            if core in word:
                yield phrase


def longest(found: list[Found[L]]) -> list[Found[L]]:
    """Drop what lies inside a longer one, and what is a label as well: `programme budget` is not also `budget`."""
    kept: list[Found[L]] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end, not f.phrase.startswith("^"))):
        if not any(other.start <= item.start and item.end <= other.end for other in kept[-8:]):
            kept.append(item)
    return kept


def _first_words(phrase: str) -> list[str]:
    found: list[str] = []
    for word in phrase.split():
        found += word.strip("[]").split("|")
        if not word.startswith("["):
            break
    return [re.split(r"['-]", word)[0].replace("?", "") for word in found]


def pattern_of(phrase: str, *, digits: bool = True) -> str:
    """The regular expression of a phrase, for texts of small letters; begin it at the start of a word."""
    parts: list[str] = []
    glue = ""
    for word in phrase.split():
        if word == "..":
            parts.append(_GAP if digits else _GAP_OF_WORDS)
            continue
        choice = "|".join(_word(option) for option in word.strip("[]").split("|"))
        if word.startswith("["):
            parts.append(f"(?:{glue}(?:{choice}))?" if glue else f"(?:(?:{choice}){_BETWEEN})?")
            continue
        parts.append(f"{glue}(?:{choice})")
        glue = _BETWEEN
    return "".join(parts) + r"(?!\w)"


def _word(text: str) -> str:
    return re.escape(text).replace(r"\*", r"\w*").replace(r"\?", "?").replace("'", r"'\s?")
