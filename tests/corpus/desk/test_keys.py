import datetime as dt

import pytest
from sqlalchemy import text

from corpus.desk import audit
from corpus.desk.errors import ContentError, UnknownItemError
from corpus.desk.keys import MOST_KEYS, KeyScope
from tests.corpus.desk.conftest import Desk
from tests.factories import NOW

DAY = dt.timedelta(days=1)


def test_a_key_is_told_once_and_kept_as_its_hash(desk: Desk) -> None:
    ruta, keys = desk.people["ruta"].account, desk.accounts.keys
    secret = keys.issue(ruta, " our web site ", KeyScope.READ, NOW, days=30)
    (listed,) = keys.of_account(ruta)
    assert (listed.name, listed.scope, listed.expires_at, listed.last_used) == (
        "our web site",
        KeyScope.READ,
        NOW + 30 * DAY,
        None,
    )
    with desk.engine.connect() as connection:
        for table in ("desk_token", "desk_event"):
            assert secret not in str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608  own names


def test_when_a_key_was_last_used_is_noted_to_the_minute(desk: Desk) -> None:
    ruta, keys = desk.people["ruta"].account, desk.accounts.keys
    secret = keys.issue(ruta, "site", KeyScope.WRITE, NOW)
    for seconds in (0, 5, 59, 60, 70):
        assert keys.use(secret, NOW + dt.timedelta(seconds=seconds)).account == ruta
    assert keys.of_account(ruta)[0].last_used == NOW + dt.timedelta(seconds=60)


def test_a_key_ends_by_itself_and_at_once_when_it_is_revoked(desk: Desk) -> None:
    ruta, keys = desk.people["ruta"].account, desk.accounts.keys
    short, long = (keys.issue(ruta, name, KeyScope.WRITE, NOW, days) for name, days in (("a", 1), ("b", 365)))
    with pytest.raises(UnknownItemError):
        keys.use(short, NOW + DAY)
    ours = next(key for key in keys.of_account(ruta) if key.name == "b")
    keys.revoke(ruta, ours.id, NOW)
    with pytest.raises(UnknownItemError):
        keys.use(long, NOW)
    with pytest.raises(UnknownItemError, match="revoked already"):
        keys.revoke(ruta, ours.id, NOW)


@pytest.mark.parametrize("key", ["", "%", "_" * 16, "0" * 16])
def test_nobody_revokes_the_key_of_another_or_all_at_once(desk: Desk, key: str) -> None:
    keys = desk.accounts.keys
    secret = keys.issue(desk.people["ruta"].account, "site", KeyScope.WRITE, NOW)
    theirs = keys.of_account(desk.people["ruta"].account)[0].id
    for tried in (key, theirs):
        with pytest.raises(UnknownItemError):
            keys.revoke(desk.people["ema"].account, tried, NOW)
    assert keys.use(secret, NOW)


def test_a_key_needs_a_name_and_an_end_and_there_are_not_too_many(desk: Desk) -> None:
    ruta, keys = desk.people["ruta"].account, desk.accounts.keys
    for name, days, field in ((" ", 1, "name"), ("a", 0, "days"), ("a", 366, "days")):
        with pytest.raises(ContentError) as problem:
            keys.issue(ruta, name, KeyScope.READ, NOW, days)
        assert set(problem.value.fields) == {field}
    for number in range(MOST_KEYS):
        keys.issue(ruta, f"key {number}", KeyScope.READ, NOW)
    with pytest.raises(ContentError, match="revoke one"):
        keys.issue(ruta, "one more", KeyScope.READ, NOW)
    assert len(keys.of_account(ruta)) == MOST_KEYS
    with desk.engine.connect() as connection:
        assert audit.broken(connection) is None
        assert [event.action for event in audit.events(connection)].count("new_key") == MOST_KEYS


def test_a_session_is_no_key_and_a_key_no_session(desk: Desk) -> None:
    key = desk.accounts.keys.issue(desk.people["ruta"].account, "site", KeyScope.WRITE, NOW)
    with pytest.raises(UnknownItemError):
        desk.accounts.of_session(key, NOW)
    with pytest.raises(UnknownItemError):
        desk.accounts.keys.use(desk.accounts.sign_in("ruta@example.org", "four words that differ", NOW), NOW)
