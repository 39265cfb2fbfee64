"""Where practices happened: a map, and a list that says the same."""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from api.filters import PracticeFilter
from api.lists import Listing
from api.projection import HEIGHT, WIDTH, on_map, project
from api.rows import PracticeRow
from api.views.browse import Controls, controls
from corpus.messages import spoken
from corpus.model import Place
from corpus.vocab.places import country_name

Locate = Callable[[str, str], tuple[float, float] | None]
"""Latitude and longitude of a town by its name and country."""

_SMALLEST_DOT = 5.0
"""Radius of the dot of one practice, in units of the drawing; areas grow with the number."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its practices. Without a point it stands in the list only."""

    name: str
    country: str
    practices: int
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A place in the drawing, in units."""

    x: int
    y: int
    radius: float
    spot: Spot
    query: str


@dataclass(frozen=True, slots=True)
class Land:
    """A country in the drawing. `practices`: how many happened there, among those that pass the filters."""

    code: str
    path: str
    practices: int
    query: str


@dataclass(frozen=True, slots=True)
class CountryOfList:
    """A country in the list, with its places by name."""

    code: str
    name: str
    practices: int
    query: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """The map."""

    template: ClassVar[str] = "map.html"
    path: ClassVar[str] = "/map"

    listing: Listing[PracticeRow]
    wanted: PracticeFilter
    controls: Controls
    size: tuple[int, int]
    lands: tuple[Land, ...]
    dots: tuple[Dot, ...]
    countries: tuple[CountryOfList, ...]
    source: str
    unplaced: int
    """Places in the list that have no point on the map."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Outlines of countries as data of SVG paths, by code."""

    source: str
    paths: dict[str, str]


@cache
def outlines() -> Outlines:
    """The outlines of `docs/outlines.py`."""
    data = json.loads((Path(__file__).parents[1] / "outlines.json").read_text(encoding="utf-8"))
    return Outlines(data["source"], data["paths"])


def map_page(
    listing: Listing[PracticeRow], wanted: PracticeFilter, places: Iterable[tuple[Place, ...]], locate: Locate
) -> MapPage:
    """The page for practices of a filter, each with its places."""
    known = list(places)
    by_country = Counter(code for one in known for code in {place.country for place in one})
    spots = _spots(known, locate)
    dots = tuple(_dots(spots, wanted))
    form = controls(listing.facets, wanted, ("country", "size", "subject"))
    return MapPage(
        listing,
        wanted,
        form,
        (WIDTH, HEIGHT),
        tuple(_land(code, by_country[code], wanted) for code in outlines().paths),
        dots,
        tuple(_countries(spots, by_country, wanted)),
        outlines().source,
        len(spots) - len(dots),
    )


def _query(wanted: PracticeFilter, country: str) -> str:
    return wanted.but(country=(country,)).query()


def _land(code: str, practices: int, wanted: PracticeFilter) -> Land:
    return Land(code, outlines().paths[code], practices, _query(wanted, code))


def _spots(known: Iterable[tuple[Place, ...]], locate: Locate) -> list[Spot]:
    """Places by name and country, the busiest first."""
    counts: Counter[tuple[str, str]] = Counter()
    points: dict[tuple[str, str], tuple[float, float] | None] = {}
    for one in known:
        here = {(place.name, place.country): place for place in one}
        counts.update(here.keys())
        for key, place in here.items():
            points[key] = points.get(key) or _point(place)
    return [
        Spot(name, country, count, points[name, country] or locate(name, country))
        for (name, country), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _point(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _dots(spots: Iterable[Spot], wanted: PracticeFilter) -> Iterable[Dot]:
    for spot in spots:
        x, y = project(*spot.point) if spot.point else (-1.0, -1.0)
        if on_map(x, y):
            radius = round(_SMALLEST_DOT * math.sqrt(spot.practices), 1)
            yield Dot(round(x), round(y), radius, spot, _query(wanted, spot.country))


def _countries(spots: Iterable[Spot], by_country: Counter[str], wanted: PracticeFilter) -> Iterable[CountryOfList]:
    """Countries by name in the spoken language."""
    names = {code: country_name(code, spoken()) for code in by_country}
    for code in sorted(by_country, key=lambda code: names[code]):
        here = sorted((spot for spot in spots if spot.country == code), key=lambda spot: spot.name)
        yield CountryOfList(code, names[code], by_country[code], _query(wanted, code), tuple(here))
