import datetime as dt

import pytest
from sqlalchemy import Engine, func, select

from corpus import alert_tables as t
from corpus.alerts import links, readers
from corpus.alerts.links import Link, Purpose
from corpus.alerts.readers import Kind, Rhythm, Search, Told
from corpus.errors import LinkExpiredError
from tests.factories import NOW

WHO = "Mayor@Town.example"
SEARCH = Search(Kind.CALLS, "fund=ERDF", Rhythm.DAILY)
DAY = dt.timedelta(days=1)


def asked(engine: Engine, email: str = WHO, search: Search = SEARCH, now: dt.datetime = NOW) -> str:
    secret = readers.ask(engine, email, "en", search, now)
    assert secret is not None
    return secret


def begun(engine: Engine, *known: Told, search: Search = SEARCH, now: dt.datetime = NOW) -> readers.Alert:
    return readers.confirm(engine, asked(engine, search=search, now=now), known, now)


def link(engine: Engine, purpose: Purpose, reader: int, alert: int | None = None, record: str | None = None) -> str:
    secret = links.fresh()
    with engine.begin() as connection:
        links.keep(connection, secret, Link(purpose, reader, alert, record), NOW)
    return secret


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        tables = (t.reader, t.alert, t.token, t.told, t.letter)
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        }


def test_nothing_is_due_before_it_is_confirmed(engine: Engine) -> None:
    secret = asked(engine)
    assert readers.due(engine, NOW + 3 * DAY) == []
    readers.confirm(engine, secret, (), NOW)
    (reader,) = readers.due(engine, NOW + 3 * DAY)
    assert (reader.email, [alert.search for alert in reader.alerts]) == ("mayor@town.example", [SEARCH])


def test_a_second_click_changes_nothing(engine: Engine) -> None:
    secret = asked(engine)
    readers.confirm(engine, secret, (Told("a", "open"),), NOW)
    readers.confirm(engine, secret, (Told("a", "open"), Told("b", "open")), NOW + DAY)
    assert rows(engine)["alert_told"] == 1


def test_what_is_not_confirmed_is_gone_after_seven_days(engine: Engine) -> None:
    secret = asked(engine)
    with engine.begin() as connection:
        assert readers.forget(connection, NOW + 7 * DAY - dt.timedelta(seconds=1)) == 0
    with pytest.raises(LinkExpiredError):
        readers.confirm(engine, secret, (), NOW + 7 * DAY)
    with engine.begin() as connection:
        assert readers.forget(connection, NOW + 7 * DAY) == 1
    assert set(rows(engine).values()) == {0}


def test_an_old_request_goes_with_the_next_one_too(engine: Engine) -> None:
    asked(engine)
    asked(engine, "other@town.example", now=NOW + 8 * DAY)
    with engine.connect() as connection:
        assert list(connection.execute(select(t.reader.c.email)).scalars()) == ["other@town.example"]


def test_confirmed_alerts_stay(engine: Engine) -> None:
    begun(engine)
    with engine.begin() as connection:
        assert readers.forget(connection, NOW + 4000 * DAY) == 0
    assert rows(engine)["alert"] == 1


def test_nobody_can_fill_the_letter_box_of_another(engine: Engine) -> None:
    given = [readers.ask(engine, WHO, "en", SEARCH, NOW) for _ in range(readers.MOST_WAITING + 2)]
    assert [secret is not None for secret in given] == [True] * readers.MOST_WAITING + [False] * 2


def test_a_reader_has_only_so_many_searches(engine: Engine) -> None:
    for _ in range(readers.MOST):
        begun(engine)
    assert readers.ask(engine, WHO, "en", SEARCH, NOW) is None


@pytest.mark.parametrize(
    ("rhythm", "early", "late"), [(Rhythm.DAILY, 19, 24), (Rhythm.WEEKLY, 144, 168), (Rhythm.RUN, None, 0)]
)
def test_a_search_rests_as_long_as_its_rhythm_says(
    engine: Engine, rhythm: Rhythm, early: int | None, late: int
) -> None:
    begun(engine, search=Search(Kind.CALLS, "", rhythm))
    if early is not None:
        assert readers.due(engine, NOW + dt.timedelta(hours=early)) == []
    assert len(readers.due(engine, NOW + dt.timedelta(hours=late))) == 1


def test_stopping_one_search_leaves_the_others(engine: Engine) -> None:
    first, second = begun(engine), begun(engine)
    (ended,) = readers.stop(engine, link(engine, Purpose.STOP, first.reader, first.id), NOW)
    assert ended.id == first.id
    (reader,) = readers.due(engine, NOW + DAY)
    assert [alert.id for alert in reader.alerts] == [second.id]


def test_stopping_all_deletes_everything_that_was_kept(engine: Engine) -> None:
    first = begun(engine, Told("a", "open"))
    begun(engine)
    secret = link(engine, Purpose.STOP, first.reader)
    assert len(readers.stop(engine, secret, NOW)) == 2
    assert set(rows(engine).values()) == {0}
    with pytest.raises(LinkExpiredError):
        readers.stop(engine, secret, NOW)


def test_stopping_the_last_search_deletes_the_address(engine: Engine) -> None:
    alert = begun(engine, Told("a", "open"))
    readers.stop(engine, link(engine, Purpose.STOP, alert.reader, alert.id), NOW)
    assert set(rows(engine).values()) == {0}


def test_a_link_is_good_for_one_thing_only(engine: Engine) -> None:
    alert = begun(engine)
    secret = link(engine, Purpose.DISMISS, alert.reader, record="a")
    with pytest.raises(LinkExpiredError):
        readers.stop(engine, secret, NOW)
    assert readers.dismiss(engine, secret, NOW) == "a"
    with pytest.raises(LinkExpiredError):
        readers.dismiss(engine, secret, NOW + 181 * DAY)


def test_only_the_hash_of_a_link_is_kept(engine: Engine) -> None:
    secret = asked(engine)
    with engine.connect() as connection:
        (kept,) = connection.execute(select(t.token.c.hash)).scalars()
    assert secret not in kept
    assert len(kept) == 64


def test_looking_at_a_link_changes_nothing(engine: Engine) -> None:
    secret = asked(engine)
    before = rows(engine)
    found, concerned = readers.about(engine, secret, Purpose.CONFIRM, NOW)
    assert (found.purpose, [alert.search for alert in concerned]) == (Purpose.CONFIRM, [SEARCH])
    assert rows(engine) == before
    assert readers.due(engine, NOW + DAY) == []
