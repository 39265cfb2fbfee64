"""The table of what is covered: levels, places of a call, freshness."""

import datetime as dt

import pytest

from corpus.coverage import FUNDS, SHARED, Cell, Told, coverage, places_of
from corpus.raw import Cover
from corpus.snapshot import SourceState
from corpus.vocab import Fund
from tests.factories import call

DAY = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def state(name: str, *covers: Cover, good: dt.datetime | None = None) -> SourceState:
    return SourceState(
        id=name, title=name, licence="open", confidence="inferred", last_good_run=good, last_status="ok", records=1,
        covers=covers,
    )  # fmt: skip


CALLS = Cover(countries=("BG",), funds=(Fund.ESF_PLUS,), what="calls")
PLANNED = Cover(countries=("BG", "FR"), funds=(Fund.ESF_PLUS,), what="planned calls")
PRACTICES = Cover(countries=("IT",), funds=(Fund.ERDF,), what="practices")


def test_every_place_of_a_fund_has_a_cell() -> None:
    table = coverage([], [])
    assert set(table) == {(place, fund) for fund in FUNDS for place in places_of(fund)}
    assert len(places_of(Fund.ERDF)) == 28
    assert places_of(Fund.CERV) == ("EU",)
    assert {cell.level for cell in table.values()} == {"none"}


def test_levels() -> None:
    states = [state("a", CALLS, good=DAY), state("b", PLANNED), state("c", PRACTICES, good=DAY)]
    table = coverage(states, [])
    assert table["BG", Fund.ESF_PLUS].level == "crawled"
    assert table["BG", Fund.ESF_PLUS].freshest == DAY
    assert [told.source for told in table["BG", Fund.ESF_PLUS].calls] == ["a", "b"]
    assert table["FR", Fund.ESF_PLUS].level == "known"
    assert table["IT", Fund.ERDF].level == "none", "practices are no calls"


@pytest.mark.parametrize(
    ("countries", "fund", "place"),
    [
        (("BG",), Fund.ERDF, "BG"),
        (("BG", "RS"), Fund.ERDF, "BG"),
        (("EU27",), Fund.ERDF, "EU"),
        (("AT", "BE", "BG", "CY"), Fund.AMIF, "EU"),
        (("BG",), Fund.CERV, "EU"),
    ],
)
def test_where_a_curated_call_counts(countries: tuple[str, ...], fund: Fund, place: str) -> None:
    table = coverage([], [call(funds=(fund,), geography={"countries": countries})])
    assert {where for where, cell in table.items() if cell.curated} == {(place, fund)}
    assert table[place, fund].level == "curated"


def test_calls_come_before_planned_ones_and_sure_before_unsure() -> None:
    cell = Cell(
        (
            Told("planned", "planned calls", "confirmed", None),
            Told("unsure", "calls", "untested-live", None),
            Told("sure", "calls", "confirmed", None),
        )
    )
    assert [told.source for told in cell.calls] == ["sure", "unsure", "planned"]
    assert SHARED[0] in FUNDS
