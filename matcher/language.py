"""Which language a text is written in, among the official languages of the EU."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.vocab import Language

_OFFICIAL = tuple(Language)[:24]
_MIN_LETTERS = 4
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
"""The official languages are written in these; the detector would take any other for the nearest of them."""


@dataclass(frozen=True, slots=True)
class Detected:
    """A language and how sure the detector is (0 to 1)."""

    language: Language
    confidence: float


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([language.value for language in _OFFICIAL])
    return identifier


def detect(text: str) -> Detected | None:
    """Language of a text, or None when it has too few letters to tell or is written in a script of no such language."""
    letters = [character for character in text if character.isalpha()]
    known = sum(unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in letters)
    if len(letters) < _MIN_LETTERS or 2 * known < len(letters):
        return None
    code, confidence = _identifier().classify(text)
    return Detected(Language(code), float(confidence))
