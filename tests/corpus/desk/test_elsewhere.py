"""Who signs in by another service: invited first, linked by a verified address, then known by the subject."""

from dataclasses import replace

import pytest

from corpus.desk.accounts import Newcomer
from corpus.desk.elsewhere import ElsewhereError, Identity, Refusal, enter
from corpus.desk.errors import UnknownItemError
from corpus.desk.rights import DeskRole
from tests.corpus.desk.conftest import PASSWORD, Desk
from tests.factories import NOW

RUTA = Identity("https://login.example", "42", "Ruta@example.org", True, "Ruta R.")


def refusal(desk: Desk, who: Identity) -> Refusal:
    with pytest.raises(ElsewhereError) as refused:
        enter(desk.engine, who, NOW)
    assert "@" not in str(refused.value)
    return refused.value.refusal


def test_a_verified_address_links_and_from_then_on_the_subject_counts(desk: Desk) -> None:
    first = enter(desk.engine, RUTA, NOW, "Firefox")
    again = enter(desk.engine, replace(RUTA, email="moved@elsewhere.example", verified=False), NOW)
    assert {desk.accounts.of_session(one, NOW).id for one in (first, again)} == {desk.people["ruta"].account}


def test_who_was_invited_needs_no_password(desk: Desk) -> None:
    secret = desk.accounts.invite(Newcomer("nida@example.org", DeskRole.REVIEWER), NOW)
    session = enter(desk.engine, replace(RUTA, subject="7", email="nida@example.org", name="Nida"), NOW)
    account = desk.accounts.of_session(session, NOW)
    assert (account.name, account.role) == ("Nida", DeskRole.REVIEWER)
    with pytest.raises(UnknownItemError):
        desk.accounts.accept(secret, "Somebody else", PASSWORD, NOW)


def test_who_is_not_let_in(desk: Desk) -> None:
    assert refusal(desk, replace(RUTA, verified=False)) is Refusal.UNVERIFIED
    assert refusal(desk, replace(RUTA, email="")) is Refusal.UNVERIFIED
    assert refusal(desk, replace(RUTA, email="who@example.org")) is Refusal.UNKNOWN
    assert refusal(desk, replace(RUTA, subject="x" * 300)) is Refusal.UNTRUSTED


def test_an_address_is_linked_to_one_person_there(desk: Desk) -> None:
    enter(desk.engine, RUTA, NOW)
    assert refusal(desk, replace(RUTA, subject="another person with the same address")) is Refusal.UNKNOWN
    assert refusal(desk, replace(RUTA, issuer="https://evil.example")) is Refusal.UNKNOWN


def test_a_closed_account_stays_closed(desk: Desk) -> None:
    enter(desk.engine, RUTA, NOW)
    desk.accounts.change(desk.people["ruta"].account, NOW, desk.people["admin"], active=False)
    assert refusal(desk, RUTA) is Refusal.UNKNOWN


def test_who_left_is_a_stranger(desk: Desk) -> None:
    enter(desk.engine, RUTA, NOW)
    desk.accounts.erase(desk.people["ruta"].account, NOW)
    assert refusal(desk, RUTA) is Refusal.UNKNOWN
