"""What everybody may know of the work of the desk is in the history of the next snapshot, and no name without leave."""

from copy import deepcopy
from pathlib import Path

import pytest

from corpus.build import build
from corpus.desk.content import ItemKind
from corpus.desk.items import Seen
from corpus.desk.rights import Action
from corpus.events import DESK, Event, EventKind
from corpus.snapshot import Snapshot
from corpus.store import Store
from tests.corpus.desk.conftest import Desk
from tests.corpus.desk.test_effect import CORRECTION, crawl, publish
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW

KITCHEN = "isopolis.shared-kitchen"


def told(desk: Desk, tmp_path: Path, record: str = KITCHEN) -> list[Event]:
    (tmp_path / "curated").mkdir(exist_ok=True)
    build(Store(desk.engine), tmp_path / "snapshots", NOW, tmp_path / "curated")
    history = Snapshot.current(tmp_path / "snapshots").history(record)
    return [event for event in history if event.source == DESK]


def test_a_check_and_the_publishing_are_told_without_names(desk: Desk, tmp_path: Path) -> None:
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    published, checked = told(desk, tmp_path)
    assert (published.kind, checked.kind) == (EventKind.PUBLISHED, EventKind.CHECKED)
    assert checked.day == NOW.date()
    assert checked.by is not None
    assert (checked.by.name, checked.by.role, checked.by.country) == (None, "reviewer", None)
    assert published.changes == ()


def test_a_name_is_told_of_who_chose_so_and_no_longer_once_they_left(desk: Desk, tmp_path: Path) -> None:
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    rasa = desk.people["rasa"].account
    desk.accounts.show_name(rasa, public=True)
    assert [event.by.name for event in told(desk, tmp_path) if event.by] == [None, "rasa"]
    desk.accounts.erase(rasa, NOW)
    assert [event.by.name for event in told(desk, tmp_path) if event.by] == [None, None]


def test_a_new_version_tells_what_changed_and_a_draft_tells_nothing(desk: Desk, tmp_path: Path) -> None:
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    ((item, content),) = desk.items.published()
    newer = {**deepcopy(content), "lead": "The library"}
    ema = desk.people["ema"]
    item = desk.items.act(ema, Action.EDIT, Seen(item.id, item.revision), NOW, "Who leads it", newer)
    assert len(told(desk, tmp_path)) == 2
    for who, action in (
        ("ema", Action.SUBMIT),
        ("rasa", Action.START_REVIEW),
        ("rasa", Action.APPROVE),
        ("ema", Action.PUBLISH),
    ):
        item = desk.items.act(desk.people[who], action, Seen(item.id, item.revision), NOW)
    events = told(desk, tmp_path)
    assert len(events) == 4
    assert [(change.path, change.before, change.after) for event in events for change in event.changes] == [
        ("lead", None, "The library")
    ]


def test_a_correction_stands_in_the_history_of_what_it_corrects(desk: Desk, tmp_path: Path) -> None:
    crawl(Store(desk.engine))
    publish(desk, ItemKind.CORRECTION, CORRECTION)
    events = told(desk, tmp_path, "euroaccess.A")
    changes = [change for event in events if event.kind is EventKind.PUBLISHED for change in event.changes]
    assert [(change.path, change.before, change.after) for change in changes] == [("money.rate_max", None, "80")]


def test_what_was_found_right_again_is_told_and_what_is_archived_is_not(desk: Desk, tmp_path: Path) -> None:
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    ((item, _),) = desk.items.published()
    item = desk.items.act(desk.people["ema"], Action.REVALIDATE, Seen(item.id, item.revision), NOW)
    assert [event.kind for event in told(desk, tmp_path)].count(EventKind.CHECKED) == 2
    desk.items.act(desk.people["ema"], Action.ARCHIVE, Seen(item.id, item.revision), NOW, "It ended")
    crawl(Store(desk.engine))
    assert told(desk, tmp_path) == []


@pytest.mark.parametrize("word", ["rasa", "example.org", "ema"])
def test_no_snapshot_holds_a_person(desk: Desk, tmp_path: Path, word: str) -> None:
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    told(desk, tmp_path)
    texts = [file.read_text(encoding="utf-8") for file in (tmp_path / "snapshots").rglob("*.jsonl")]
    assert texts
    assert not any(f'"{word}"' in text or f"{word}@" in text for text in texts)
