from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.desk.errors import DeskError, NotAllowedError, TwoPersonError, WrongStateError
from corpus.desk.rights import Action, Actor, DeskRole, Scope, check_right, may
from corpus.desk.workflow import CHANGES_CONTENT, Standing, State, step, steps

PEOPLE = (1, 2, 3)
DRAFT = Standing(authors=frozenset({1}))


def after(*moves: tuple[Action, int], start: Standing = DRAFT) -> Standing:
    standing = start
    for action, account in moves:
        standing = step(standing, action, account)
    return standing


def test_the_way_to_the_public() -> None:
    standing = after((Action.SUBMIT, 1), (Action.START_REVIEW, 2), (Action.APPROVE, 2), (Action.PUBLISH, 3))
    assert standing == Standing(State.PUBLISHED, public=True)


def test_an_author_cannot_approve() -> None:
    with pytest.raises(TwoPersonError, match="somebody else"):
        after((Action.SUBMIT, 1), (Action.START_REVIEW, 1), (Action.APPROVE, 1))


def test_a_change_after_the_approval_voids_it() -> None:
    approved = after((Action.SUBMIT, 1), (Action.START_REVIEW, 2), (Action.APPROVE, 2))
    changed = after(
        (Action.WITHDRAW, 1), (Action.EDIT, 2), (Action.SUBMIT, 1), (Action.START_REVIEW, 2), start=approved
    )
    assert changed.approved_by is None
    with pytest.raises(TwoPersonError):
        step(changed, Action.APPROVE, 2)


def test_what_is_public_stays_so_while_a_newer_version_is_written() -> None:
    published = Standing(State.PUBLISHED, public=True)
    assert step(published, Action.EDIT, 1) == Standing(State.DRAFT, frozenset({1}), public=True)
    assert not step(published, Action.ARCHIVE, 1).public


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_a_step_is_offered_exactly_where_it_is_possible(state: State, action: Action) -> None:
    standing = Standing(state, frozenset({1}), approved_by=2)
    if action in steps(standing):
        assert step(standing, action, 3).state in State
    else:
        with pytest.raises(WrongStateError, match="possible in"):
            step(standing, action, 3)


@given(st.lists(st.tuples(st.sampled_from(Action), st.sampled_from(PEOPLE)), max_size=40))
def test_nothing_is_published_that_one_person_alone_has_touched(moves: list[tuple[Action, int]]) -> None:
    standing, touched, looked = DRAFT, {1}, set[int]()
    for action, account in moves:
        try:
            standing = step(standing, action, account)
        except DeskError:
            continue
        if action in CHANGES_CONTENT:
            touched, looked = touched | {account}, set()
        elif action is Action.APPROVE:
            looked.add(account)
        elif action is Action.PUBLISH:
            assert looked - touched, "published without a second person"
            touched, looked = set(), set()


_ALLOWED = {
    DeskRole.CONTRIBUTOR: {Action.CREATE, Action.EDIT, Action.COMMENT, Action.SUBMIT, Action.WITHDRAW},
    DeskRole.REVIEWER: {Action.START_REVIEW, Action.REQUEST_CHANGES, Action.APPROVE, Action.REJECT},
    DeskRole.EDITOR: {Action.PUBLISH, Action.REVALIDATE, Action.EXPIRE, Action.ARCHIVE, Action.RESTORE},
    DeskRole.ADMINISTRATOR: set(),
}


@pytest.mark.parametrize(
    ("role", "action", "own", "home"), list(product(DeskRole, Action, (True, False), (True, False)))
)
def test_rights_role_by_action_by_record(role: DeskRole, action: Action, own: bool, home: bool) -> None:
    actor = Actor(1, role, countries=frozenset({"LT"}))
    scope = Scope("LT" if home else "PL", None, 1 if own else 2)
    ranks = list(DeskRole)
    allowed = {item for lower in ranks[: ranks.index(role) + 1] for item in _ALLOWED[lower]}
    expected = action in allowed and (home or role is DeskRole.ADMINISTRATOR)
    if role is DeskRole.CONTRIBUTOR and action in (Action.EDIT, Action.SUBMIT, Action.WITHDRAW):
        expected = expected and own
    assert may(actor, action, scope) is expected


def test_a_network_limits_as_a_country_does() -> None:
    actor = Actor(1, DeskRole.EDITOR, network="Eurocities")
    assert may(actor, Action.EDIT, Scope("LT", "Eurocities", 2))
    with pytest.raises(NotAllowedError, match="network Eurocities"):
        check_right(actor, Action.EDIT, Scope("LT", None, 2))
