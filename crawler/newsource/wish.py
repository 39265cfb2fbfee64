"""What is wished for: the words on the command line, checked, and what follows from them."""

import keyword
import re
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal
from urllib.parse import unquote, urlsplit

import yaml
from babel.languages import get_official_languages

from corpus.parts import BRUSSELS
from corpus.vocab import Fund, Language
from corpus.vocab.places import check_country
from crawler.errors import NewSourceError
from crawler.mistakes import nearest

Kind = Literal["list", "search"]
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")


@dataclass(frozen=True, slots=True)
class Wish:
    """A source that does not exist yet. `country` is `EU` for calls that are not bound to one country."""

    id: str
    kind: Kind
    country: str
    funds: tuple[str, ...]
    url: str

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.url).hostname or ""

    @property
    def language(self) -> Language:
        """The first official language of the country that we have a code for; English where it has none."""
        official = get_official_languages(self.country, de_facto=True) if self.country != "EU" else ()
        return next((Language(code) for code in official if code in set(Language)), Language.EN)

    @property
    def zone(self) -> str:
        """The zone in which most people of the country live; Brussels where none is listed."""
        table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
        rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
        return next((row[2] for row in rows if row[0] == self.country), BRUSSELS)


def wish(name: str, kind: Kind, country: str, funds: Collection[str], url: str, taken: Collection[str]) -> Wish:
    """Check what was asked for. `taken` are names of sources and families that there are.

    Raises:
        NewSourceError: something cannot be; the text names it and says what would be right.
    """
    _check_name(name, taken)
    return Wish(name, kind, _country(country), tuple(dict.fromkeys(map(_fund, funds))), _address(url, kind))


def _check_name(name: str, taken: Collection[str]) -> None:
    # Names such as `import` and `null` mean something else in Python and in YAML.
    if not _ID.fullmatch(name) or keyword.iskeyword(name) or yaml.safe_load(name) != name:
        right = "write 2 to 40 small letters, digits and _, beginning with a letter, such as ie_calls"
        raise NewSourceError(f"ID: {name!r} cannot be the name of a source: {right}")
    if name in taken:
        raise NewSourceError(f"ID: there is a source {name} already: choose another name, or edit that one")


def _country(code: str) -> str:
    if code == "EU":
        return code
    try:
        return check_country(code)
    except ValueError as error:
        raise NewSourceError(f"--country: {error}; or EU for calls that are not bound to one country") from error


def _fund(name: str) -> str:
    by_case = {str(fund).casefold(): str(fund) for fund in Fund}
    found = by_case.get(name.casefold())
    if found is None:
        remedy = nearest(name, by_case.values()) or f"there are: {', '.join(by_case.values())}"
        raise NewSourceError(f"--fund: {name!r} is no fund; {remedy}")
    return found


def _address(url: str, kind: Kind) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc):
        raise NewSourceError(
            f"--url: {url!r}: write a whole address that begins with https://, such as https://calls.example.org/open"
        )
    if re.search(r"[\s'\"\\#{}$]", unquote(url)):
        raise NewSourceError(f"--url: {url!r}: blanks, quotes, braces and anchors cannot stand in it: leave them out")
    # A search is asked with the number of the page behind its address.
    return f"{url}?" if kind == "search" and not parts.query else url
