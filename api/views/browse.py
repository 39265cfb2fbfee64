"""The lists of calls and of practices with their filters."""

from dataclasses import dataclass
from typing import ClassVar

from api.filters import ANY, CallFilter, Filter, PracticeFilter
from api.lists import DOCX_ROWS, PDF_ROWS, Facet, Listing
from api.rows import CallRow, PracticeRow
from api.wording import order_name


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Controls:
    """The form of filters: some stand in the open, the others behind one click."""

    words: str
    shown: tuple[Facet, ...]
    more: tuple[Facet, ...]
    more_open: bool
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Shortened:
    """A file that holds only the first rows of a list."""

    name: str
    held: int


@dataclass(frozen=True, slots=True)
class CallsPage:
    """The list of calls."""

    template: ClassVar[str] = "calls.html"
    path: ClassVar[str] = "/calls"

    listing: Listing[CallRow]
    wanted: CallFilter
    controls: Controls
    usual: int | None
    """Number of calls in the states that are usually shown, where no state was asked for; else None."""
    all_states: str
    """Query for calls in all states."""
    shortened: tuple[Shortened, ...]


@dataclass(frozen=True, slots=True)
class PracticesPage:
    """The list of practices."""

    template: ClassVar[str] = "practices.html"
    path: ClassVar[str] = "/practices"

    listing: Listing[PracticeRow]
    wanted: PracticeFilter
    controls: Controls
    shortened: tuple[Shortened, ...]


def calls_page(listing: Listing[CallRow], wanted: CallFilter) -> CallsPage:
    """The page for a list of calls."""
    every = wanted.but(status=(ANY,)).query()
    usual = None if wanted.status else listing.total
    form = controls(listing.facets, wanted, ("status", "country", "fund"))
    return CallsPage(listing, wanted, form, usual, every, shortened(listing.total))


def practices_page(listing: Listing[PracticeRow], wanted: PracticeFilter) -> PracticesPage:
    """The page for a list of practices."""
    form = controls(listing.facets, wanted, ("country", "size", "subject"))
    return PracticesPage(listing, wanted, form, shortened(listing.total))


def shortened(rows: int) -> tuple[Shortened, ...]:
    """Papers that hold less than a list of so many rows."""
    papers = (Shortened("DOCX", DOCX_ROWS), Shortened("PDF", PDF_ROWS))
    return tuple(paper for paper in papers if paper.held < rows)


def controls(facets: tuple[Facet, ...], wanted: Filter, in_the_open: tuple[str, ...]) -> Controls:
    """The form for a filter; what is behind the click is shown where something in it is chosen."""
    shown = tuple(facet for facet in facets if facet.field in in_the_open)
    more = tuple(facet for facet in facets if facet.field not in in_the_open)
    chosen = any(wanted.codes(facet.field) for facet in more)
    order, turned = wanted.order
    now = f"-{order}" if turned else order
    ways = [way for name in wanted.orders for way in (name, f"-{name}")]
    return Controls(wanted.q, shown, more, chosen, tuple(Order(way, order_name(way), way == now) for way in ways))
