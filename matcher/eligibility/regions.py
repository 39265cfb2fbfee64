"""Whether a region lies in an area that a call names.

Two names that differ prove nothing: Bavaria is Bayern, and Zittau lies in Görlitz. A region is outside only
when both names are known to be different subdivisions; everything else is left open.
"""

import gettext
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
import yaml

from corpus.vocab import Verdict
from matcher.eligibility.logic import any_of

EXTRA = Path(__file__).with_name("regions.yml")
_TRANSLATIONS = ("en", "de", "fr")
_GENERIC = frozenset(
    {"oblast", "county", "region", "regione", "land", "free", "state", "of", "voivodeship", "wojewodztwo", "kraj"}
    | {"zupanija", "lan", "apskritis", "novads", "judet", "judetul", "province", "provincia", "landkreis", "district"}
)
_NUTS = re.compile(r"^[A-Z]{2}[0-9A-Z]{1,3}$")
# Cities that are a subdivision by themselves: no listed district can lie in them.
_CITY_STATES = frozenset({"DE-BE", "DE-HB", "DE-HH", "AT-9", "CZ-10", "BE-BRU", "UA-30"})
# ISO lists these beside the counties that they lie in, without saying so.
_INSIDE_OTHERS = frozenset({"City with county rights", "City with county right"})

Chain = tuple[str, ...]
"""Codes of a place, the smallest first, then those that contain it."""


def region_in(country: str, region: str, listed: Iterable[str]) -> Verdict:
    """Whether a region of a country is one of the listed areas or a part of one."""
    return any_of(_inside(country, region, name) for name in listed)


def _inside(country: str, region: str, listed: str) -> Verdict:
    if _plain(region) == _plain(listed):
        return Verdict.MEETS
    if _is_nuts(region, country) and _is_nuts(listed, country):
        return _inside_nuts(region, listed)
    ours, theirs = _chain(country, region), _chain(country, listed)
    return _inside_chain(ours, theirs) if ours else Verdict.UNKNOWN


def _is_nuts(name: str, country: str) -> bool:
    # Eurostat writes EL for Greece and UK for the United Kingdom.
    prefix = {"GR": "EL", "GB": "UK"}.get(country, country)
    return bool(_NUTS.match(name)) and name.startswith(prefix)


def _inside_nuts(region: str, listed: str) -> Verdict:
    if region.startswith(listed):
        return Verdict.MEETS
    return Verdict.UNKNOWN if listed.startswith(region) else Verdict.FAILS


def _inside_chain(ours: Chain, theirs: Chain) -> Verdict:
    if not theirs:
        return Verdict.FAILS if ours[0] in _CITY_STATES else Verdict.UNKNOWN
    if theirs[0] in ours:
        return Verdict.MEETS
    # The applicant named a larger region than the call does: the place may lie in it.
    return Verdict.UNKNOWN if ours[0] in theirs else Verdict.FAILS


def _chain(country: str, name: str) -> Chain:
    return _gazetteer(country).get(_plain(name), ())


@cache
def _gazetteer(country: str) -> dict[str, Chain]:
    """Plain names of the subdivisions of a country, with their chains of codes."""
    places: dict[str, Chain] = {}
    for name, chain in (*_official(country), *_extra(country)):
        # Where a province and a smaller district share a name, the larger one is meant more often.
        if len(chain) <= len(places.get(_plain(name), chain)):
            places[_plain(name)] = chain
    return places


def _official(country: str) -> Iterator[tuple[str, Chain]]:
    for item in subdivisions_of(country):
        if item.type in _INSIDE_OTHERS:
            continue
        chain = (item.code, *([item.parent_code] if item.parent_code else []))
        for translation in _translations():
            yield translation.gettext(item.name), chain
        yield from ((name, chain) for name in (item.name, item.name.partition(",")[0], item.code))


def _extra(country: str) -> Iterator[tuple[str, Chain]]:
    for name, place in _extra_names().get(country, {}).items():
        if isinstance(place, str):
            yield name, (place,)
        else:
            chain = (place["nuts"], place["in"])
            yield from ((name, chain), (place["nuts"], chain))


def subdivisions_of(country: str) -> list[Any]:
    """The subdivisions of a country in ISO 3166-2; none where ISO lists none."""
    found: list[Any] | None = pycountry.subdivisions.get(country_code=country)  # type: ignore[no-untyped-call] # no types
    return found or []


@cache
def _extra_names() -> dict[str, dict[str, str | dict[str, str]]]:
    names: dict[str, dict[str, str | dict[str, str]]] = yaml.safe_load(EXTRA.read_text(encoding="utf-8"))
    return names


@cache
def _translations() -> tuple[gettext.NullTranslations, ...]:
    return tuple(gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[code]) for code in _TRANSLATIONS)


@cache
def _plain(name: str) -> str:
    """A name without accents, case, brackets and words such as "county"."""
    bare = unicodedata.normalize("NFKD", re.sub(r"[\[(].*?[\])]", "", name).replace("ł", "l").replace("Ł", "L"))
    words = re.findall(r"[^\W_]+", "".join(c for c in bare if not unicodedata.combining(c)).casefold())
    return " ".join(word for word in words if word not in _GENERIC) or " ".join(words)
