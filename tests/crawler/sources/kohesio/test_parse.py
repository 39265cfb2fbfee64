"""A whole file: every row is accounted for, the order of rows plays no part, and nothing piles up."""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.kohesio_rows import row, rows, write_file
from corpus.issues import Level
from corpus.model import Practice
from corpus.vocab import LocationMeaning
from crawler.parsing import Parsed
from crawler.sources.kohesio import parse
from crawler.sources.kohesio.guide import Guide
from crawler.sources.kohesio.issues import CappedLog
from crawler.sources.kohesio.listing import FileKey
from crawler.sources.kohesio.spool import Spool
from tests.crawler.reading import config

NOW = dt.datetime(2026, 7, 1, 6, 30, tzinfo=dt.UTC)
CONFIG = config("kohesio")
GUIDE = Guide.load(CONFIG)
KEY = FileKey("data/projects-2021-2027/latest/FR-pp21-27-latest.csv", "2021-2027", "FR", "latest")


def read(path: Path, found: Iterator[dict[str, str]]) -> tuple[Parsed, parse.Tally]:
    write_file(path / "rows.csv", found)
    parsed, tally = Parsed(), parse.Tally()
    for _, bit in parse.parse_file(path / "rows.csv", KEY, GUIDE, tally, NOW):
        parsed.absorb(bit)
    return parsed, tally


def practices(parsed: Parsed) -> dict[str, Practice]:
    return {raw.key: raw.record for raw in parsed.records if isinstance(raw.record, Practice)}


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    parsed, tally = read(tmp_path, rows(3000))
    found = practices(parsed)
    joined = sum("Association des voisins" in str(one.partners) for one in found.values())
    assert tally.rows == 3000 == tally.joined + sum(tally.left_out.values())
    assert tally.records == len(found) > 700
    assert tally.joined == len(found) + joined > len(found) + 20
    assert tally.left_out["told again of the same place"] > 0
    assert parsed.ignored == tally.left_out
    assert str(tally).startswith("3,000 rows read, ")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]  # the spool is gone


def test_private_persons_are_nowhere(tmp_path: Path) -> None:
    parsed, _ = read(tmp_path, rows(2000))
    assert not [key for key, one in practices(parsed).items() if "Nomdefamille" in one.model_dump_json()]


def test_a_place_is_never_said_to_be_that_of_the_work(tmp_path: Path) -> None:
    parsed, _ = read(tmp_path, rows(300))
    meanings = {place.meaning for one in practices(parsed).values() for place in one.places}
    assert meanings == {LocationMeaning.NOT_SAID}


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_the_rows_plays_no_part(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    found = list(rows(400))
    in_order, tally = read(tmp_path_factory.mktemp("one"), iter(found))
    random.Random(seed).shuffle(found)  # noqa: S311  any order will do
    shuffled, again = read(tmp_path_factory.mktemp("two"), iter(found))

    def told(parsed: Parsed) -> dict[str, object]:
        """What is told of each project; names of beneficiaries come in the order of the rows."""
        return {
            key: (one.title, one.summary, one.places, sorted({*one.partners, one.lead or ""}))
            for key, one in practices(parsed).items()
        }

    assert told(shuffled) == told(in_order)
    assert again == tally


def test_rows_of_a_project_that_disagree(tmp_path: Path) -> None:
    same = {"Category_Of_Intervention": "158", "Category_Label": ""}
    parsed, _ = read(tmp_path, iter([row(1, **same), row(1, **same, Total_Eligible_Expenditure_amount="7000.0")]))
    (found,) = practices(parsed).values()
    assert found.cost is None
    assert found.paid_by[0].amount is not None
    assert [issue.code for issue in parsed.issues] == ["rows_disagree"]


def test_a_file_without_one_project_of_ours_is_looked_at(tmp_path: Path) -> None:
    parsed, tally = read(tmp_path, (row(number, Category_Of_Intervention="010") for number in range(1200)))
    assert tally.records == 0
    assert [(issue.code, issue.level) for issue in parsed.issues] == [("nothing_kept", Level.ERROR)]


def test_a_project_of_a_shape_that_nobody_foresaw_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = parse.read_project

    def broken(number: int, *rest: object) -> object:
        if number == 7_000_003:
            raise KeyError("surprise")
        return real(number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(parse, "read_project", broken)
    same = {"Category_Of_Intervention": "158", "Category_Label": ""}
    parsed, tally = read(tmp_path, (row(number, **same) for number in range(6)))
    assert (tally.records, tally.left_out["unreadable"]) == (5, 1)
    assert [(issue.key, issue.code) for issue in parsed.issues] == [("Q7000003", "crash")]


def test_records_come_in_batches_and_rows_are_counted_on_the_way(tmp_path: Path) -> None:
    write_file(tmp_path / "rows.csv", rows(2500))
    bits = list(parse.parse_file(tmp_path / "rows.csv", KEY, GUIDE, parse.Tally(), NOW))
    assert [number for number, _ in bits if number] == [1000, 1000, 500]
    assert max(len(parsed.records) for _, parsed in bits) == 200


def test_many_issues_of_one_kind_are_counted() -> None:
    log = CappedLog("kohesio", "FR")
    for number in range(25):
        log.add(f"Q{number}", "start", "unreadable", "no day")
    log.lost("Q1", "country", "no_country", "none")
    assert len(log.take()) == 21
    assert log.take() == []
    (rest,) = log.rest()
    assert (rest.code, rest.field, rest.message) == ("more", "start", "5 more issues of this kind (unreadable)")


def test_the_spool_finds_rows_again(tmp_path: Path) -> None:
    with Spool(tmp_path / "kept") as spool:
        for project, twin, name in ((9, "a", "x"), (3, "b", "y"), (9, "a", "z"), (4, "b", "repeats 3"), (5, "c", "v")):
            spool.add(project, twin, {"name": name})
        spool.close_writing()
        found = [(project, [one["name"] for one in kept]) for project, kept in spool.projects()]
        assert spool.rows == 5
    assert found == [(3, ["y"]), (5, ["v"]), (9, ["x", "z"])]
    assert list(tmp_path.iterdir()) == []
