"""People look after their own account."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.desk import audit
from corpus.desk.accounts import Newcomer
from corpus.desk.elsewhere import Identity, enter
from corpus.desk.errors import ContentError, NotAllowedError, SignInError, UnknownItemError
from corpus.desk.own import FRESH, Own
from corpus.desk.passwords import MOST_FAILURES
from corpus.desk.rights import DeskRole
from tests.corpus.desk.conftest import PASSWORD, Desk
from tests.factories import NOW

RUTA = "ruta@example.org"
OTHER = "another four words"


def test_a_name_a_language_and_whether_the_public_may_read_the_name(desk: Desk) -> None:
    number = desk.people["ruta"].account
    Own(desk.accounts).rename(number, " Rūta ", True, "lt", NOW)
    found = next(one for one in desk.accounts.all() if one.id == number)
    assert (found.name, found.name_is_public, found.language) == ("Rūta", True, "lt")
    with pytest.raises(ContentError, match="how the others may call you"):
        Own(desk.accounts).rename(number, " ", True, "lt", NOW)


def test_another_password_ends_every_session_and_begins_one(desk: Desk) -> None:
    own, number = Own(desk.accounts), desk.people["ruta"].account
    here, there = (desk.accounts.sign_in(RUTA, PASSWORD, NOW, device) for device in ("Firefox", "Safari"))
    key = desk.accounts.new_key(number, "sheets", NOW)
    new = own.change_password(number, here, PASSWORD, OTHER, NOW)
    for ended in (here, there):
        with pytest.raises(UnknownItemError):
            desk.accounts.of_session(ended, NOW)
    assert [(one.device, one.here) for one in own.sessions(number, new, NOW)] == [("Firefox", True)]
    assert desk.accounts.of_key(key, NOW).id == number
    assert desk.accounts.sign_in(RUTA, OTHER, NOW)


def test_a_stolen_session_cannot_guess_the_password(desk: Desk) -> None:
    own, number = Own(desk.accounts), desk.people["ruta"].account
    stolen = desk.accounts.sign_in(RUTA, PASSWORD, NOW)
    for _ in range(MOST_FAILURES):
        with pytest.raises(ContentError, match="not your password"):
            own.change_password(number, stolen, "a wrong password", OTHER, NOW)
    with pytest.raises(ContentError, match="not your password"):
        own.erase(number, stolen, PASSWORD, NOW)
    with pytest.raises(SignInError):
        desk.accounts.sign_in(RUTA, PASSWORD, NOW)


def test_many_who_guess_at_once_lock_the_account(desk: Desk) -> None:
    def guess(_number: int) -> str:
        with pytest.raises(SignInError):
            desk.accounts.sign_in(RUTA, "a wrong password", NOW)
        return "refused"

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(guess, range(3 * MOST_FAILURES))) == {"refused"}
    with pytest.raises(SignInError):
        desk.accounts.sign_in(RUTA, PASSWORD, NOW)
    with desk.engine.connect() as connection:
        assert audit.broken(connection) is None
        assert "lock" in {event.action for event in audit.events(connection)}


def test_a_session_is_ended_from_another_one_but_not_by_somebody_else(desk: Desk) -> None:
    own, number = Own(desk.accounts), desk.people["ruta"].account
    here, there = (desk.accounts.sign_in(RUTA, PASSWORD, NOW) for _ in range(2))
    other = next(one.id for one in own.sessions(number, here, NOW) if not one.here)
    with pytest.raises(UnknownItemError, match="ended already"):
        own.end(desk.people["ema"].account, other, NOW)
    own.end(number, other, NOW)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_session(there, NOW)
    own.end_all(number, NOW)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_session(here, NOW)


def test_who_leaves_gives_the_password_once_more(desk: Desk) -> None:
    own, number = Own(desk.accounts), desk.people["ruta"].account
    session = desk.accounts.sign_in(RUTA, PASSWORD, NOW)
    with pytest.raises(ContentError, match="not your password"):
        own.erase(number, session, OTHER, NOW)
    own.erase(number, session, PASSWORD, NOW)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_session(session, NOW)


def test_the_last_administrator_cannot_leave(desk: Desk) -> None:
    own, number = Own(desk.accounts), desk.people["admin"].account
    session = desk.accounts.sign_in("admin@example.org", PASSWORD, NOW)
    with pytest.raises(NotAllowedError, match="another administrator first"):
        own.erase(number, session, PASSWORD, NOW)
    desk.accounts.change(desk.people["ema"].account, NOW, desk.people["admin"], role=DeskRole.ADMINISTRATOR.value)
    own.erase(number, session, PASSWORD, NOW)


def test_who_has_no_password_signs_in_anew_before_leaving(desk: Desk) -> None:
    desk.accounts.invite(Newcomer("nida@example.org", DeskRole.REVIEWER), NOW)
    who = Identity("https://login.example", "42", "nida@example.org", True, "Nida")
    session = enter(desk.engine, who, NOW)
    own, number = Own(desk.accounts), desk.accounts.of_session(session, NOW).id
    assert own.enters_with(number) == (False, True)
    with pytest.raises(ContentError, match="sign in anew"):
        own.erase(number, session, "", NOW + FRESH + dt.timedelta(seconds=1))
    own.erase(number, session, "", NOW + FRESH)


def test_people_can_take_all_that_is_kept_of_them_along(desk: Desk) -> None:
    number = desk.people["ruta"].account
    desk.accounts.sign_in(RUTA, PASSWORD, NOW, "Firefox")
    kept = json.loads(json.dumps(desk.accounts.export(number)))
    assert kept["email"] == RUTA
    assert [one["name"] for one in kept["tokens"]] == ["Firefox"]
    assert {"accept", "sign_in"} <= {one["action"] for one in kept["events"]}
    assert not {"password", "hash", "seal"} & {*kept, *kept["tokens"][0], *kept["events"][0]}
