"""Words as the word index knows them: case folded, stemmed in their language, accents removed.

The same function prepares texts and queries, so the two can only meet or miss together. Stemmers are those of
Snowball (Porter 2001); Bulgarian has a light stemmer of its own, since Snowball has none.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import Stemmer
import stopwordsiso

from corpus.vocab import Language

_WORD = re.compile(r"\w+", re.UNICODE)
_MAX_WORD = 40
"""Longer runs of letters are addresses or noise."""
_LEAD, _LONG, _LEAD_COUNTS = 25, 50, 2
"""Words that a long text begins with, from how many words it is long, and how often they count once more."""

_SNOWBALL = {
    Language.CA: "catalan",
    Language.CS: "czech",
    Language.DA: "danish",
    Language.DE: "german",
    Language.EL: "greek",
    Language.EN: "english",
    Language.ES: "spanish",
    Language.ET: "estonian",
    Language.FI: "finnish",
    Language.FR: "french",
    Language.GA: "irish",
    Language.HU: "hungarian",
    Language.IT: "italian",
    Language.LT: "lithuanian",
    Language.NL: "dutch",
    Language.NO: "norwegian",
    Language.PL: "polish",
    Language.PT: "portuguese",
    Language.RO: "romanian",
    Language.RU: "russian",
    Language.SV: "swedish",
    Language.TR: "turkish",
    # Close relatives stand in where Snowball has no stemmer of the language itself.
    Language.BS: "serbian",
    Language.HR: "serbian",
    Language.SR: "serbian",
    Language.SK: "czech",
}

# Definite articles, then plurals (after Savoy 2007, "Searching strategies for the Bulgarian language"). The plural
# -ища is left out on purpose: училища and жилища must keep the stem of училище and жилище.
_BG_ARTICLES = ("ият", "ът", "ят", "то", "те", "та")
_BG_ENDINGS = ("овци", "ове", "еве", "ета", "ции", "ски", "ска", "ско", "и", "а", "я", "о", "е")
_BG_SHORTEST = 4


def _stem_bulgarian(word: str) -> str:
    for endings in (_BG_ARTICLES, _BG_ENDINGS):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _BG_SHORTEST - 1:
                word = word[: -len(ending)]
                break
    return word


@cache
def _stemmer(language: Language) -> Callable[[str], str]:
    if language is Language.BG:
        return _stem_bulgarian
    name = _SNOWBALL.get(language)
    if name is None:
        return str
    stem: Callable[[str], str] = Stemmer.Stemmer(name).stemWord
    return stem


_MALTESE = """a b bi bil bejn bejniethom biss bħal biex dak dan dawk dawn dik din dwar f fi fejn fil fis fit fl fuq għad
    għal għall għan għandha għandhom għandna għandu għar għas għat hemm hi hija hu huma huwa id ikun ikunu il imma in ir
    is it iva ix iċ iż iżda jew jien jkun jkunu kif kienet kien kienu kollha kull l le li lil lill ma mal mat mar mas
    meta mhux mhumiex mid mill min minn mir mis mit mix mod n r s sa sal se t ta tagħha tagħhom tagħna tal tan tar tas
    tat tiegħu tkun u wara wkoll x xi ż ċ d"""
"""Small words of Maltese, for which the package of stop words has none."""


@cache
def _stop_words(language: Language) -> frozenset[str]:
    if language is Language.MT:
        return frozenset(_MALTESE.split())
    return frozenset(stopwordsiso.stopwords(language.value)) if stopwordsiso.has_lang(language.value) else frozenset()


def fold(word: str) -> str:
    """The word without case and accents: İzmir, izmir and IZMIR are one."""
    # Decomposed first and last: letters in mathematical bold have no small form until they are decomposed.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


_IRISH_CHANGES = {"bhf": "f", "mb": "b", "gc": "c", "nd": "d", "ng": "g", "bp": "p", "dt": "t", "ts": "s"}
_IRISH_SOFTENED = re.compile(r"^([bcdfgmpst])h")


def unchanged(word: str, language: Language) -> str:
    """A folded word without what Irish changes at its beginning (eclipsis and lenition)."""
    if language is not Language.GA:
        return word
    for changed, plain in _IRISH_CHANGES.items():
        if word.startswith(changed):
            return plain + word[len(changed) :]
    return _IRISH_SOFTENED.sub(r"\1", word)


def located(text: str, language: Language | None) -> Iterator[tuple[str, int, int]]:
    """Stemmed and folded words of a text with their first character and the one after their last, in order.

    Without a language words are only folded. Stop words go: in a collection of many languages the small words of
    a rare one would count as telling.
    """
    stem = _stemmer(language) if language else str
    stop = _stop_words(language) if language else frozenset()
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if len(word) <= _MAX_WORD and word not in stop:
            yield fold(stem(word)), match.start(), match.end()


def tokens(text: str, language: Language | None) -> list[str]:
    """Stemmed and folded words of a text, in order."""
    return [word for word, _, _ in located(unicodedata.normalize("NFC", text), language)]


def weights(text: str, language: Language | None) -> dict[str, float]:
    """Words of an idea with what each counts: one plus the logarithm of how often it is said.

    A long text begins with what it is about (title, first sentence): words there count as if said twice more.
    """
    said = tokens(text, language)
    counts = Counter(said)
    if len(said) > _LONG:
        counts.update(said[:_LEAD] * _LEAD_COUNTS)
    return {word: 1.0 + math.log(count) for word, count in counts.items()}
