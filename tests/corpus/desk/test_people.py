"""Administrators look after people."""

import datetime as dt

import pytest

from corpus.desk import audit
from corpus.desk.accounts import Newcomer
from corpus.desk.errors import NotAllowedError, SignInError, UnknownItemError, WrongStateError
from corpus.desk.passwords import MOST_FAILURES
from corpus.desk.people import People, PersonState
from corpus.desk.rights import DeskRole
from tests.corpus.desk.conftest import PASSWORD, Desk
from tests.factories import NOW

RUTA = "ruta@example.org"


def states(desk: Desk, now: dt.datetime = NOW) -> dict[str, PersonState]:
    return {one.account.name: one.state for one in People(desk.accounts).all(now, desk.people["admin"])}


def test_what_state_people_are_in(desk: Desk) -> None:
    desk.accounts.invite(Newcomer("new@example.org", DeskRole.REVIEWER), NOW)
    for _ in range(MOST_FAILURES):
        with pytest.raises(SignInError):
            desk.accounts.sign_in(RUTA, "a wrong password", NOW)
    desk.accounts.change(desk.people["ema"].account, NOW, desk.people["admin"], active=False)
    desk.accounts.erase(desk.people["rasa"].account, NOW)
    assert states(desk) == {"admin": "active", "ema": "closed", "new": "invited", "ruta": "locked"}
    People(desk.accounts).unlock(desk.people["ruta"].account, NOW, desk.people["admin"])
    assert desk.accounts.sign_in(RUTA, PASSWORD, NOW)


@pytest.mark.parametrize("who", ["ruta", "rasa", "ema"])
def test_only_administrators_see_people_and_act(desk: Desk, who: str) -> None:
    people, other = People(desk.accounts), desk.people["admin"].account
    with pytest.raises(NotAllowedError):
        people.all(NOW, desk.people[who])
    for act in (people.invite_again, people.unlock, people.end_sessions):
        with pytest.raises(NotAllowedError):
            act(other, NOW, desk.people[who])


def test_a_second_invitation_makes_the_first_worthless(desk: Desk) -> None:
    first = desk.accounts.invite(Newcomer("new@example.org", DeskRole.REVIEWER), NOW)
    number = max(one.id for one in desk.accounts.all())
    second = People(desk.accounts).invite_again(number, NOW, desk.people["admin"])
    with pytest.raises(UnknownItemError):
        desk.accounts.accept(first, "New", PASSWORD, NOW)
    assert desk.accounts.accept(second, "New", PASSWORD, NOW, "lt").language == "lt"
    with pytest.raises(WrongStateError):
        People(desk.accounts).invite_again(number, NOW, desk.people["admin"])


def test_another_role_keeps_an_invitation_good_and_a_closed_account_does_not(desk: Desk) -> None:
    secret = desk.accounts.invite(Newcomer("new@example.org", DeskRole.EDITOR), NOW)
    number = max(one.id for one in desk.accounts.all())
    desk.accounts.change(number, NOW, desk.people["admin"], role=DeskRole.CONTRIBUTOR.value)
    assert desk.accounts.accept(secret, "New", PASSWORD, NOW).role is DeskRole.CONTRIBUTOR
    other = desk.accounts.invite(Newcomer("late@example.org", DeskRole.EDITOR), NOW)
    desk.accounts.change(max(one.id for one in desk.accounts.all()), NOW, desk.people["admin"], active=False)
    with pytest.raises(UnknownItemError):
        desk.accounts.accept(other, "Late", PASSWORD, NOW)


def test_an_administrator_who_was_only_invited_is_nobody_yet(desk: Desk) -> None:
    desk.accounts.invite(Newcomer("second@example.org", DeskRole.ADMINISTRATOR), NOW)
    admin = desk.people["admin"]
    with pytest.raises(NotAllowedError, match="another administrator first"):
        desk.accounts.change(admin.account, NOW, admin, role=DeskRole.EDITOR.value)


def test_sessions_of_somebody_are_ended_and_the_log_tells_who_did_it(desk: Desk) -> None:
    session = desk.accounts.sign_in(RUTA, PASSWORD, NOW)
    number, admin = desk.people["ruta"].account, desk.people["admin"]
    assert People(desk.accounts).one(number, NOW, admin).sessions == 1
    People(desk.accounts).end_sessions(number, NOW, admin)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_session(session, NOW)
    with desk.engine.connect() as connection:
        last = list(audit.events(connection))[-1]
    assert (last.account, last.action, last.detail) == (admin.account, "end_sessions", {"whom": number})


def test_an_address_whose_invitation_is_too_old_is_forgotten_and_can_be_invited_anew(desk: Desk) -> None:
    desk.accounts.invite(Newcomer("new@example.org", DeskRole.REVIEWER), NOW)
    later = NOW + dt.timedelta(days=14)
    desk.accounts.sign_in(RUTA, PASSWORD, later - dt.timedelta(seconds=1))
    assert "new" in states(desk, later)
    desk.accounts.sign_in(RUTA, PASSWORD, later)
    assert "new" not in states(desk, later)
    assert desk.accounts.invite(Newcomer("new@example.org", DeskRole.EDITOR), later)


def test_who_has_no_password_gets_no_letter_to_set_one(desk: Desk) -> None:
    desk.accounts.invite(Newcomer("new@example.org", DeskRole.REVIEWER), NOW)
    assert desk.accounts.ask_reset("new@example.org", NOW) is None
