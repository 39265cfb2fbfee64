"""What can stand in a cell, as a person reads it and as a program does."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from corpus import formats
from corpus.messages import gettext as _
from corpus.parts import Money

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent."""

    value: Decimal


Value = str | int | dt.date | Money | Share | None
"""None is not known."""


def clean(text: str) -> str:
    """A text without signs that no XML document may hold (XML 1.0, 2.2)."""
    return _FORBIDDEN.sub("", text)


def begins_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula (OWASP, CSV injection)."""
    return text.startswith(_FORMULA)


def shown(value: Value) -> str:
    """A value for a person, in the spoken language."""
    if value is None:
        return _("not known")
    if isinstance(value, dt.date):
        return formats.day(value)
    if isinstance(value, Money):
        return formats.money(value)
    if isinstance(value, Share):
        return formats.percent(value.value)
    return value if isinstance(value, str) else formats.number(value)


def plain(value: Value) -> str:
    """A value for a program: dates by ISO 8601, amounts with a point and their currency, empty where not known."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Money):
        return f"{value.amount:f} {value.currency}"
    if isinstance(value, Share):
        return f"{value.value:f}"
    return str(value)
