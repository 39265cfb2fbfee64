"""Whether a beneficiary is clearly an organisation: only then its name is kept.

A beneficiary may be a private person, or a business that carries a person's name. The words are data, by
language (`organisations.yml`): one that marks an organisation must be there, and none that marks a person.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from corpus.parts import Frozen, Text
from corpus.vocab import Language
from crawler.sources.kohesio.lists import fold, read_list, words_pattern

HERE = Path(__file__).parent
_SIGNS, _SIGNS_BUT_STAR = re.compile(r"[\W_]+"), re.compile(r"[^\w*]+|_+")
_SPACED = re.compile(r"\b(\w)\.\s+(?=\w\.)")  # s. r. o.
_SHORTEST = 3  # letters of a word of a person's name

_ByLanguage = dict[str, tuple[Text, ...]]


class _Words(Frozen):
    organisation: _ByLanguage
    person: _ByLanguage


class Organisations:
    """The words, read once."""

    def __init__(self, folder: Path = HERE) -> None:
        self._words = read_list(_Words, folder / "organisations.yml")
        self._patterns = lru_cache(maxsize=100)(self._compile)

    def is_one(self, name: str, languages: tuple[Language, ...]) -> bool:
        """Whether a name is clearly that of an organisation, in a country of these languages."""
        organisation, person = self._patterns(languages)
        lower = plain_name(name)
        return bool(organisation.search(lower)) and not person.search(lower)

    def _compile(self, languages: tuple[Language, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
        organisation = _of(self._words.organisation, languages)
        person = _of(self._words.person, languages)
        return words_pattern(tuple(organisation)), words_pattern(tuple(person))


def _of(words: _ByLanguage, languages: tuple[Language, ...]) -> Iterable[str]:
    names = ("any", *(str(language) for language in languages))
    return (plain_name(word, keep=True) for name in names for word in words.get(name, ()))


def plain_name(name: str, keep: bool = False) -> str:
    """A name folded, without points (`S. R. O.` is `sro`) and with blanks for other signs; stars may be kept."""
    signs = _SIGNS_BUT_STAR if keep else _SIGNS
    without = _SPACED.sub(r"\1", fold(name)).replace(".", "")
    return signs.sub(" ", without).strip()


def names_person(name: str, text: str) -> bool:
    """Whether all words of a name stand in a text: a project that is called after a private person."""
    words = {word for word in plain_name(name).split() if len(word) >= _SHORTEST}
    return len(words) >= 2 and words <= set(plain_name(text).split())
