"""What is known, how fresh it is, and what is not covered."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from corpus.coverage import FUNDS, PLACES, SHARED, Cell, Coverage
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Programme
from corpus.snapshot import Manifest, SourceState
from corpus.vocab import CoverageState, Fund
from corpus.vocab.places import country_name


@dataclass(frozen=True, slots=True)
class Row:
    """A country, or the Union for money bound to none, with a cell a fund; None where there is no such money."""

    code: str
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A fund with the countries of which no call is known."""

    fund: Fund
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The page on coverage."""

    template: ClassVar[str] = "coverage.html"

    built_at: dt.datetime
    counts: dict[str, int]
    curated: int
    funds: tuple[Fund, ...]
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    sources: tuple[SourceState, ...]
    """Those that had a good run first, the freshest of them at the top."""
    never: int
    """Sources that had no good run yet."""
    programmes: tuple[tuple[CoverageState, int], ...]


def coverage_page(manifest: Manifest, table: Coverage, programmes: Iterable[Programme]) -> CoveragePage:
    """The page for a snapshot."""
    states = Counter(programme.coverage for programme in programmes)
    return CoveragePage(
        manifest.built_at,
        manifest.counts,
        manifest.curated,
        FUNDS,
        tuple(_row(place, table) for place in _places()),
        tuple(gap for fund in SHARED if (gap := _gap(fund, table)).countries),
        tuple(sorted(manifest.sources, key=_freshest_first)),
        sum(1 for source in manifest.sources if source.last_good_run is None),
        tuple((state, states[state]) for state in CoverageState if states[state]),
    )


def _places() -> tuple[str, ...]:
    """The Union first, then countries by their names in the spoken language."""
    return tuple(sorted(PLACES, key=lambda code: (code != "EU", _name(code))))


def _name(code: str) -> str:
    return _("The whole EU") if code == "EU" else country_name(code, spoken())


def _row(place: str, table: Coverage) -> Row:
    return Row(place, _name(place), tuple(table.get((place, fund)) for fund in FUNDS))


def _gap(fund: Fund, table: Coverage) -> Gap:
    missing = [place for place in _places() if place != "EU" and table[place, fund].level == "none"]
    return Gap(fund, tuple(_name(place) for place in missing))


def _freshest_first(source: SourceState) -> tuple[float, str]:
    return (-source.last_good_run.timestamp() if source.last_good_run else 0.0, source.title)
