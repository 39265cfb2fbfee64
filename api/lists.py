"""Lists of calls and of practices with their filters, counts and pages: the same object for JSON and for pages."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from api.catalogue import call_rows, catalogue, find_calls, find_practices, practice_rows
from api.errors import InvalidFieldError
from api.facets import WORDS, Found
from api.filters import UNKNOWN, CallFilter, Filter, PracticeFilter
from api.rows import CallRow, PracticeRow
from api.wording import code_name, field_name
from corpus.messages import gettext as _
from corpus.parts import LangText
from corpus.snapshot import Snapshot

PAGE = 20
"""Rows of a page."""
DOCX_ROWS, PDF_ROWS = 500, 1_000
"""Rows that a paper holds of a list: the first ones."""
_LONG = 10
"""Choices from which on a closed list is shown by name: people look for a word in it."""

Row = TypeVar("Row", CallRow, PracticeRow)


class Shape(BaseModel):
    """Base of the parts of a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Shape):
    """A choice of a filter. `count`: results with this choice alone in this filter, all other filters kept."""

    code: str
    label: str
    count: int
    chosen: bool


class Facet(Shape):
    """A filter with its choices; `unknown` counts what does not tell."""

    field: str
    label: str
    options: tuple[Option, ...]


class Active(Shape):
    """One choice that is in force, and the query without it."""

    field: str
    label: str
    value: str
    without: str


class Relaxed(Shape):
    """A filter that keeps everything away, and what there is without it."""

    field: str
    label: str
    keeps_away: int
    """Records that do not pass it."""
    results: int
    """Results without it, all other filters kept."""
    without: str


class Silent(Shape):
    """An active filter of which some records tell nothing: they may fit, and are shown by the query `including`."""

    field: str
    label: str
    count: int
    including: str


class Listing(Shape, Generic[Row]):
    """A page of a list. Queries are query strings for the same address."""

    total: int
    page: int
    pages: int
    query: str
    """The query of this page in its canonical form."""
    previous: str | None
    next: str | None
    rows: tuple[Row, ...]
    facets: tuple[Facet, ...]
    active: tuple[Active, ...]
    relaxed: tuple[Relaxed, ...]
    """Where there are no results: filters that could be dropped, the one that helps most first."""
    silent: tuple[Silent, ...]


CallList = Listing[CallRow]
PracticeList = Listing[PracticeRow]


def call_list(snapshot: Snapshot, wanted: CallFilter, now: dt.datetime, size: int = PAGE) -> Listing[CallRow]:
    """Calls as they stand at a moment.

    Raises:
        InvalidFieldError: the list has no such page.
    """
    found = find_calls(snapshot, wanted, now)
    rows = call_rows(snapshot, _on_page(found, wanted, size), now)
    return _listing(wanted, found, tuple(rows), catalogue(snapshot).programmes, size)


def practice_list(snapshot: Snapshot, wanted: PracticeFilter) -> Listing[PracticeRow]:
    """Practices.

    Raises:
        InvalidFieldError: the list has no such page.
    """
    found = find_practices(snapshot, wanted)
    rows = practice_rows(snapshot, _on_page(found, wanted, PAGE))
    return _listing(wanted, found, tuple(rows), {}, PAGE)


def _pages(found: Found, size: int) -> int:
    return max(1, -(-len(found.ids) // size))


def _on_page(found: Found, wanted: Filter, size: int) -> tuple[str, ...]:
    last = _pages(found, size)
    if wanted.page > last:
        raise InvalidFieldError("page", _("there is no page {n}: the last one is {last}", n=wanted.page, last=last))
    return found.ids[(wanted.page - 1) * size : wanted.page * size]


def _listing(
    wanted: Filter, found: Found, rows: tuple[Row, ...], programmes: Mapping[str, LangText], size: int
) -> Listing[Row]:
    page, pages = wanted.page, _pages(found, size)
    return Listing[Row](
        total=len(found.ids),
        page=page,
        pages=pages,
        query=wanted.query(),
        previous=wanted.but(page=page - 1).query() if page > 1 else None,
        next=wanted.but(page=page + 1).query() if page < pages else None,
        rows=rows,
        facets=tuple(_facet(wanted, field, found.counts[field], programmes) for field in wanted.coded),
        active=tuple(_active(wanted, programmes)),
        relaxed=tuple(_relaxed(wanted, found)) if not found.ids else (),
        silent=tuple(_silent(wanted, found)),
    )


def _facet(wanted: Filter, field: str, counts: Counter[str], programmes: Mapping[str, LangText]) -> Facet:
    chosen = wanted.chosen().get(field, frozenset())
    codes = {code for code, count in counts.items() if count} | chosen | {UNKNOWN}
    names = {code: code_name(type(wanted), field, code, programmes) for code in codes}
    options = [
        Option(code=code, label=names[code], count=counts[code], chosen=code in chosen)
        for code in _ordered(wanted, field, names)
    ]
    return Facet(field=field, label=field_name(field), options=tuple(options))


def _ordered(wanted: Filter, field: str, names: Mapping[str, str]) -> list[str]:
    """Codes in the order of their closed list, else by name; what does not tell comes last."""
    known = wanted.coded[field]
    rank = {str(code): place for place, code in enumerate(known)} if known else {}
    by_name = known is None or (isinstance(known, type) and issubclass(known, StrEnum) and len(rank) > _LONG)
    return sorted(
        names, key=lambda code: (code == UNKNOWN, 0 if by_name else rank.get(code, 0), names[code].casefold())
    )


def _active(wanted: Filter, programmes: Mapping[str, LangText]) -> Iterable[Active]:
    if wanted.q:
        yield Active(field=WORDS, label=field_name(WORDS), value=wanted.q, without=wanted.without(WORDS).query())
    for field in wanted.coded:
        for code in wanted.codes(field):
            value = code_name(type(wanted), field, code, programmes)
            without = wanted.without(field, code).query()
            yield Active(field=field, label=field_name(field), value=value, without=without)


def _silent(wanted: Filter, found: Found) -> Iterable[Silent]:
    for field, codes in wanted.chosen().items():
        count = found.counts[field][UNKNOWN]
        if count and UNKNOWN not in codes:
            including = wanted.but(**{field: (*sorted(codes), UNKNOWN)}).query()
            yield Silent(field=field, label=field_name(field), count=count, including=including)


def _relaxed(wanted: Filter, found: Found) -> list[Relaxed]:
    """Filters that can be dropped, by how much that helps, then by how much they keep away."""
    fields = sorted(found.failing, key=lambda field: (-found.kept_away[field], -found.failing[field]))
    return [
        Relaxed(
            field=field,
            label=field_name(field),
            keeps_away=found.failing[field],
            results=found.kept_away[field],
            without=wanted.without(field).query(),
        )
        for field in fields
    ]
