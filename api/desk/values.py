"""Values of records in words, in the spoken language: of one field at a time, as forms and differences show them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from api.fieldnames import field_name
from corpus import formats
from corpus.desk.fields import Control, Field
from corpus.difference import show
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.parts import Moment, Money
from corpus.vocab.labels import label
from corpus.vocab.places import country_name

EU27 = "EU27"


@dataclass(frozen=True, slots=True)
class Words:
    """A value in words; `language` where it is a text of a source."""

    text: str
    language: str | None = None


def label_of(path: str) -> str:
    """Name of a field of a form: ends of a range have names of their own."""
    names = {
        "title": _("Title"),
        "timeline.continuous": _("Open all the time"),
        "money.rate_min": _("Smallest EU share"),
        "money.rate_max": _("Largest EU share"),
        "duration_months_min": _("Shortest duration in months"),
        "duration_months_max": _("Longest duration in months"),
        "geography.countries": _("Countries where the money can be used"),
        "management": _("Who manages the money"),
        "authority": _("Run by"),
        "url": _("Address of the page"),
        "apply_url": _("Address for applying"),
        "practice_kind": _("What kind of story"),
        "lead": _("Who led it?"),
        "period.start": _("From (year)"),
        "period.end": _("To (year)"),
        "none_reported": _("Nothing that failed is reported"),
    }
    return names.get(path) or field_name(path)


def in_words(field: Field | None, value: Any) -> list[Words]:
    """A value as people read it, one line each."""
    if value is None or value in ("", [], {}, ()):
        return [Words(_("not known"))]
    if field is None:
        return [Words(show(value))]
    if field.control is Control.TEXT and isinstance(value, Mapping):
        return [Words(str(text), str(language)) for language, text in value.items()]
    entries = value if isinstance(value, list) else [value]
    return [Words(_entry(field, entry)) for entry in entries]


def _entry(field: Field, value: Any) -> str:
    try:
        if field.words is not None:
            return label(field.words(value), spoken())
        return _SAID.get(field.control, str)(value)
    except (ValueError, TypeError, KeyError, ArithmeticError):  # of an older version: shown as it is kept
        return show(value)


def country(code: str) -> str:
    """Name of a country or of the whole Union."""
    return _("the whole EU") if code == EU27 else country_name(code, spoken())


def _moment(value: Mapping[str, Any]) -> str:
    known = {name: value[name] for name in ("date", "time", "zone") if value.get(name)}
    moment = Moment.model_validate(known)
    day = formats.day(moment.date)
    return f"{day}, {formats.clock(moment.time)}" if moment.time else day


def _place(value: Mapping[str, Any]) -> str:
    people = value.get("population")
    parts = [str(value["name"]), country(str(value["country"])), formats.number(people) if people else ""]
    return ", ".join(part for part in parts if part)


_SAID: dict[Control, Callable[[Any], str]] = {
    Control.MONEY: lambda value: formats.money(Money.model_validate(value)),
    Control.PERCENT: lambda value: formats.percent(Decimal(str(value))),
    Control.NUMBER: lambda value: formats.number(Decimal(str(value))),
    Control.DATE: _moment,
    Control.DATES: _moment,
    Control.COUNTRIES: lambda value: country(str(value)),
    Control.YES_NO: lambda value: _("yes") if value else _("no"),
    Control.PLACES: _place,
}
