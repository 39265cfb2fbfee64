"""Words that name a kind of body or a country, as mentions whose value is a code or several."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from babel import Locale

from corpus.vocab.places import EU27, country_codes
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.phrases import Phrasebook

Codes = tuple[str, ...]
_TOO_SHORT = 4


class Lexicon:
    """Finds the names of one sort; the longest name wins where one lies inside another."""

    def __init__(self, sort: Sort, names: Mapping[Codes, Iterable[str]]) -> None:
        self._sort = sort
        self._book: Phrasebook[Codes] = Phrasebook(names)

    def find(self, small: str) -> list[Mention]:
        """All names in a text of small letters."""
        return [Mention(self._sort, f.start, f.end, f.label, f.label) for f in self._book.find(small)]


def bodies(pack: Pack) -> Lexicon:
    """Names of kinds of body."""
    return Lexicon(Sort.BODY, pack.bodies.by_codes())


def places(pack: Pack) -> Lexicon:
    """Names of countries and groups: those of the file, and those of CLDR for countries that it leaves out."""
    names: dict[Codes, Iterable[str]] = dict(pack.places.by_codes())
    for code, name in _territories(pack.locale):
        names.setdefault((code,), (name,))
    return Lexicon(Sort.PLACE, names)


@cache
def _territories(locale: str) -> tuple[tuple[str, str], ...]:
    return tuple(_named(locale))


def _named(locale: str) -> Iterator[tuple[str, str]]:
    """Countries of Europe and its neighbours by their name in CLDR, where that is a plain one."""
    territories = Locale(locale).territories
    near = EU27 | {"NO", "IS", "LI", "CH", "GB", "TR", "UA", "MD", "AL", "BA", "ME", "MK", "RS", "XK", "GE", "AM"}
    for code in sorted(near & country_codes()):
        name = str(territories.get(code, "")).lower()
        if len(name) >= _TOO_SHORT:
            yield code, name
