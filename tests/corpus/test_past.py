"""What happened to records: from all that the store keeps, and from curated files."""

import datetime as dt
from pathlib import Path

import pytest

from corpus.build import build
from corpus.events import CURATED, Event, EventKind
from corpus.snapshot import Snapshot
from corpus.store import Store
from tests.corpus.test_curated import CALL, put
from tests.corpus.test_runs import crawl
from tests.factories import NOW, call, closing, raw, source_meta

DAYS = [NOW + dt.timedelta(days=n) for n in range(4)]
NAMES = [{"scheme": "ft", "value": "CERV-1"}]
LONG = "An aim that takes many words, " * 5


@pytest.fixture
def snapshot(store: Store, tmp_path: Path) -> Snapshot:
    """A call told by two sources: one moves its deadline and rewords it, the other loses it. One curated call."""
    for when, deadline, aim in ((DAYS[0], "2026-09-14", "first"), (DAYS[1], "2026-09-21", "second")):
        told = call("ft.CERV-1", timeline=closing(deadline), identifiers=NAMES, objectives={"en": f"{LONG} {aim} end"})
        crawl(store, raw("A", told), now=when)
    other = source_meta("source-b", rank=20)
    filler = raw("8", call("euroaccess.8"), "source-b")
    crawl(store, raw("7", call("euroaccess.7", identifiers=NAMES), "source-b"), filler, now=DAYS[0], meta=other)
    crawl(store, filler, now=DAYS[3], meta=other)
    (tmp_path / "curated").mkdir()
    put(tmp_path / "curated", CALL + "identifiers: [{scheme: eui, value: IA-4}]\n")
    build(store, tmp_path / "snapshots", DAYS[3], tmp_path / "curated")
    return Snapshot.current(tmp_path / "snapshots")


def test_all_sources_tell_their_part(snapshot: Snapshot) -> None:
    told = [(event.day, event.kind, event.source) for event in snapshot.history("ft.CERV-1")]
    assert told == [
        (DAYS[3].date(), EventKind.VANISHED, "source-b"),
        (DAYS[1].date(), EventKind.CHANGED, "source-a"),
        (DAYS[0].date(), EventKind.SEEN, "source-b"),
        (DAYS[0].date(), EventKind.SEEN, "source-a"),
    ]


def test_a_change_has_its_fields_before_and_after_and_of_long_texts_the_words(snapshot: Snapshot) -> None:
    (event,) = [one for one in snapshot.history("ft.CERV-1") if one.kind is EventKind.CHANGED]
    assert (event.title, event.url) == ("Register source-a", "https://example.org")
    aim, dates = event.changes
    assert (aim.path, dates.path) == ("objectives.en", "timeline.cutoffs")
    assert [cutoff["date"] for cutoff in (*dates.before, *dates.after)] == ["2026-09-14", "2026-09-21"]
    assert [(piece.how, piece.text) for piece in aim.words if piece.how != "same"] == [
        ("removed", "first"),
        ("added", "second"),
    ]


def test_a_curated_record_was_checked_on_the_days_on_which_its_sources_were_read(snapshot: Snapshot) -> None:
    record = snapshot.get("eui.IA-4")
    assert record is not None
    source = record.sources[0]
    assert source.read_on is not None
    expected = Event(
        day=source.read_on,
        kind=EventKind.CHECKED,
        source=CURATED,
        title=source.title,
        language=source.language,
        url=source.url,
    )
    assert snapshot.history("eui.IA-4") == (expected,)


def test_a_record_that_nobody_tells_of_has_no_history(snapshot: Snapshot) -> None:
    assert snapshot.history("ft.NO-1") == ()
