"""The history of records in a snapshot: written in the order of ids, found again by halving."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.events import HISTORY, Event, EventKind, FieldChange, read_history, write_history

DAY = dt.date(2026, 11, 20)
SEEN = Event(day=DAY, kind=EventKind.SEEN, source="source-a", title="Register")
CHANGED = Event(
    day=DAY + dt.timedelta(days=3),
    kind=EventKind.CHANGED,
    source="source-a",
    changes=(FieldChange(path="money.budget", before=None, after={"amount": "1000", "currency": "EUR"}),),
)
NAMES = st.from_regex(r"[a-z]{1,4}\.[A-Za-z0-9._~-]{1,8}", fullmatch=True)


@settings(max_examples=50)
@given(st.sets(NAMES, max_size=12), NAMES)
def test_every_record_has_its_own_events_and_no_other_has_any(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], other: str
) -> None:
    folder = tmp_path_factory.mktemp("snapshot")
    write_history(folder, [(name, [SEEN.model_copy(update={"title": name})]) for name in sorted(names)])
    for name in names:
        assert [event.title for event in read_history(folder, name)] == [name]
    assert read_history(folder, other) == () or other in names


def test_what_is_read_is_what_was_written_the_newest_first(tmp_path: Path) -> None:
    write_history(tmp_path, [("ft.A", [SEEN, CHANGED]), ("ft.B", [])])
    assert read_history(tmp_path, "ft.A") == (CHANGED, SEEN)
    assert (tmp_path / HISTORY).read_text().count("\n") == 1


def test_a_snapshot_without_the_file_tells_nothing(tmp_path: Path) -> None:
    assert read_history(tmp_path, "ft.A") == ()
