"""Many at once, and a process that dies: no update is lost, nobody waits for ever, no step is half done."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from copy import deepcopy
from multiprocessing.synchronize import Event

import pytest
from sqlalchemy import Engine, text

from corpus.database import open_database
from corpus.desk import audit
from corpus.desk.accounts import Newcomer
from corpus.desk.content import ItemKind
from corpus.desk.errors import ConflictError, ContentError, DeskError, UnknownItemError
from corpus.desk.items import Items, Seen
from corpus.desk.rights import Action, Actor, DeskRole
from tests.corpus.desk.conftest import PASSWORD, Desk
from tests.corpus.desk.test_items import PRACTICE, begun
from tests.factories import NOW

PARALLEL = 50
KILLS = 6
AT_LEAST = 6
"""Steps of a process before it is killed."""


def at_once(work: Callable[[int], object], many: int = PARALLEL) -> list[object]:
    """The same from many threads, all of which begin at the same moment."""
    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(work, range(many)))


def check_whole(engine: Engine) -> None:
    """Every record fits its versions and its lines of the log, and the log is as it was written."""
    items = Items(engine)
    with engine.connect() as connection:
        assert audit.broken(connection) is None
        events = [event for event in audit.events(connection) if event.item is not None]
    for item in items.all():
        steps = [event for event in events if event.item == item.id and event.action != Action.COMMENT]
        assert len(steps) == item.revision
        assert [version.number for version in items.versions(item.id)] == list(range(1, item.version + 1))
        assert len(items.comments(item.id)) == sum(
            event.item == item.id and event.action == Action.COMMENT for event in events
        )
        last = steps[-1]
        if last.action != Action.CREATE:
            assert (last.detail["to"], last.detail["version"]) == (item.standing.state, item.version)
    assert {event.item for event in events} == {item.id for item in items.all()}


def test_fifty_editors_of_one_record_lose_no_update(desk: Desk) -> None:
    item = begun(desk)

    def edit(number: int) -> int:
        tries = 0
        while True:
            tries += 1
            revision = desk.items.get(item.id).revision
            try:
                content = {**PRACTICE, "keywords": [f"k{number}"]}
                desk.items.act(desk.people["ruta"], Action.EDIT, Seen(item.id, revision), NOW, text=content)
            except ConflictError:
                continue
            return tries

    at_once(edit)
    versions = desk.items.versions(item.id)
    assert Counter(version.content["keywords"][0] for version in versions[1:]) == Counter(
        f"k{n}" for n in range(PARALLEL)
    )
    check_whole(desk.engine)


def test_of_fifty_who_saw_the_same_one_is_heard(desk: Desk) -> None:
    item = begun(desk)

    def edit(number: int) -> bool:
        content = {**PRACTICE, "keywords": [f"k{number}"]}
        try:
            desk.items.act(desk.people["ruta"], Action.EDIT, Seen(item.id, 1), NOW, text=content)
        except ConflictError:
            return False
        return True

    assert at_once(edit).count(True) == 1
    assert desk.items.get(item.id).revision == 2
    check_whole(desk.engine)


def test_fifty_people_do_all_sorts_of_things(desk: Desk) -> None:
    """Begin, edit, comment, review, sign in, make keys, in the order of chance: nobody waits for another for ever."""
    numbers = [begun(desk, f"record-{number}").id for number in range(5)]

    def work(number: int) -> None:
        chance = random.Random(number)  # noqa: S311  no secret
        for turn in range(4):
            with suppress(DeskError, IndexError):
                _anything(desk, chance, numbers, f"{number}-{turn}")

    began = time.monotonic()
    at_once(work)
    assert time.monotonic() - began < 60
    check_whole(desk.engine)


def _anything(desk: Desk, chance: random.Random, numbers: Sequence[int], name: str) -> None:
    who = desk.people[chance.choice(("ruta", "rasa", "ema", "admin"))]
    what = chance.randrange(5)
    if what == 0:
        desk.items.begin(who, ItemKind.PRACTICE, name, deepcopy(PRACTICE), NOW)
    elif what == 1:
        desk.items.comment(who, chance.choice(numbers), "cost", name, NOW)
    elif what == 2:
        desk.accounts.keys.revoke(who.account, desk.accounts.keys.of_account(who.account)[0].id, NOW)
    elif what == 3:
        desk.accounts.new_key(who.account, name, NOW)
        desk.accounts.sign_in("ruta@example.org", PASSWORD, NOW)
    else:
        item = desk.items.get(chance.choice(numbers))
        action = chance.choice(item.offers(who))
        content = deepcopy(PRACTICE) if action in (Action.EDIT, Action.RESTORE) else None
        desk.items.act(who, action, Seen(item.id, item.revision), NOW, name, content)


def test_an_invitation_is_taken_up_once_however_many_have_it(desk: Desk) -> None:
    invitation = desk.accounts.invite(Newcomer("new@example.org", DeskRole.REVIEWER), NOW)

    def accept(number: int) -> bool:
        try:
            desk.accounts.accept(invitation, f"name {number}", PASSWORD, NOW)
        except UnknownItemError:
            return False
        return True

    assert at_once(accept, 20).count(True) == 1
    check_whole(desk.engine)


def test_a_name_is_taken_once_however_many_want_it(desk: Desk) -> None:
    def begin(_number: int) -> bool:
        try:
            begun(desk)
        except ContentError:
            return False
        return True

    assert at_once(begin, 20).count(True) == 1
    check_whole(desk.engine)


def _work_until_killed(url: str, seed: int, people: dict[str, Actor], begins: Event) -> None:
    """What the child does: steps in the order of chance, as fast as it can."""
    chance = random.Random(seed)  # noqa: S311  no secret
    engine = open_database(url)
    items, done = Items(engine), 0
    while True:
        with suppress(DeskError, IndexError):
            _a_step(items, chance, chance.choice(list(people.values())), f"{seed}-{chance.random()}")
            done += 1
            if done == AT_LEAST:
                begins.set()


def _a_step(items: Items, chance: random.Random, who: Actor, name: str) -> None:
    known = [item.id for item in items.all()]
    if not known or chance.random() < 0.2:
        items.begin(who, ItemKind.PRACTICE, name, deepcopy(PRACTICE), NOW)
        return
    item = items.get(chance.choice(known))
    if chance.random() < 0.2:
        items.comment(who, item.id, "", "hm", NOW)
        return
    action = chance.choice(item.offers(who))
    content = deepcopy(PRACTICE) if action in (Action.EDIT, Action.RESTORE) else None
    items.act(who, action, Seen(item.id, item.revision), NOW, "a reason", content)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_process_that_is_killed_leaves_no_half_step(desk: Desk, store_url: str) -> None:
    """Two processes write at once; one after the other is killed at a moment of chance."""
    chance = random.Random(7)  # noqa: S311  no secret
    fork = multiprocessing.get_context("fork")
    for seed in range(KILLS):
        begins = fork.Event()
        work = [(store_url, seed * 2 + number, desk.people, begins) for number in (0, 1)]
        children = [fork.Process(target=_work_until_killed, args=args) for args in work]
        for child in children:
            child.start()
        assert begins.wait(30)
        for child in children:
            time.sleep(0.2 * chance.random())
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)
            child.join()
            assert child.exitcode == -signal.SIGKILL
        check_whole(desk.engine)
    assert _events(desk.engine) >= AT_LEAST * KILLS


def _events(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM desk_event")).scalar_one())
