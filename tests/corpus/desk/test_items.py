import datetime as dt
from copy import deepcopy

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from corpus.desk import audit
from corpus.desk.content import Content, ItemKind
from corpus.desk.errors import ConflictError, ContentError, NotAllowedError, TwoPersonError, UnknownItemError
from corpus.desk.items import VALID_FOR, Seen
from corpus.desk.rights import Action, Actor
from corpus.desk.rows import Item, difference
from corpus.desk.talk import settle
from corpus.desk.workflow import State
from tests.corpus.desk.conftest import Desk
from tests.factories import NOW

PRACTICE: Content = {
    "original_language": "lt",
    "title": {"lt": "Bendra virtuvė", "en": "A shared kitchen"},
    "url": "https://town.example.lt/kitchen",
    "practice_kind": "practice",
    "places": [{"name": "Zarasai", "country": "LT", "population": 6000}],
    "summary": {"en": "Neighbours cook together once a week."},
    "sources": [{"key": "town", "url": "https://town.example.lt/kitchen", "read_on": "2026-11-01"}],
}


def begun(desk: Desk, name: str = "shared-kitchen", **changes: object) -> Item:
    return desk.items.begin(desk.people["ruta"], ItemKind.PRACTICE, name, {**deepcopy(PRACTICE), **changes}, NOW)


def moved(desk: Desk, item: Item, *steps: tuple[str, Action]) -> Item:
    for who, action in steps:
        item = desk.items.act(desk.people[who], action, Seen(item.id, item.revision), NOW, "a reason")
    return item


def published(desk: Desk) -> Item:
    review = (("ruta", Action.SUBMIT), ("rasa", Action.START_REVIEW), ("rasa", Action.APPROVE))
    return moved(desk, begun(desk), *review, ("ema", Action.PUBLISH))


def test_a_practice_goes_from_a_draft_to_the_public(desk: Desk) -> None:
    item = published(desk)
    assert (item.standing.state, item.public_version, item.revalidate_by) == (State.PUBLISHED, 1, NOW + VALID_FOR)
    assert [found.record_id for found, _ in desk.items.published()] == ["isopolis.shared-kitchen"]
    actions = [event.action for event in desk.items.events(item.id)]
    assert actions == ["create", "submit", "start_review", "approve", "publish"]


def test_a_draft_may_be_half_empty_and_is_whole_before_somebody_reads_it(desk: Desk) -> None:
    draft = desk.items.begin(desk.people["admin"], ItemKind.PRACTICE, "half", {"title": {"en": "Half"}}, NOW)
    with pytest.raises(ContentError) as problem:
        desk.items.act(desk.people["admin"], Action.SUBMIT, Seen(draft.id, draft.revision), NOW)
    assert {"places", "sources", "url"} <= set(problem.value.fields)
    assert desk.items.get(draft.id) == draft


def test_the_public_version_stays_until_the_next_is_published(desk: Desk) -> None:
    item = published(desk)
    text_ = {**PRACTICE, "summary": {"en": "Twice a week now."}}
    edited = desk.items.act(desk.people["ema"], Action.EDIT, Seen(item.id, item.revision), NOW, text=text_)
    assert (edited.version, edited.public_version, edited.standing.public) == (2, 1, True)
    (_, shown), *_rest = desk.items.published()
    assert shown["summary"] == PRACTICE["summary"]
    versions = desk.items.versions(item.id)
    assert difference(versions[0].content, versions[1].content) == {"summary": (PRACTICE["summary"], text_["summary"])}


def test_an_editor_cannot_publish_what_only_it_has_seen(desk: Desk) -> None:
    item = desk.items.begin(desk.people["ema"], ItemKind.PRACTICE, "alone", deepcopy(PRACTICE), NOW)
    item = moved(desk, item, ("ema", Action.SUBMIT), ("ema", Action.START_REVIEW))
    with pytest.raises(TwoPersonError):
        moved(desk, item, ("ema", Action.APPROVE))


def test_a_step_that_undoes_work_needs_a_reason(desk: Desk) -> None:
    item = moved(desk, begun(desk), ("ruta", Action.SUBMIT), ("rasa", Action.START_REVIEW))
    seen = Seen(item.id, item.revision)
    with pytest.raises(ContentError, match="say why"):
        desk.items.act(desk.people["rasa"], Action.REQUEST_CHANGES, seen, NOW, "  ")
    assert desk.items.act(desk.people["rasa"], Action.REQUEST_CHANGES, seen, NOW, "Which year?").revision == 4


def test_nobody_works_on_or_moves_a_record_out_of_reach(desk: Desk) -> None:
    with pytest.raises(NotAllowedError, match="works for LT"):
        begun(desk, places=[{"name": "Suwałki", "country": "PL"}])
    item = begun(desk)
    abroad = {**PRACTICE, "places": [{"name": "Suwałki", "country": "PL"}]}
    with pytest.raises(NotAllowedError, match="works for LT"):
        desk.items.act(desk.people["ruta"], Action.EDIT, Seen(item.id, 1), NOW, text=abroad)
    assert desk.items.get(item.id) == item


def test_who_was_slower_is_told_and_nothing_is_overwritten(desk: Desk) -> None:
    item = begun(desk)
    seen = Seen(item.id, item.revision)
    mine, theirs = ({**PRACTICE, "lead": name} for name in ("mine", "theirs"))
    desk.items.act(desk.people["ruta"], Action.EDIT, seen, NOW, text=mine)
    with pytest.raises(ConflictError, match="Nothing of yours was written"):
        desk.items.act(desk.people["admin"], Action.EDIT, seen, NOW, text=theirs)
    assert [version.content.get("lead") for version in desk.items.versions(item.id)] == [None, "mine"]


def test_a_step_that_is_interrupted_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    item = begun(desk)

    def stops(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(audit, "record", stops)
    with pytest.raises(KeyboardInterrupt):
        desk.items.act(desk.people["ruta"], Action.EDIT, Seen(item.id, 1), NOW, text={**PRACTICE, "lead": "x"})
    assert desk.items.get(item.id) == item
    assert len(desk.items.versions(item.id)) == 1


@pytest.mark.parametrize("query", ["UPDATE desk_event SET account = 9", "DELETE FROM desk_event"])
def test_the_database_refuses_to_change_the_log(desk: Desk, query: str) -> None:
    with pytest.raises(DBAPIError, match="never changed"), desk.engine.begin() as connection:
        connection.execute(text(query))


def test_a_log_that_was_changed_past_the_database_is_found(desk: Desk) -> None:
    begun(desk)
    with desk.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER desk_event_no_update"))
        else:
            connection.execute(text("ALTER TABLE desk_event DISABLE TRIGGER ALL"))
        assert audit.broken(connection) is None
        connection.execute(text("UPDATE desk_event SET account = 4 WHERE id = 3"))
        assert audit.broken(connection) == 3


def test_comments_stand_beside_fields(desk: Desk) -> None:
    item = begun(desk)
    desk.items.comment(desk.people["rasa"], item.id, "cost", "Which year is this?", NOW)
    (said,) = desk.items.comments(item.id)
    assert (said.field, said.text, said.version) == ("cost", "Which year is this?", 1)
    with pytest.raises(ContentError):
        desk.items.comment(desk.people["rasa"], item.id, "cost", " ", NOW)
    with pytest.raises(UnknownItemError):
        desk.items.comment(desk.people["rasa"], 999, "", "x", NOW)


@pytest.mark.parametrize("name", ["", " ", "n" * 600, "ž" * 200])
def test_a_name_that_cannot_be_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(ContentError) as problem:
        begun(desk, name)
    assert set(problem.value.fields) == {"name"}


def test_a_name_is_taken_once(desk: Desk) -> None:
    begun(desk)
    with pytest.raises(ContentError, match="at the desk already"):
        begun(desk)


def test_what_is_due_is_listed_until_somebody_looked(desk: Desk) -> None:
    item = published(desk)
    later = NOW + VALID_FOR + dt.timedelta(days=1)
    assert desk.items.due(NOW) == []
    assert [found.id for found in desk.items.due(later)] == [item.id]
    editor: Actor = desk.people["ema"]
    desk.items.act(editor, Action.REVALIDATE, Seen(item.id, item.revision), later)
    assert desk.items.due(later) == []


def test_an_archived_record_is_no_longer_public(desk: Desk) -> None:
    item = moved(desk, published(desk), ("ema", Action.ARCHIVE))
    assert (item.standing.state, list(desk.items.published())) == (State.ARCHIVED, [])


def test_a_page_offers_what_a_person_may_do(desk: Desk) -> None:
    item = moved(desk, begun(desk), ("ruta", Action.SUBMIT))
    assert set(item.offers(desk.people["ruta"])) == {Action.WITHDRAW}
    assert set(item.offers(desk.people["rasa"])) == {Action.WITHDRAW, Action.START_REVIEW, Action.REJECT}


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**22])
def test_of_a_number_that_no_database_keeps_there_is_no_record(desk: Desk, number: int) -> None:
    with pytest.raises(UnknownItemError, match=f"no record {number}"):
        desk.items.get(number)
    with pytest.raises(UnknownItemError, match=f"no comment {number}"):
        settle(desk.items._engine, desk.people["rasa"], number, NOW)
