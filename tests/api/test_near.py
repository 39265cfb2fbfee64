"""What stands beside a record without an idea."""

import datetime as dt

import pytest

from api.near import (
    calls_of_programme,
    combined_with,
    later_than,
    linked,
    paying_today,
    practices_of,
    practices_of_programme,
    rules_of_combining,
)
from corpus.snapshot import Snapshot
from tests.matcher.factory import (
    CALLS,
    DAY_CENTRES_2024,
    DAY_CENTRES_BG,
    NOW,
    RECORDS,
    ROMA_HOUSE,
    World,
    call,
    changed,
)

HOUSE = call(
    "bg.house",
    "Houses for children",
    "Repairs the houses in which day centres for Roma children are.",
    funds=["ERDF"],
    target_groups=["roma", "children"],
    subjects=["early_childhood"],
    geography={"countries": ["BG"]},
)
HOUSE_ABROAD = changed(HOUSE, id="pl.house", geography={"countries": ["PL"]})
HOUSE_OLD = changed(HOUSE, id="bg.house-old", timeline={"cutoffs": [{"date": "2020-01-01"}]})
NEXT = changed(HOUSE, id="eu.next", funds=["ESF+"], relations=[{"kind": "follows", "target": DAY_CENTRES_2024.id}])
PLANNED = changed(
    DAY_CENTRES_BG,
    id="bg.planned",
    timeline={"opens": {"date": "2027-09-01"}, "opens_indicative": True},
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    world = World(tmp_path_factory.mktemp("near"), None)  # type: ignore[arg-type]
    return world.write([*RECORDS, HOUSE, HOUSE_ABROAD, HOUSE_OLD, NEXT, PLANNED])


def test_practices_paid_by_the_programme_come_first_and_say_why(snapshot: Snapshot) -> None:
    first = practices_of(snapshot, DAY_CENTRES_BG)[0]
    assert first.row.id == ROMA_HOUSE.id
    assert first.why[0] == "paid by this call or its programme"


def test_a_practice_that_shares_nothing_does_not_stand_there(snapshot: Snapshot) -> None:
    assert "isopolis.choir" not in {near.row.id for near in practices_of(snapshot, DAY_CENTRES_BG)}
    assert practices_of(snapshot, next(c for c in CALLS if c.id == "creative.museums")) == ()


def test_only_the_other_side_in_the_same_country_and_still_ahead_combines(snapshot: Snapshot) -> None:
    assert [near.row.id for near in combined_with(snapshot, DAY_CENTRES_BG, NOW)] == [HOUSE.id]
    assert DAY_CENTRES_BG.id in {near.row.id for near in combined_with(snapshot, HOUSE, NOW)}


def test_what_a_source_names_as_combinable_comes_first(snapshot: Snapshot) -> None:
    named = changed(DAY_CENTRES_BG, relations=[{"kind": "combinable_with", "target": "eu.homeless"}])
    first = combined_with(snapshot, named, NOW)[0]
    assert (first.row.id, first.why) == ("eu.homeless", "named as combinable by its source")


def test_rules_on_double_funding_are_those_of_its_funds() -> None:
    horizon = changed(DAY_CENTRES_BG, funds=["Horizon Europe"])
    assert len(rules_of_combining(horizon)) == 2
    assert all(law.url.startswith("https://eur-lex.europa.eu/") for law in rules_of_combining(DAY_CENTRES_BG))


def test_what_follows_a_closed_call_is_named(snapshot: Snapshot) -> None:
    assert [near.row.id for near in later_than(snapshot, DAY_CENTRES_2024, NOW)] == [NEXT.id]


def test_a_planned_call_of_the_same_programme_comes_later(snapshot: Snapshot) -> None:
    (later,) = later_than(snapshot, DAY_CENTRES_BG, NOW)
    assert (later.row.id, later.why) == (PLANNED.id, "of the same programme, with the same subjects")


def test_a_call_leads_to_the_one_it_names(snapshot: Snapshot) -> None:
    assert [(kind, row.id) for kind, row in linked(snapshot, NEXT, NOW)] == [("follows", DAY_CENTRES_2024.id)]


def test_a_practice_names_the_calls_that_pay_today_and_only_those(snapshot: Snapshot) -> None:
    today = {call.id for call in paying_today(snapshot, ROMA_HOUSE, NOW)}
    assert today == {DAY_CENTRES_BG.id, PLANNED.id}
    much_later = NOW + dt.timedelta(days=4000)
    assert paying_today(snapshot, ROMA_HOUSE, much_later) == ()


def test_a_programme_shows_its_calls_what_is_open_first(snapshot: Snapshot) -> None:
    rows = calls_of_programme(snapshot, "cci.2021BG05SFPR002", NOW)
    assert [row.id for row in rows] == [DAY_CENTRES_BG.id, PLANNED.id]
    assert [row.id for row in practices_of_programme(snapshot, "cci.2021BG05SFPR002")] == [ROMA_HOUSE.id]
