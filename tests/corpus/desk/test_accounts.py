import datetime as dt

import pytest
from sqlalchemy import text

from corpus.desk.accounts import LOCKED_FOR, MOST_FAILURES, Newcomer
from corpus.desk.errors import ContentError, NotAllowedError, SignInError, UnknownItemError
from corpus.desk.rights import DeskRole
from tests.corpus.desk.conftest import PASSWORD, Desk
from tests.factories import NOW

LATER = NOW + dt.timedelta(minutes=1)


def test_who_was_invited_signs_in_and_out(desk: Desk) -> None:
    session = desk.accounts.sign_in("Ruta@example.org ", PASSWORD, LATER)
    assert desk.accounts.of_session(session, LATER).name == "ruta"
    desk.accounts.sign_out(session)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_session(session, LATER)


def test_an_invitation_is_used_once_and_not_for_ever(desk: Desk) -> None:
    admin = desk.people["admin"]
    first, second = (
        desk.accounts.invite(Newcomer(f"{name}@example.org", DeskRole.REVIEWER), NOW, admin) for name in ("a", "b")
    )
    desk.accounts.accept(first, "A", PASSWORD, NOW)
    with pytest.raises(UnknownItemError, match="ask for a new one"):
        desk.accounts.accept(first, "A", PASSWORD, NOW)
    with pytest.raises(UnknownItemError):
        desk.accounts.accept(second, "B", PASSWORD, NOW + dt.timedelta(days=15))


@pytest.mark.parametrize("email", ["", "nobody", "@x", "a@", "a b@c.eu", "a@b@c"])
def test_an_address_that_is_none_is_refused(desk: Desk, email: str) -> None:
    with pytest.raises(ContentError, match=r"write name@example\.org"):
        desk.accounts.invite(Newcomer(email, DeskRole.CONTRIBUTOR), NOW)


def test_nobody_is_invited_twice_or_by_somebody_else_than_an_administrator(desk: Desk) -> None:
    with pytest.raises(ContentError, match="has an account"):
        desk.accounts.invite(Newcomer("RUTA@example.org", DeskRole.EDITOR), NOW)
    with pytest.raises(NotAllowedError, match="administrator"):
        desk.accounts.invite(Newcomer("new@example.org", DeskRole.EDITOR), NOW, desk.people["ema"])


@pytest.mark.parametrize(("email", "password"), [("ruta@example.org", "wrong password"), ("who@example.org", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(desk: Desk, email: str, password: str) -> None:
    with pytest.raises(SignInError, match="name or password are wrong"):
        desk.accounts.sign_in(email, password, NOW)


def test_an_account_is_locked_after_wrong_passwords_and_opens_by_itself(desk: Desk) -> None:
    for _ in range(MOST_FAILURES):
        with pytest.raises(SignInError):
            desk.accounts.sign_in("ruta@example.org", "wrong password", NOW)
    with pytest.raises(SignInError):
        desk.accounts.sign_in("ruta@example.org", PASSWORD, NOW)
    assert desk.accounts.sign_in("ruta@example.org", PASSWORD, NOW + LOCKED_FOR)


def test_another_password_ends_all_sessions(desk: Desk) -> None:
    session = desk.accounts.sign_in("ruta@example.org", PASSWORD, NOW)
    secret = desk.accounts.ask_reset("ruta@example.org", NOW)
    assert secret is not None
    desk.accounts.reset(secret, "another four words", NOW)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_session(session, NOW)
    with pytest.raises(UnknownItemError):
        desk.accounts.reset(secret, "another four words", NOW)
    assert desk.accounts.sign_in("ruta@example.org", "another four words", NOW)


def test_nobody_learns_from_a_reset_who_has_an_account(desk: Desk) -> None:
    assert desk.accounts.ask_reset("who@example.org", NOW) is None


def test_a_short_password_is_refused_with_what_would_do(desk: Desk) -> None:
    secret = desk.accounts.invite(Newcomer("a@example.org", DeskRole.EDITOR), NOW)
    with pytest.raises(ContentError, match="take 12 to 200 signs"):
        desk.accounts.accept(secret, "A", "short", NOW)
    assert desk.accounts.accept(secret, "A", PASSWORD, NOW).role is DeskRole.EDITOR


def test_a_changed_account_has_to_sign_in_again_and_the_last_administrator_stays(desk: Desk) -> None:
    admin, ruta = desk.people["admin"], desk.people["ruta"]
    session = desk.accounts.sign_in("ruta@example.org", PASSWORD, NOW)
    desk.accounts.change(ruta.account, NOW, admin, role=DeskRole.REVIEWER.value)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_session(session, NOW)
    with pytest.raises(NotAllowedError, match="another administrator first"):
        desk.accounts.change(admin.account, NOW, admin, active=False)
    assert desk.accounts.sign_in("admin@example.org", PASSWORD, NOW)


def test_a_key_acts_for_its_person_until_the_account_is_closed(desk: Desk) -> None:
    key = desk.accounts.new_key(desk.people["ruta"].account, "import", NOW)
    assert desk.accounts.of_key(key, NOW).name == "ruta"
    desk.accounts.change(desk.people["ruta"].account, NOW, desk.people["admin"], active=False)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_key(key, NOW)


def test_who_leaves_takes_name_and_address_along(desk: Desk) -> None:
    ruta = desk.people["ruta"]
    kept = desk.accounts.export(ruta.account)
    assert kept["email"] == "ruta@example.org"
    assert "password" not in kept
    desk.accounts.erase(ruta.account, NOW)
    with desk.engine.connect() as connection:
        for table in ("desk_account", "desk_token", "desk_event"):
            assert "ruta" not in str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608  own names
    with pytest.raises(SignInError):
        desk.accounts.sign_in("ruta@example.org", PASSWORD, NOW)


def test_secrets_are_nowhere_in_the_database(desk: Desk) -> None:
    session = desk.accounts.sign_in("ruta@example.org", PASSWORD, NOW)
    with desk.engine.connect() as connection:
        rows = str([connection.execute(text(f"SELECT * FROM {name}")).all() for name in ("desk_account", "desk_token")])  # noqa: S608
    assert session not in rows
    assert PASSWORD not in rows
    assert "$argon2id$" in rows
