"""What is covered: for every country and fund, which sources tell of it, how sure they are and how fresh.

Pure: states of sources and records in, a table out. `EU` stands for money that is not bound to one country.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from corpus.model import Call, RecordBase
from corpus.snapshot import SourceState
from corpus.vocab import EU27, Fund

SHARED = (Fund.ERDF, Fund.ESF_PLUS, Fund.JTF, Fund.AMIF)
"""Funds that member states manage: every country has calls of its own."""

FUNDS = (*SHARED, Fund.INTERREG, Fund.EUI, Fund.CERV)
"""Columns of the table: the funds that a town meets first."""

PLACES = ("EU", *sorted(EU27))
"""Rows of the table."""

Level = Literal["crawled", "known", "curated", "none"]
"""crawled: a source of calls had a good run; known: there is a source, and it had none yet; curated: only records
that people entered; none: not covered."""

_SURE = ("confirmed", "inferred", "untested-live")


@dataclass(frozen=True, slots=True)
class Told:
    """One source that tells of a fund in a country."""

    source: str
    what: str
    confidence: str
    last_good_run: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one fund in one country."""

    told: tuple[Told, ...] = ()
    curated: int = 0

    @property
    def calls(self) -> tuple[Told, ...]:
        """Sources of calls, open or planned, best first."""
        found = [told for told in self.told if told.what != "practices"]
        return tuple(sorted(found, key=lambda t: (t.what != "calls", _SURE.index(t.confidence), t.source)))

    @property
    def level(self) -> Level:
        """How well calls are covered."""
        if any(told.last_good_run for told in self.calls):
            return "crawled"
        if self.calls:
            return "known"
        return "curated" if self.curated else "none"

    @property
    def freshest(self) -> dt.datetime | None:
        """Last good run of any source of calls."""
        return max((told.last_good_run for told in self.calls if told.last_good_run), default=None)


Coverage = dict[tuple[str, Fund], Cell]
"""Cells by country and fund: one for every place of a shared fund, and that of the EU for every other."""


def places_of(fund: Fund) -> tuple[str, ...]:
    """Where calls of a fund are looked for."""
    return PLACES if fund in SHARED else ("EU",)


def coverage(states: Iterable[SourceState], records: Iterable[RecordBase]) -> Coverage:
    """The table of what is covered."""
    told: dict[tuple[str, Fund], list[Told]] = defaultdict(list)
    for state in states:
        for cover in state.covers:
            entry = Told(state.id, cover.what, state.confidence, state.last_good_run)
            for country in cover.countries:
                for fund in cover.funds:
                    told[country, fund].append(entry)
    curated: Counter[tuple[str, Fund]] = Counter()
    for record in records:
        if isinstance(record, Call):
            curated.update((place, fund) for fund in record.funds for place in _places(record, fund))
    return {
        (place, fund): Cell(tuple(told[place, fund]), curated[place, fund])
        for fund in FUNDS
        for place in places_of(fund)
    }


def _places(call: Call, fund: Fund) -> tuple[str, ...]:
    """Countries of a call where it names few; a call for many countries is one of the EU."""
    if fund not in SHARED:
        return ("EU",)
    named = [place for place in (call.geography.countries if call.geography else ()) if place in EU27]
    return tuple(named) if 0 < len(named) <= 3 else ("EU",)
