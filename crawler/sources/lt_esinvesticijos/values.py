"""Values as the portal writes them: hours beside ISO days, two notations of money, shares with a word behind them."""

import datetime as dt
import re
from decimal import Decimal

from corpus.errors import ValueReadError
from corpus.parts import Moment, Money
from corpus.values import clean, read_money, read_percent

VILNIUS = "Europe/Vilnius"
_MOMENT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[ T](?P<hour>\d{2}:\d{2})(?::\d{2})?)?(?:\s+(?P<rest>\S.*))?")
_DOT = re.compile(r"\d{1,3}(?: \d{3})*\.\d{2}(?!\d)")
_RATE = re.compile(
    r"(?P<most>(?:iki|ne daugiau kaip)\s+)?(?P<number>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:proc\.?|%|procent\w*)"
)
_BARE = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)")
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


def split_moment(text: str) -> tuple[str, str]:
    """A day with its hour, and the words behind it: `2025-02-28 17:00 Pasibaigęs`."""
    match = _MOMENT.fullmatch(clean(text))
    rest = (match["rest"] or "") if match else ""
    return (clean(text).removesuffix(rest).strip() if rest else clean(text)), rest


def read_moment(text: str) -> Moment:
    """Read `2025-01-20 08:00` on the clocks of Vilnius; a day without an hour stays a day.

    Raises:
        ValueReadError: it is no such day, or the day does not exist.
    """
    match = _MOMENT.fullmatch(clean(text))
    if match is None or match["rest"]:
        raise ValueReadError(f"{text!r} is not a day such as 2025-01-20 or 2025-01-20 08:00")
    try:
        day = dt.date.fromisoformat(match["day"])
        hour = dt.time.fromisoformat(match["hour"]) if match["hour"] else None
    except ValueError as error:
        raise ValueReadError(f"{text!r} is not a day: {error}") from error
    return Moment(date=day, time=hour, zone=VILNIUS if hour else None)


def read_amount(text: str) -> Money:
    """Read `213 999,99 €`, or `528 256 000.00 Eur` of older pages: two digits behind a dot are cents.

    Raises:
        ValueReadError: no single amount, or none with a currency.
    """
    compact = clean(text).replace("Eur", "EUR")
    return read_money(compact, "en" if _DOT.match(compact) else "lt")


def read_rates(cells: list[str], bare: bool) -> tuple[Decimal | None, Decimal]:
    """Read the lowest and the highest share of some cells, such as `92,5 proc.` or `iki 85 proc.`.

    Args:
        cells: texts that hold one share each, with a remark in brackets at most.
        bare: whether a number alone is a share, as in a column of that name.

    Raises:
        ValueReadError: a cell says more or less than one share.
    """
    found = [_rate(cell, bare) for cell in cells]
    if not found:
        raise ValueReadError("no share is told")
    most = max(value for value, _ in found)
    return (None if any(upper for _, upper in found) else min(value for value, _ in found)), most


def _rate(cell: str, bare: bool) -> tuple[Decimal, bool]:
    compact = _REMARK.sub("", clean(cell)).rstrip(".") if bare else _REMARK.sub("", clean(cell))
    match = _RATE.fullmatch(compact) or (_BARE.fullmatch(compact) if bare else None)
    if match is None:
        raise ValueReadError(f"{cell!r} is not one share such as 92,5 proc.")
    return read_percent(f"{match['number']}%"), bool(match.groupdict().get("most"))
