"""Where a project is, as the file says it: municipalities, else regions, else the country as a whole.

The place may be that of the work or that of the beneficiary's office: the file does not say which.
"""

from typing import Any

from corpus.values import read_country
from corpus.vocab import LocationMeaning
from corpus.vocab.places import ALIASES, country_name
from crawler.fields import Fields, read
from crawler.parsing import Facts
from crawler.sources.kohesio.table import Row, values
from crawler.sources.kohesio.values import read_point

Place = dict[str, Any]
_LEVELS = ("nuts3", "nuts2", "nuts1")


def countries_of(fields: Fields) -> tuple[str, ...]:
    """Codes of the countries of a project; the name is tried before the code beside it."""
    names, codes = values(fields.text("country") or ""), values(fields.text("country_code") or "")
    found = [read(fields, "country", name, read_country) for name in names or codes]
    return tuple(dict.fromkeys(code for code in found if code))


def put_places(fields: Fields, countries: tuple[str, ...], most: int, facts: Facts) -> None:
    """Places of a project, at most so many."""
    regions = _regions(fields, countries)
    towns, town_ids = values(fields.text("lau") or ""), values(fields.text("lau_id") or "")
    points = values(fields.text("point") or "")
    found = _towns(towns, town_ids, regions, countries) or regions or _countries(countries)
    found = [place | {"meaning": LocationMeaning.NOT_SAID} for place in found[:most]]
    if len(found) == 1 and len(points) == 1 and (point := read(fields, "point", points[0], read_point)):
        found[0] |= {"latitude": point[0], "longitude": point[1]}
    said = [*towns[:most], *(str(place["name"]) for place in regions[:most]), *points[:1]]
    facts.put("places", tuple(found), raw="; ".join(dict.fromkeys(said)) or None)


def _towns(names: list[str], ids: list[str], regions: list[Place], countries: tuple[str, ...]) -> list[Place]:
    """Municipalities; their region is known when there is only one."""
    region = {"region": regions[0]["name"]} if len(regions) == 1 else {}
    nuts = {"nuts": regions[0]["nuts"]} if len(regions) == 1 and "nuts" in regions[0] else {}
    places = []
    for number, name in enumerate(names):
        prefix = ids[number][:2] if len(ids) == len(names) else ""
        country = _of_prefix(prefix, countries)
        if country:
            places.append({"name": name, "country": country} | region | nuts)
    return places


def _regions(fields: Fields, countries: tuple[str, ...]) -> list[Place]:
    """Regions of the finest level that the file gives."""
    levels = [(values(fields.text(f"{level}_label") or ""), values(fields.text(level) or "")) for level in _LEVELS]
    for labels, codes in levels:
        names = labels or codes
        paired = codes if len(codes) == len(names) else [""] * len(names)
        places = [_region(name, code, countries, fields) for name, code in zip(names, paired, strict=True)]
        if known := [place for place in places if place]:
            return known
    return []


def _region(name: str, code: str, countries: tuple[str, ...], fields: Fields) -> Place | None:
    country = _of_prefix(code[:2], countries)
    if code and not country:
        fields.odd("nuts", "other_country", "a region of another country than the project's", f"{code} {name}")
    if not country:
        return None
    return {"name": name, "country": country} | ({"nuts": code} if code else {})


def _of_prefix(prefix: str, countries: tuple[str, ...]) -> str | None:
    """The country of a regional code; without one, the project's only country."""
    if not prefix.isalpha():
        return countries[0] if len(countries) == 1 else None
    country = ALIASES.get(prefix, prefix)
    return country if country in countries else None


def _countries(countries: tuple[str, ...]) -> list[Place]:
    return [{"name": country_name(code), "country": code} for code in countries]


def place_key(row: Row) -> str:
    """What tells places apart, for finding the same story told again of the same place."""
    names = ("lau_id", "lau", "nuts3", "nuts3_label", "nuts2", "nuts2_label")
    return next((row[name] for name in names if row.get(name)), row.get("country", ""))
