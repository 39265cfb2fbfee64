"""Stable ids from few, raw source keys.

An id is `<scheme>.<key>`: the register that named the thing, and the name as that register writes it.
Characters outside `A-Z a-z 0-9 . _ -` are written as `~XX` per UTF-8 byte, so that different keys can never
share an id and every id can stand in a URL. Never clean a key before it becomes an id: a better cleaner
would change every id.
"""

import re
from collections.abc import Iterable

from corpus.parts import Identifier

CANONICAL_SCHEMES = (
    "ft",  # topic identifier of the EU Funding & Tenders Portal
    "ft-cascade",  # reference of a cascade call on that portal: several share one topic identifier
    "ft-project",  # programme and project number of a funded project on that portal
    "eui",  # call or project code of the European Urban Initiative
    "uia",  # call and number of an Urban Innovative Actions project
    "cci",  # programme code of cohesion policy and home affairs funds
    "bg",  # procedure code of the Bulgarian system ISUN 2020
    "eumis",  # GUID of a procedure in the same system
    "aides",  # number of an aid in the French register Aides-territoires
    "pl",  # call number or address of a call on the Polish portal of European funds
    "lt",  # address name of a call on the Lithuanian portal of EU investments
    "nl",  # scheme of a Dutch ERDF, ESF+ or AMIF portal
    "at",  # call of an Austrian ERDF, ESF+ or JTF portal
    "interreg",  # page number of a call on interreg.eu
    "urbact",  # address name of a good practice of URBACT
    "interregeurope",  # address name of a good practice of Interreg Europe
    "kohesio",  # entity number of a funded project in Kohesio
    "portico",  # address name of a story or call in the Portico catalogue
    "euroaccess",  # call number of EuroAccess
    "opencoesione",  # link of the Italian index of opportunities
    "timetable",  # programme and row of a timetable of planned calls (Article 49(2) of Regulation (EU) 2021/1060)
    "register",  # source and own key of a call, for registers without a scheme of their own
    "isopolis",  # name of a curated file, where no register has named the thing
)
"""Schemes that name a record, best first: the id comes from the first one that a record has."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def encode(key: str) -> str:
    """Write a raw key so that it can stand in an id; reversible, so no two keys collide."""
    return _UNSAFE.sub(lambda match: "".join(f"~{byte:02X}" for byte in match.group().encode()), key)


def decode(key: str) -> str:
    """The raw key that `encode` wrote."""
    return re.sub(r"(?:~[0-9A-F]{2})+", lambda match: bytes.fromhex(match.group().replace("~", "")).decode(), key)


def make_id(scheme: str, key: str) -> str:
    """Id of the thing that a register names `key`.

    Raises:
        ValueError: the scheme is unknown or the key is empty.
    """
    if scheme not in CANONICAL_SCHEMES:
        raise ValueError(f"{scheme!r} is not an id scheme; use one of {', '.join(CANONICAL_SCHEMES)}")
    if not key.strip():
        raise ValueError(f"an id of scheme {scheme!r} needs a key")
    return f"{scheme}.{encode(key)}"


def best_id(identifiers: Iterable[Identifier]) -> str | None:
    """Id from the best canonical identifier, or None when there is none."""
    ranked = [i for i in identifiers if i.scheme in CANONICAL_SCHEMES]
    if not ranked:
        return None
    best = min(ranked, key=lambda i: CANONICAL_SCHEMES.index(i.scheme))
    return make_id(best.scheme, best.value)
