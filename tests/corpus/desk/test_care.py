"""Care: what is past its date is due, what is typed is kept, comments are settled, and gaps are counted."""

import datetime as dt

import pytest

from corpus.desk import audit
from corpus.desk.care import PER_COUNTRY, expire, gaps
from corpus.desk.content import ItemKind
from corpus.desk.errors import NotAllowedError, UnknownItemError
from corpus.desk.items import VALID_FOR, Seen
from corpus.desk.rights import Action
from corpus.desk.talk import settle
from corpus.desk.unsent import NEW, UnsentForms
from corpus.desk.workflow import State
from tests.corpus.desk.conftest import Desk
from tests.corpus.desk.test_effect import publish
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW, practice

LATER = NOW + VALID_FOR + dt.timedelta(days=1)


def test_what_is_past_its_date_needs_another_look_signed_by_the_program(desk: Desk) -> None:
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    assert expire(desk.items, NOW) == []
    (moved,) = expire(desk.items, LATER)
    assert moved.standing.state is State.NEEDS_REVALIDATION
    assert moved.public_version == 1
    last = desk.items.events(moved.id)[-1]
    assert (last.account, last.action, last.at) == (audit.PROGRAM, "expire", LATER)
    assert last.detail["reason"].startswith("good until ")
    assert expire(desk.items, LATER) == []
    with desk.engine.connect() as connection:
        assert audit.broken(connection) is None


def test_what_is_being_changed_anyway_is_left_alone(desk: Desk) -> None:
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    ((item, content),) = desk.items.published()
    desk.items.act(desk.people["ema"], Action.EDIT, Seen(item.id, item.revision), NOW, "Newer", content)
    assert expire(desk.items, LATER) == []
    assert desk.items.get(item.id).standing.state is State.DRAFT


def test_what_is_typed_is_kept_for_its_person_alone(desk: Desk) -> None:
    forms = UnsentForms(desk.engine)
    ruta, ema = (desk.people[name].account for name in ("ruta", "ema"))
    forms.keep(ruta, NEW, {"title": "A kit"}, 0, NOW)
    forms.keep(ruta, NEW, {"title": "A kitchen"}, 0, LATER)
    left = forms.of(ruta, NEW)
    assert left is not None
    assert (left.form, left.at) == ({"title": "A kitchen"}, LATER)
    assert forms.of(ema, NEW) is None
    assert desk.items.all() == []
    forms.drop(ruta, NEW)
    assert forms.of(ruta, NEW) is None


def test_who_leaves_takes_along_what_was_typed_and_can_read_it_before(desk: Desk) -> None:
    ruta = desk.people["ruta"].account
    UnsentForms(desk.engine).keep(ruta, NEW, {"title": "A kitchen"}, 0, NOW)
    assert desk.accounts.export(ruta)["unsent"] == [
        {"item": NEW, "at": NOW.isoformat(), "form": {"title": "A kitchen"}}
    ]
    desk.accounts.erase(ruta, NOW)
    assert UnsentForms(desk.engine).of(ruta, NEW) is None


def test_a_comment_is_settled_and_opened_again_and_the_log_tells_it(desk: Desk) -> None:
    item = desk.items.begin(desk.people["ruta"], ItemKind.PRACTICE, "kitchen", PRACTICE, NOW)
    desk.items.comment(desk.people["rasa"], item.id, "cost", "Which year?", NOW)
    (said,) = desk.items.comments(item.id)
    assert settle(desk.engine, desk.people["ruta"], said.id, LATER) == item.id
    assert desk.items.comments(item.id)[0].resolved_at == LATER
    settle(desk.engine, desk.people["rasa"], said.id, LATER, settled=False)
    assert desk.items.comments(item.id)[0].resolved_at is None
    assert [event.action for event in desk.items.events(item.id)][-2:] == ["settle_comment", "reopen_comment"]


def test_only_those_concerned_settle_a_comment(desk: Desk) -> None:
    item = desk.items.begin(desk.people["admin"], ItemKind.PRACTICE, "kitchen", PRACTICE, NOW)
    desk.items.comment(desk.people["rasa"], item.id, "cost", "Which year?", NOW)
    with pytest.raises(NotAllowedError, match="or a reviewer"):
        settle(desk.engine, desk.people["ruta"], 1, NOW)
    with pytest.raises(UnknownItemError):
        settle(desk.engine, desk.people["rasa"], 7, NOW)


def test_gaps_are_what_is_below_the_aim_the_emptiest_first() -> None:
    place = {"name": "Zarasai", "country": "LT"}
    known = [practice(f"isopolis.p{n}", places=[place], target_groups=["roma"]) for n in range(PER_COUNTRY)]
    found = gaps([*known, practice("isopolis.q", places=[{"name": "Riga", "country": "LV"}])])
    countries = {gap.code: gap.there for gap in found.countries}
    assert "LT" not in countries
    assert countries["LV"] == 1
    assert countries["MT"] == 0
    assert [gap.there for gap in found.countries] == sorted(gap.there for gap in found.countries)
    assert {gap.code: gap.there for gap in found.groups}["roma"] == PER_COUNTRY
