"""Names of filters, of their choices and of orders, in the spoken language."""

from collections.abc import Mapping
from enum import StrEnum

from api.filters import ANY, UNKNOWN, Filter
from corpus.formats import number
from corpus.messages import gettext as _
from corpus.messages import ngettext, pgettext, spoken
from corpus.parts import LangText
from corpus.vocab import Language
from corpus.vocab.labels import label
from corpus.vocab.places import country_name


def field_name(field: str) -> str:
    """What a filter is called."""
    names = {
        "q": _("Words"),
        "status": _("Status"),
        "country": _("Country"),
        "fund": _("Fund"),
        "applicant": _("Who applies"),
        "subject": _("Subject"),
        "target_group": _("For whom"),
        "deadline": _("Deadline"),
        "grant": _("Largest grant"),
        "programme": _("Programme"),
        "size": _("Size of the place"),
        "kind": _("Kind"),
        "evidence": _("How well results are known"),
    }
    return names[field]


def code_name(kind: type[Filter], field: str, code: str, programmes: Mapping[str, LangText]) -> str:
    """What a choice of a filter is called."""
    known = kind.coded[field]
    if isinstance(known, type) and issubclass(known, StrEnum) and code in known.__members__.values():
        return label(known(code), spoken())
    if code in (UNKNOWN, ANY):
        return _("not known") if code == UNKNOWN else pgettext("status of calls", "any")
    if field == "country":
        return country_name(code, spoken())
    if field == "programme":
        return programme_name(code, programmes)
    return {"deadline": _deadline, "grant": _grant, "size": _size}[field](code)


def order_name(order: str) -> str:
    """What an order is called."""
    names = {
        "deadline": _("Deadline, soonest first"),
        "-deadline": _("Deadline, latest first"),
        "newest": _("Newest first"),
        "-newest": _("Oldest first"),
        "rate": _("EU share, highest first"),
        "-rate": _("EU share, lowest first"),
        "amount": _("Grant, largest first"),
        "-amount": _("Grant, smallest first"),
        "title": _("Title, from A"),
        "-title": _("Title, from the end"),
        "size": _("Place, smallest first"),
        "-size": _("Place, largest first"),
    }
    return names[order]


def sureness(confidence: str) -> str:
    """How sure it is that a source is read rightly."""
    words = {
        "confirmed": _("tried against the live site"),
        "inferred": _("written from descriptions, not tried"),
        "untested-live": _("tried on saved pages, not on the live site"),
    }
    return words.get(confidence, confidence)


def programme_name(code: str, programmes: Mapping[str, LangText]) -> str:
    """Title of a programme in the spoken language, else in English, else in any; its id where it is not known."""
    title = programmes.get(code, {})
    return title.get(spoken()) or title.get(Language.EN) or next(iter(title.values()), code)


def _deadline(code: str) -> str:
    named = {
        "later": _("in more than a year"),
        "continuous": _("open all the time"),
        "past": _("passed"),
    }
    return named.get(code) or ngettext("within {n} day", "within {n} days", int(code))


def _figures(code: str) -> tuple[str, str]:
    low, _between, high = code.partition("-")
    return number(int(low)), number(int(high)) if high else ""


def _grant(code: str) -> str:
    low, high = _figures(code)
    if not high:
        return _("more than {low} euro", low=low)
    return _("up to {high} euro", high=high) if code.startswith("0-") else _("{low} to {high} euro", low=low, high=high)


def _size(code: str) -> str:
    low, high = _figures(code)
    if not high:
        return _("{low} inhabitants and more", low=low)
    if code.startswith("0-"):
        return _("fewer than {high} inhabitants", high=high)
    return _("{low} to {high} inhabitants", low=low, high=high)
