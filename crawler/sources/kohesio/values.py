"""Strict readers of the cells of a Kohesio file: days, amounts, rates, points, entity numbers."""

import re
from decimal import Decimal

from corpus.errors import ValueReadError
from corpus.parts import Money
from corpus.values import read_day_first, read_decimal, read_iso_date

_ENTITY = re.compile(r"https?://(?:www\.)?linkedopendata\.eu/(?:entity|wiki/Item:|wiki)/?Q(\d{1,9})/?")
_PLAIN = re.compile(r"\d{1,18}(?:\.\d{1,18})?|\d(?:\.\d{1,18})?[eE]\+?\d{1,2}")
_MOST_DEGREES = (90, 180)


def read_entity(text: str) -> int:
    """Read the number of an entity: `https://linkedopendata.eu/entity/Q7361953`, or `Q7361953` alone.

    Raises:
        ValueReadError: it is no entity of the EU Knowledge Graph.
    """
    match = _ENTITY.fullmatch(text.strip()) or re.fullmatch(r"Q(\d{1,9})", text.strip())
    if match is None:
        raise ValueReadError(f"{text!r} is not an entity such as https://linkedopendata.eu/entity/Q7361953")
    return int(match[1])


def read_day(text: str) -> str:
    """Read a day, `04/09/2023` or `2023-09-04`, as an ISO date.

    Raises:
        ValueReadError: it is no such day.
    """
    if re.match(r"\d{4}-", text.strip()):
        return read_iso_date(text).isoformat()
    return read_day_first(text, "Europe/Brussels").date.isoformat()


def read_number(text: str) -> Decimal:
    """Read a number with a decimal point: `337478.4`, `+40000`, and `1.2E7` as programs write large ones.

    Raises:
        ValueReadError: it is no such number, or it is negative.
    """
    bare = text.strip().removeprefix("+")
    value = Decimal(bare) if _PLAIN.fullmatch(bare) else read_decimal(bare, "en")
    if value < 0:
        raise ValueReadError(f"{text!r} is negative")
    return value


def read_amount(text: str, currency: str) -> Money | None:
    """Read an amount; zero stands where nobody filled one in, so it is unknown.

    Raises:
        ValueReadError: it is no amount.
    """
    value = round(read_number(text), 2)
    return Money(amount=value, currency=currency) if value else None


def read_rate(text: str) -> Decimal | None:
    """Read the share of the EU in per cent: `40.0`; zero is unknown.

    Raises:
        ValueReadError: it is no percentage, or it may be a fraction: 0.85 is hardly less than one per cent.
    """
    value = read_number(text.strip().removesuffix("%"))
    if value > 100:
        raise ValueReadError(f"{text!r} is over 100 per cent")
    if 0 < value <= 1:
        raise ValueReadError(f"{text!r}: per cent or a fraction of one?")
    return value or None


def read_point(text: str) -> tuple[float, float] | None:
    """Read `latitude,longitude` in degrees; `0,0` is unknown.

    Raises:
        ValueReadError: it is no point on the Earth.
    """
    parts = text.split(",")
    if len(parts) != 2:
        raise ValueReadError(f"{text!r} is not a point such as 38.06,23.73")
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError as error:
        raise ValueReadError(f"{text!r} is not a point such as 38.06,23.73") from error
    if not (abs(latitude) <= _MOST_DEGREES[0] and abs(longitude) <= _MOST_DEGREES[1]):  # also when it is no number
        raise ValueReadError(f"{text!r} is not a point on the Earth: latitude comes first")
    return (latitude, longitude) if latitude or longitude else None
