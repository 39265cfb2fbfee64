"""Who may do what: role by action by state by whose record by country, asked of programs and of pages."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product

import pytest
from fastapi.testclient import TestClient
from parsel import Selector
from sqlalchemy import Engine, update

from api.app import create_app
from api.desk.service import Desk
from api.desk.session import COOKIE
from api.settings import ApiSettings
from api.state import Service
from corpus.desk import audit
from corpus.desk.content import ItemKind
from corpus.desk.errors import WrongStateError
from corpus.desk.keys import KeyScope
from corpus.desk.rights import Action, Actor, DeskRole, Scope, may
from corpus.desk.rows import Item
from corpus.desk.workflow import Standing, State, step, steps
from corpus.desk_tables import item as t
from tests.api.desk.conftest import PASSWORD
from tests.api.desk.programs import Program, program
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW

S = State
NEEDS = {
    Action.EDIT: DeskRole.CONTRIBUTOR,
    Action.SUBMIT: DeskRole.CONTRIBUTOR,
    Action.WITHDRAW: DeskRole.CONTRIBUTOR,
    Action.START_REVIEW: DeskRole.REVIEWER,
    Action.REQUEST_CHANGES: DeskRole.REVIEWER,
    Action.APPROVE: DeskRole.REVIEWER,
    Action.REJECT: DeskRole.REVIEWER,
    Action.PUBLISH: DeskRole.EDITOR,
    Action.REVALIDATE: DeskRole.EDITOR,
    Action.EXPIRE: DeskRole.EDITOR,
    Action.ARCHIVE: DeskRole.EDITOR,
    Action.RESTORE: DeskRole.EDITOR,
}
"""The least role for each step, written down here once more."""
POSSIBLE = {
    Action.EDIT: {S.DRAFT, S.CHANGES_REQUESTED, S.REJECTED, S.PUBLISHED, S.NEEDS_REVALIDATION},
    Action.SUBMIT: {S.DRAFT, S.CHANGES_REQUESTED},
    Action.WITHDRAW: {S.SUBMITTED, S.IN_REVIEW, S.APPROVED},
    Action.START_REVIEW: {S.SUBMITTED},
    Action.REQUEST_CHANGES: {S.IN_REVIEW, S.APPROVED},
    Action.APPROVE: {S.IN_REVIEW},
    Action.REJECT: {S.SUBMITTED, S.IN_REVIEW},
    Action.PUBLISH: {S.APPROVED},
    Action.REVALIDATE: {S.NEEDS_REVALIDATION, S.PUBLISHED},
    Action.EXPIRE: {S.PUBLISHED},
    Action.ARCHIVE: {S.PUBLISHED, S.NEEDS_REVALIDATION},
    Action.RESTORE: {S.ARCHIVED, S.DRAFT, S.CHANGES_REQUESTED, S.PUBLISHED, S.NEEDS_REVALIDATION},
}
"""The states in which each step is possible."""
STEPS = [action for action in NEEDS if action not in (Action.EDIT, Action.RESTORE)]
"""What is taken without another text."""
OWN_ONLY = {Action.EDIT, Action.SUBMIT, Action.WITHDRAW}
PEOPLE = [(role, own) for role, own in product(DeskRole, (True, False)) if own or role is DeskRole.CONTRIBUTOR]
RANKS = list(DeskRole)


def allowed(role: DeskRole, own: bool, home: bool, action: Action) -> bool:
    """What the rules say, whatever the state."""
    if RANKS.index(role) < RANKS.index(NEEDS[action]):
        return False
    if role is DeskRole.CONTRIBUTOR and action in OWN_ONLY and not own:
        return False
    return home or role is DeskRole.ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Case:
    """A person who works for one country, and a record of it or of another, their own or not."""

    engine: Engine
    desk: Desk
    who: Program
    role: DeskRole
    own: bool
    home: bool
    item: Item
    others: tuple[int, int]

    def allowed(self, action: Action) -> bool:
        """What the rules say, whatever the state."""
        return allowed(self.role, self.own, self.home, action)

    def put(self, state: State) -> Item:
        """Put the record into a state, as written by somebody else and approved by a third."""
        writer, approver = self.others
        approved = approver if state is S.APPROVED else None
        values = {"state": state.value, "authors": [writer], "approved_by": approved}
        with self.engine.begin() as connection:
            connection.execute(update(t).where(t.c.id == self.item.id).values(**values))
        return self.desk.items.get(self.item.id)


@pytest.fixture
def client(service: Service, desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(service, ApiSettings(), desk)) as opened:
        yield opened


@pytest.fixture(params=list(product(PEOPLE, (True, False))), ids=lambda param: f"{param[0]}-{param[1]}")
def case(request: pytest.FixtureRequest, client: TestClient, desk: Desk, engine: Engine) -> Case:
    (role, own), home = request.param
    writer, approver = (program(client, desk, name, DeskRole.EDITOR).account for name in ("writer", "approver"))
    who = program(client, desk, "who", role, KeyScope.WRITE, frozenset({"LT"} if home else {"PL"}))
    owner = Actor(who.account if own else writer, DeskRole.EDITOR)
    item = desk.items.begin(owner, ItemKind.PRACTICE, "kitchen", dict(PRACTICE), NOW)
    return Case(engine, desk, who, role, own, home, item, (writer, approver))


def ask(case: Case, action: Action, status: int, revision: int) -> None:
    path, sent = f"/records/{case.item.id}", {"reason": "a reason"}
    if action is Action.EDIT:
        case.who.ask("PUT", path, status, revision, json={"content": PRACTICE, **sent})
    elif action is Action.RESTORE:
        case.who.ask("POST", f"{path}/restore", status, revision, json={"version": 1, **sent})
    else:
        case.who.ask("POST", f"{path}/steps", status, revision, json={"action": action, **sent})


def states(action: Action) -> tuple[State, State]:
    """One in which a step is possible, and one in which it is not."""
    return min(POSSIBLE[action]), min(set(State) - POSSIBLE[action])


def test_programs_do_what_the_role_the_state_and_the_country_allow(case: Case) -> None:
    for action, place in product(NEEDS, (0, 1)):
        before = case.put(states(action)[place])
        status = 403 if not case.allowed(action) else (200, 409)[place]
        ask(case, action, status, before.revision)
        after = case.desk.items.get(case.item.id)
        assert (after == before) is (status != 200), (action, before)
    anywhere = case.home or case.role is DeskRole.ADMINISTRATOR
    case.who.ask("POST", "/records/1/comments", 201 if anywhere else 403, json={"text": "hm"})
    case.who.ask("POST", "/records", 201 if anywhere else 403, json={"content": PRACTICE, "name": "other"})
    with case.engine.connect() as connection:
        assert audit.broken(connection) is None


def test_pages_do_what_the_role_the_state_and_the_country_allow(case: Case) -> None:
    """And each page offers just that."""
    browser = case.who.client
    cookie = {"Cookie": f"{COOKIE}={case.desk.accounts.sign_in('who@example.org', PASSWORD, NOW)}"}
    for state in State:
        before = case.put(state)
        shown = Selector(browser.get(f"/en/desk/{case.item.id}", headers=cookie).text)
        offered = {form.rpartition("/")[2] for form in shown.css("form[action*='/steps/']::attr(action)").getall()}
        possible = {action for action in NEEDS if state in POSSIBLE[action] and case.allowed(action)}
        assert offered == possible & set(STEPS), state
        assert bool(shown.css("a[href$='/edit']")) is (Action.EDIT in possible), state
        token = shown.css("input[name=token]::attr(value)").get("")
        action = next((step_ for step_ in STEPS if state in POSSIBLE[step_]), Action.PUBLISH)
        status = 403 if not case.allowed(action) else 303 if state in POSSIBLE[action] else 409
        data = {"token": token, "revision": before.revision, "reason": "a reason"}
        path = f"/en/desk/{case.item.id}/steps/{action}"
        answer = browser.post(path, data=data, headers=cookie, follow_redirects=False)
        assert answer.status_code == status, (action, state)
        assert (case.desk.items.get(case.item.id) == before) is (status != 303)


@pytest.mark.parametrize(("person", "home", "action"), list(product(PEOPLE, (True, False), NEEDS)))
def test_the_library_allows_the_same_in_every_state(person: tuple[DeskRole, bool], home: bool, action: Action) -> None:
    role, own = person
    actor, scope = Actor(1, role, frozenset({"LT"} if home else {"PL"})), Scope("LT", None, 1 if own else 2)
    right = allowed(role, own, home, action)
    for state in State:
        standing = Standing(state, frozenset({2}), 3 if state is S.APPROVED else None)
        possible = state in POSSIBLE[action]
        assert may(actor, action, scope) is right
        assert (action in steps(standing)) is possible
        if possible:
            assert step(standing, action, 1).state in State
        else:
            with pytest.raises(WrongStateError):
                step(standing, action, 1)


def test_of_fifty_programs_that_saw_the_same_one_is_heard(service: Service, desk: Desk, engine: Engine) -> None:
    app = create_app(service, ApiSettings(), desk)
    ema = program(TestClient(app), desk, "ema", DeskRole.EDITOR)
    ema.ask("POST", "/records", 201, json={"content": PRACTICE, "name": "kitchen"})
    rounds = (1, 2)

    def edit(number: int, revision: int) -> int:
        headers = {"Authorization": f"Bearer {ema.key}", "If-Match": f'"{revision}"'}
        body = {"content": {**PRACTICE, "keywords": [f"k{number}"]}, "reason": "mine"}
        return TestClient(app).put("/v1/desk/records/1", json=body, headers=headers).status_code

    with ThreadPoolExecutor(50) as pool:
        for revision in rounds:
            answers = list(pool.map(edit, range(50), [revision] * 50))
            assert Counter(answers) == {200: 1, 412: 49}
            written = desk.items.versions(1)[-1].content["keywords"]
            assert written == [f"k{answers.index(200)}"]
    assert desk.items.get(1).revision == 3
    with engine.connect() as connection:
        assert audit.broken(connection) is None
