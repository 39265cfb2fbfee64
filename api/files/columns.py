"""Columns of rows: key, heading in the spoken language, and what stands in the cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from api.errors import InvalidFieldError
from api.files.values import Share, Value
from api.rows import CallRow, PracticeRow, RowBase, RowPlace
from api.wording import programme_name
from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import pgettext, spoken
from corpus.parts import Cutoff, LangText, Moment
from corpus.vocab.labels import label
from corpus.vocab.places import country_name

R_contra = TypeVar("R_contra", contravariant=True)
R = TypeVar("R")

ALWAYS = ("checked", "sources")
"""Columns that no choice leaves out: a fact without its source is no fact."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R_contra]):
    """A column of a table."""

    key: str
    heading: str
    value: Callable[[R_contra], Value]


Programmes = Mapping[str, LangText]
"""Titles of programmes by their ids."""
NO_PROGRAMMES: Programmes = MappingProxyType({})


def call_columns(programmes: Programmes = NO_PROGRAMMES) -> tuple[Column[CallRow], ...]:
    """All columns of a call; a programme that is not among those given is named by its id."""
    return (
        Column("title", _("Title"), lambda r: r.title),
        Column("status", _("Status"), lambda r: label(r.status, spoken())),
        Column("next_cutoff", _("Next deadline"), next_deadline),
        Column("next_hour", _("Hour of the deadline"), lambda r: hour(r.next_cutoff)),
        Column("days_left", _("Days left"), lambda r: r.days_left),
        Column("opens", _("Opens"), lambda r: r.opens.date if r.opens else None),
        Column("cutoffs", _("All deadlines"), deadlines),
        Column("grant_min", _("Smallest grant"), lambda r: r.grant_min),
        Column("grant_max", _("Largest grant"), lambda r: r.grant_max),
        Column("budget", _("Money in all"), lambda r: r.budget),
        Column("rate", _("EU pays up to (%)"), lambda r: None if r.rate_max is None else Share(r.rate_max)),
        Column("own_share", _("You pay at least (%)"), lambda r: None if r.own_share is None else Share(r.own_share)),
        Column("lump_sum", _("Lump sum"), lambda r: None if r.lump_sum is None else _yes(r.lump_sum)),
        Column("funds", _("Funds"), lambda r: _labels(r.funds)),
        Column("programme", _("Programme"), lambda r: programme_name(r.programme, programmes) if r.programme else None),
        Column("countries", _("Where the money can be used"), where),
        Column("applicant_types", _("Who can apply"), lambda r: _labels(r.applicant_types)),
        *_shared_columns(),
        Column("apply_url", _("Where to apply"), lambda r: r.apply_url),
        *_last_columns(),
    )


def practice_columns() -> tuple[Column[PracticeRow], ...]:
    """All columns of a practice."""
    return (
        Column("title", _("Title"), lambda r: r.title),
        Column("kind", _("Kind"), lambda r: label(r.kind, spoken())),
        Column("place", _("Town"), lambda r: "; ".join(place.name for place in r.places)),
        Column("countries", _("Country"), _countries_of),
        Column("population", _("Inhabitants"), lambda r: _inhabitants(r.places)),
        Column("start", _("From"), lambda r: r.start),
        Column("end", _("To"), lambda r: r.end),
        Column("cost", _("Cost"), lambda r: r.cost),
        Column("payers", _("Who paid"), payers_of),
        Column("funds", _("Funds"), lambda r: _labels(r.funds)),
        Column("results", _("Results"), results_of),
        *_shared_columns(),
        *_last_columns(),
    )


def _shared_columns() -> tuple[Column[RowBase], ...]:
    return (
        Column("subjects", _("Subjects"), lambda r: _labels(r.subjects)),
        Column("target_groups", _("For"), lambda r: _labels(r.target_groups)),
        Column("summary", _("Summary"), lambda r: r.summary or None),
    )


def _last_columns() -> tuple[Column[RowBase], ...]:
    return (
        Column("id", _("Number"), lambda r: r.id),
        Column("url", _("Page at the source"), lambda r: r.url),
        Column("checked", _("Checked"), lambda r: r.checked),
        Column("sources", _("Sources"), lambda r: " ; ".join(dict.fromkeys(source.url for source in r.sources))),
    )


def choose(columns: Sequence[Column[R]], keys: str) -> tuple[Column[R], ...]:
    """The columns named in a list with commas, in the order of the list, then those that always come.

    Raises:
        InvalidFieldError: a name is no column.
    """
    wanted = list(dict.fromkeys(key.strip() for key in keys.split(",") if key.strip()))
    if not wanted:
        return tuple(columns)
    by_key = {column.key: column for column in columns}
    unknown = [key for key in wanted if key not in by_key]
    if unknown:
        right = ", ".join(by_key)
        raise InvalidFieldError("columns", _("{name} is no column; there are: {names}", name=unknown[0], names=right))
    return tuple(by_key[key] for key in dict.fromkeys((*wanted, *ALWAYS)))


def hour(moment: Moment | None) -> str | None:
    """Hour of a moment on the clock there; None where none is known."""
    if moment is None or moment.time is None:
        return None
    return f"{formats.clock(moment.time)} ({moment.zone or 'Europe/Brussels'})"


def next_deadline(row: CallRow) -> Value:
    """Day of the next cut-off; else that there is none, or that all are over; None where nothing is known."""
    if row.next_cutoff is not None:
        return row.next_cutoff.date
    if row.continuous:
        return _("open all the time")
    return _("all have passed") if row.cutoffs else None


def deadline(cutoff: Cutoff) -> str:
    """A cut-off as a person reads it."""
    day = formats.day(cutoff.date)
    text = _("{date} at {time}", date=day, time=hour(cutoff)) if cutoff.time else day
    label_ = f"{cutoff.label}: " if cutoff.label else ""
    return f"{label_}{text} ({_('indicative')})" if cutoff.indicative else f"{label_}{text}"


def deadlines(row: CallRow) -> str | None:
    """Every cut-off of a call, or that it can be applied for at any time; None where neither is known."""
    found = "; ".join(deadline(cutoff) for cutoff in row.cutoffs)
    return found or (_("open all the time") if row.continuous else None)


def where(row: CallRow) -> str | None:
    """Where the money of a call can be used."""
    if row.anywhere:
        return pgettext("where money can be used", "anywhere")
    names = (_("the whole EU") if code == "EU27" else country_name(code, spoken()) for code in row.countries)
    return "; ".join(names) or None


def payers_of(row: PracticeRow) -> str | None:
    """Who paid for a practice."""
    names = (paid.payer or (label(paid.fund, spoken()) if paid.fund else None) or paid.programme for paid in row.payers)
    return "; ".join(dict.fromkeys(name for name in names if name)) or None


def results_of(row: PracticeRow) -> str | None:
    """What came of a practice, each result with how well it is known."""
    return "; ".join(f"{result.statement} ({label(result.level, spoken())})" for result in row.results) or None


def _countries_of(row: PracticeRow) -> str:
    return "; ".join(dict.fromkeys(country_name(place.country, spoken()) for place in row.places))


def _inhabitants(places: Sequence[RowPlace]) -> Value:
    if len(places) == 1:
        return places[0].population
    known = [formats.number(place.population) for place in places if place.population is not None]
    return "; ".join(known) if len(known) == len(places) else None


def _labels(codes: Iterable[object]) -> str | None:
    return "; ".join(label(code, spoken()) for code in codes) or None  # type: ignore[arg-type]


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
