import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.pool import StaticPool

from corpus import alert_tables as t
from corpus.alerts import readers, telling
from corpus.alerts.links import Link, Purpose
from corpus.alerts.readers import DISMISSED, Told
from corpus.alerts.telling import Draft
from corpus.database import metadata
from corpus.errors import MailError
from tests.corpus.alerts.test_readers import begun, link
from tests.factories import NOW

A, B, C = (Told(name, "open") for name in "abc")


class Postman:
    """Takes letters, or refuses them."""

    def __init__(self, repeatable: bool = False, refuses: bool = False) -> None:
        self.repeatable, self.refuses = repeatable, refuses
        self.taken: list[str] = []

    def send(self, letter_id: str, message: str) -> None:
        del message
        if self.refuses:
            raise MailError("closed today")
        self.taken.append(letter_id)


class Killed(BaseException):
    """The process ends at once."""


class Dying(Postman):
    """The process dies while the letter is handed over."""

    def send(self, letter_id: str, message: str) -> None:
        super().send(letter_id, message)
        raise Killed


def draft(alert: readers.Alert, *items: Told, name: str = "letter-1") -> Draft:
    return Draft(name, alert.reader, items, {f"stop-{name}": Link(Purpose.STOP, alert.reader)}, "words")


def letters(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(t.letter.c.id)).scalars())


def test_what_was_known_at_the_beginning_is_no_news(engine: Engine) -> None:
    alert = begun(engine, A)
    assert telling.news(engine, alert.reader, [A, B, B]) == (B,)


def test_what_was_told_is_no_news(engine: Engine) -> None:
    alert = begun(engine)
    assert telling.keep(engine, draft(alert, A), [alert], NOW)
    assert telling.news(engine, alert.reader, [A, B]) == (B,)


def test_a_call_that_was_told_as_planned_is_news_once_more_when_it_opens(engine: Engine) -> None:
    alert = begun(engine)
    ahead = Told("a", "ahead")
    telling.keep(engine, draft(alert, ahead), [alert], NOW)
    assert telling.news(engine, alert.reader, [ahead, A]) == (A,)


def test_what_was_dismissed_never_comes_back_whatever_its_stage(engine: Engine) -> None:
    alert = begun(engine)
    readers.dismiss(engine, link(engine, Purpose.DISMISS, alert.reader, record="a"), NOW)
    readers.dismiss(engine, link(engine, Purpose.DISMISS, alert.reader, record="a"), NOW)
    assert telling.news(engine, alert.reader, [A, Told("a", "ahead"), Told("a", DISMISSED)]) == ()


def test_of_two_runs_at_once_one_writes(engine: Engine) -> None:
    alert = begun(engine)
    assert telling.keep(engine, draft(alert, A, name="one"), [alert], NOW)
    assert not telling.keep(engine, draft(alert, A, B, name="two"), [alert], NOW)
    assert letters(engine) == ["one"]


def test_nothing_is_kept_for_somebody_who_has_just_stopped(engine: Engine) -> None:
    alert = begun(engine)
    readers.stop(engine, link(engine, Purpose.STOP, alert.reader), NOW)
    assert not telling.keep(engine, draft(alert, A), [alert], NOW)


def test_stopping_takes_letters_back_that_have_not_left(engine: Engine) -> None:
    alert = begun(engine)
    telling.keep(engine, draft(alert, A), [alert], NOW)
    readers.stop(engine, "stop-letter-1", NOW)
    postman = Postman()
    assert telling.send(engine, postman, NOW).sent == 0
    assert postman.taken == []


def test_a_letter_that_left_is_forgotten(engine: Engine) -> None:
    alert = begun(engine)
    telling.keep(engine, draft(alert, A), [alert], NOW)
    postman = Postman()
    assert telling.send(engine, postman, NOW).sent == 1
    assert (postman.taken, letters(engine)) == (["letter-1"], [])


def test_a_refused_letter_waits_for_the_next_run(engine: Engine) -> None:
    alert = begun(engine)
    telling.keep(engine, draft(alert, A), [alert], NOW)
    refused = telling.send(engine, Postman(refuses=True), NOW)
    assert (refused.refused, refused.problem) == (1, "closed today")
    assert telling.waiting(engine) == {alert.reader}
    assert telling.send(engine, Postman(), NOW).sent == 1


def test_an_interrupted_handing_over_is_not_repeated_where_that_could_send_twice(engine: Engine) -> None:
    alert = begun(engine)
    telling.keep(engine, draft(alert, A), [alert], NOW)
    dying = Dying()
    with pytest.raises(Killed):
        telling.send(engine, dying, NOW)
    soon, later = Postman(), Postman()
    assert telling.send(engine, soon, NOW + dt.timedelta(minutes=5)).sent == 0
    given_up = telling.send(engine, later, NOW + dt.timedelta(hours=2))
    assert (given_up.sent, given_up.uncertain) == (0, 1)
    assert dying.taken + soon.taken + later.taken == ["letter-1"]


def test_an_interrupted_handing_over_is_repeated_where_that_leaves_one_letter(engine: Engine) -> None:
    alert = begun(engine)
    telling.keep(engine, draft(alert, A), [alert], NOW)
    with pytest.raises(Killed):
        telling.send(engine, Dying(repeatable=True), NOW)
    folder = Postman(repeatable=True)
    assert telling.send(engine, folder, NOW).sent == 1


STEP = st.one_of(
    st.tuples(st.just("found"), st.lists(st.sampled_from([A, B, C, Told("a", "ahead"), Told("b", "ahead")]))),
    st.tuples(st.just("dismiss"), st.sampled_from(["a", "b", "c"])),
    st.tuples(st.just("send"), st.sampled_from(["taken", "refused", "killed"])),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEP, max_size=25))
def test_no_item_is_ever_told_twice_and_none_that_was_dismissed(steps: list[tuple[str, object]]) -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    alert = begun(engine)
    contents: dict[str, tuple[Told, ...]] = {}
    delivered: list[str] = []
    dismissed: set[str] = set()
    for number, (what, value) in enumerate(steps):
        now = NOW + dt.timedelta(hours=2 * number)
        if what == "found":
            items = telling.news(engine, alert.reader, value)  # type: ignore[arg-type]
            assert dismissed.isdisjoint(item.record_id for item in items)
            if items and telling.keep(engine, draft(alert, *items, name=str(number)), [alert], now):
                contents[str(number)] = items
        elif what == "dismiss":
            readers.dismiss(engine, link(engine, Purpose.DISMISS, alert.reader, record=str(value)), NOW)
            dismissed.add(str(value))
        else:
            postman = {"taken": Postman(), "refused": Postman(refuses=True), "killed": Dying()}[str(value)]
            with contextlib.suppress(Killed):
                telling.send(engine, postman, now)
            delivered += postman.taken
    told = [item for letter in delivered for item in contents[letter]]
    assert len(told) == len(set(told))
    engine.dispose()
