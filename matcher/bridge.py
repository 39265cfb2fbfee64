"""From the words of an idea to English ones: a small dictionary of what towns and groups speak of.

Every record speaks English beside its own language, most ideas do not. The folder `dictionary` holds words of the
field with the beginnings of their equivalents in the other official languages, written for this purpose: a line for
each thing, English first, then the other languages in the order of their codes.

A beginning of up to three letters, or one that ends in `=`, is a whole word; words joined by `-` are read one by
one. In languages that write compounds as one word, a beginning of five letters may stand further in.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.vocab import Language
from matcher.words import fold, located, tokens, unchanged

FOLDER = Path(__file__).with_name("dictionary")
LANGUAGES = tuple(sorted(set(tuple(Language)[:24]) - {Language.EN}))
"""Columns of the files after English."""
_WHOLE, _INSIDE = 3, 5
_COMPOUNDS = frozenset((Language.DA, Language.DE, Language.ET, Language.FI, Language.HU, Language.NL, Language.SV))
_OTHERS = 0.75
"""What a further English word for a thing counts beside the first."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A word of an idea, as the word index knows it, and the things of the dictionary that it stands for."""

    word: str
    things: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """How words for a thing look in one language."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def explains(self, word: str, inside: bool) -> int:
        """How many letters of a word are known, 0 for none."""
        if word in self.whole:
            return len(word)
        found = [len(part) for part in self.beginnings if word.startswith(part)]
        if not found and inside:
            found = [len(part) for part in self.beginnings if len(part) >= _INSIDE and part in word]
        return max(found, default=0)


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    files = sorted(FOLDER.glob("*.txt"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
    return tuple(tuple(line.split("|")) for line in lines)


@cache
def things() -> tuple[tuple[str, ...], ...]:
    """English words for each thing of the dictionary, the most usual first."""
    return tuple(tuple(word.replace("-", " ") for word in line[0].split()) for line in _lines())


@cache
def english(thing: int) -> dict[str, float]:
    """English words for a thing as the word index knows them, with what each counts."""
    counts: dict[str, float] = {}
    for place, words in enumerate(things()[thing]):
        for word in tokens(words, Language.EN):
            counts.setdefault(word, _OTHERS if place else 1.0)
    return counts


@cache
def _entries(language: Language) -> tuple[_Entry, ...]:
    place = LANGUAGES.index(language) + 1
    return tuple(_entry(line[place]) for line in _lines())


def _entry(cell: str) -> _Entry:
    parts = [part for part in cell.replace("-", " ").split() if part]
    whole = {fold(part.rstrip("=")) for part in parts if part.endswith("=") or len(part) <= _WHOLE}
    return _Entry(frozenset(whole), tuple({fold(part) for part in parts if part[-1] != "=" and len(part) > _WHOLE}))


@cache
def _things(word: str, language: Language) -> tuple[int, ...]:
    """Things that a word stands for: those that explain most of it; in a compound each that explains a part."""
    compound = language in _COMPOUNDS
    known = [entry.explains(word, compound) for entry in _entries(language)]
    most = max(known, default=0)
    least = _INSIDE if compound else most
    return tuple(thing for thing, letters in enumerate(known) if letters and (letters == most or letters >= least))


def crossings(text: str, language: Language | None) -> list[Crossing]:
    """Words of an idea that the dictionary knows; none for English and for languages that it does not have."""
    if language not in LANGUAGES:
        return []
    found = {}
    for word, start, end in located(text, language):
        if stands_for := _things(unchanged(fold(text[start:end]), language), language):
            found[word] = Crossing(word, stands_for)
    return list(found.values())
