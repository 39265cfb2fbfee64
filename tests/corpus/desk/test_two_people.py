"""No sequence of steps publishes what one person alone has touched: practices or corrections, with keys or without."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.database import open_database
from corpus.desk import audit
from corpus.desk.accounts import Accounts
from corpus.desk.content import Content, ItemKind
from corpus.desk.effect import decisions
from corpus.desk.errors import DeskError, TwoPersonError
from corpus.desk.items import Items, Seen
from corpus.desk.keys import KeyScope
from corpus.desk.rights import Action, Actor, DeskRole
from corpus.desk.rows import Item
from tests.corpus.desk.conftest import FAST, Desk, join
from tests.corpus.desk.test_effect import CORRECTION, publish
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW

NAMES = count(1)
PEOPLE = ("one", "two", "three")
TEXTS = {ItemKind.PRACTICE: PRACTICE, ItemKind.CORRECTION: CORRECTION}
WRITES = (Action.EDIT, Action.RESTORE)


class Quick(NamedTuple):
    """One desk for all sequences: each has a record of its own."""

    desk: Desk
    keys: dict[str, str]

    def who(self, name: str, by_key: bool) -> Actor:
        """Somebody, as their session or as a program of theirs."""
        return self.desk.accounts.of_key(self.keys[name], NOW).actor() if by_key else self.desk.people[name]


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quick]:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('two') / 'desk.db'}")
    accounts = Accounts(engine, FAST)
    people = {name: join(accounts, name, DeskRole.ADMINISTRATOR) for name in PEOPLE}
    keys = {name: accounts.keys.issue(who.account, "a key", KeyScope.WRITE, NOW) for name, who in people.items()}
    yield Quick(Desk(engine, accounts, Items(engine), people), keys)
    engine.dispose()


def begun(desk: Desk, kind: ItemKind, who: Actor) -> tuple[Item, Content]:
    name, content = f"record-{next(NAMES)}", deepcopy(TEXTS[kind])
    if kind is ItemKind.CORRECTION:
        content["record"] = f"euroaccess.{name}"
    return desk.items.begin(who, kind, name, content, NOW), content


moves = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(PEOPLE), st.booleans()), min_size=5, max_size=25)


@settings(max_examples=25, deadline=None)
@given(kind=st.sampled_from(ItemKind), moves=moves)
def test_nothing_is_published_that_one_person_alone_has_touched(
    quick: Quick, kind: ItemKind, moves: list[tuple[int, str, bool]]
) -> None:
    desk = quick.desk
    item, content = begun(desk, kind, desk.people["one"])
    touched, looked = {desk.people["one"].account}, set[int]()
    for choice, name, by_key in moves:
        who = quick.who(name, by_key)
        offered = item.offers(who)
        action = offered[choice % len(offered)]
        try:
            text = deepcopy(content) if action in WRITES else None
            item = desk.items.act(who, action, Seen(item.id, item.revision), NOW, "a reason", text)
        except DeskError:
            continue
        if action in WRITES:
            touched, looked = touched | {who.account}, set()
        elif action is Action.APPROVE:
            looked.add(who.account)
        elif action is Action.PUBLISH:
            assert looked - touched, "published without a second person"
            touched, looked = set(), set()
    assert (item.public_version is not None) == item.standing.public


def test_the_log_of_all_that_is_whole(quick: Quick) -> None:
    with quick.desk.engine.connect() as connection:
        assert audit.broken(connection) is None


@pytest.mark.parametrize("kind", ItemKind)
def test_an_administrator_alone_comes_as_far_as_the_review(quick: Quick, kind: ItemKind) -> None:
    item, _ = begun(quick.desk, kind, quick.desk.people["one"])
    for by_key, action in enumerate((Action.SUBMIT, Action.START_REVIEW)):
        item = quick.desk.items.act(quick.who("one", bool(by_key)), action, Seen(item.id, item.revision), NOW)
    for by_key in (True, False):
        with pytest.raises(TwoPersonError):
            quick.desk.items.act(quick.who("one", by_key), Action.APPROVE, Seen(item.id, item.revision), NOW)


def test_what_is_published_has_the_id_that_the_desk_says(desk: Desk) -> None:
    """Also where the name is in other letters, and where a register has named the practice."""
    publish(desk, ItemKind.PRACTICE, {**PRACTICE, "identifiers": [{"scheme": "urbact", "value": "kitchen"}]})
    other = desk.items.begin(desk.people["admin"], ItemKind.PRACTICE, "споделена-кухня", dict(PRACTICE), NOW)
    for who, action in (("admin", Action.SUBMIT), ("rasa", Action.START_REVIEW), ("rasa", Action.APPROVE)):
        other = desk.items.act(desk.people[who], action, Seen(other.id, other.revision), NOW)
    desk.items.act(desk.people["ema"], Action.PUBLISH, Seen(other.id, other.revision), NOW)
    public = {item.record_id for item, _ in desk.items.published()}
    assert "urbact.kitchen" in public
    assert public == set(decisions(desk.items).practices)
