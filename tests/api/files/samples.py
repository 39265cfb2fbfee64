"""Rows and files for the tests of files."""

import datetime as dt
from typing import Any

from api.files.table import About
from api.rows import CallRow, PracticeRow, call_row, practice_row
from corpus.vocab import Language
from tests.factories import NOW, call, page, practice

ABOUT = About("Calls", ("Fund: ERDF",), NOW, "https://isopolis.example/en/calls", "https://isopolis.example/en")

CUTOFFS = [
    {"date": "2027-02-01", "time": "17:00", "zone": "Europe/Sofia", "stage": "first", "label": "first term"},
    {"date": "2027-06-15", "indicative": True, "stage": "second"},
]
MONEY = {"grant_min": {"amount": "60000"}, "grant_max": {"amount": "200000.50"}, "rate_max": "85"}


def whole(record_id: str = "isopolis.call", title: str = "Безопасни улици", **fields: Any) -> CallRow:
    """A call of which much is known, with a title in Bulgarian."""
    plain: dict[str, Any] = {
        "title": {"bg": title},
        "original_language": "bg",
        "summary": {"en": "Streets that are safe for everybody."},
        "timeline": {"opens": {"date": "2026-10-01"}, "cutoffs": CUTOFFS},
        "money": MONEY,
        "geography": {"countries": ["BG", "EU27"]},
        "sources": [page(title="Call page"), page("other", url="https://example.org/other")],
    }
    return call_row(call(record_id, **(plain | fields)), NOW)


def bare(record_id: str = "isopolis.bare") -> CallRow:
    """A call of which nothing but the name is known."""
    return call_row(call(record_id), NOW)


def example(**fields: Any) -> PracticeRow:
    """A practice."""
    plain: dict[str, Any] = {
        "cost": {"amount": "1500", "currency": "PLN"},
        "results": [{"statement": {"en": "Rents fell."}, "level": "monitored"}],
        "paid_by": [{"fund": "ERDF"}],
    }
    return practice_row(practice(**(plain | fields)), Language.EN)


def brussels(*parts: int) -> dt.datetime:
    """A moment on the clock of Brussels, without its zone."""
    return dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  compared with the naive hour of a reader
