"""What the command promises: one letter a run, nothing twice, goes on after an interruption."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.alerts.command import lines, post_office
from api.alerts.post import MOST_ITEMS, run
from corpus.alerts.telling import Sent
from corpus.errors import SettingsError
from corpus.mail import Outbox
from tests.api.alerts.office import DAY, WHO, Office, Refusing, announced, links, opened, titles


def test_a_letter_says_what_is_new_and_where_it_was_read(office: Office) -> None:
    office.begin("fund=ERDF")
    money = {"grant_max": {"amount": "90000"}, "rate_max": "80"}
    office.hold(opened(3, funds=["ERDF"]), opened(7, funds=["ERDF"], money=money), opened(8))
    office.moment += DAY
    report = run(office.post)
    assert (report.readers, report.written, report.sent) == (1, 1, Sent(sent=1))
    (letter,) = office.letters()
    text = letter.get_content()
    assert letter["subject"] == "1 new find for your search"
    assert titles(letter) == ["Call number 7"]
    for words in (
        "Fund: European Regional Development Fund (ERDF)",
        "Deadlines: 1 June 2027",
        "  Open",
        "Largest grant: €90,000",
        "https://isopolis.example/en/calls/isopolis.n007",
        "Source: https://example.org/page (checked on 1 November 2026)",
        "https://isopolis.example/en/calls?fund=ERDF",
        "Check every call at its source",
    ):
        assert words in text, words
    assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"


def test_a_person_gets_one_letter_a_run_for_all_searches(office: Office) -> None:
    for query in ("", "fund=ERDF", "q=number"):
        office.begin(query)
    office.hold(opened(1), opened(2), opened(3, funds=["ERDF"]), opened(4, funds=["ERDF"]))
    office.moment += DAY
    run(office.post)
    (letter,) = office.letters()
    # Found by all three searches, told once.
    assert titles(letter) == ["Call number 4"]


def test_a_second_run_has_nothing_to_say(office: Office) -> None:
    office.begin()
    office.hold(*(opened(n) for n in range(1, 6)))
    office.moment += DAY
    assert run(office.post).written == 1
    office.letters()
    for _ in range(3):
        office.moment += DAY
        assert run(office.post).written == 0
    assert office.letters() == []


def test_a_call_that_was_announced_comes_once_more_when_it_opens(office: Office) -> None:
    office.begin("status=any")
    told = []
    for record in (announced(4), announced(4), opened(4), opened(4)):
        office.hold(opened(1), opened(2), opened(3), record)
        office.moment += DAY
        run(office.post)
        told.append([titles(letter) for letter in office.letters()])
    assert told == [[["Call number 4"]], [], [["Call number 4"]], []]


def test_a_closed_call_is_no_news(office: Office) -> None:
    office.begin("status=any")
    past = {"opens": {"date": "2026-01-01"}, "cutoffs": [{"date": "2026-02-01"}]}
    office.hold(opened(1), opened(2), opened(3), opened(4, timeline=past))
    office.moment += DAY
    assert run(office.post).written == 0


def test_a_long_list_comes_in_parts_and_nothing_is_lost(office: Office) -> None:
    office.begin()
    office.hold(*(opened(n) for n in range(1, 3 + MOST_ITEMS + 6)))
    told: list[str] = []
    for _ in range(3):
        office.moment += DAY
        run(office.post)
        for letter in office.letters():
            assert len(titles(letter)) <= MOST_ITEMS
            told += titles(letter)
    assert sorted(told) == sorted({f"Call number {n}" for n in range(4, 3 + MOST_ITEMS + 6)})


def test_letters_speak_the_language_in_which_they_were_asked_for(office: Office) -> None:
    form = {"email": WHO, "kind": "calls", "rhythm": "daily", "query": ""}
    office.client.post("/bg/alerts", data=form)
    (asking,) = office.letters()
    assert asking["content-language"] == "bg"
    office.client.post(links(asking, "confirm")[0])
    office.hold(opened(1), opened(2), opened(3), opened(4))
    office.moment += DAY
    run(office.post)
    (letter,) = office.letters()
    assert letter["content-language"] == "bg"
    assert "/bg/calls/isopolis.n004" in letter.get_content()
    assert "1 юни 2027" in letter.get_content()


def test_a_refused_letter_is_sent_by_the_next_run_and_no_second_one_is_written(office: Office) -> None:
    office.begin()
    office.hold(*(opened(n) for n in range(1, 6)))
    office.moment += DAY
    report = run(office.with_transport(Refusing()))
    assert (report.written, report.sent.refused) == (1, 1)
    assert "1 letters wait for the next run: closed today" in lines(report)
    office.hold(*(opened(n) for n in range(1, 8)))
    office.moment += DAY
    again = run(office.post)
    assert (again.written, again.sent.sent) == (0, 1)
    (letter,) = office.letters()
    assert titles(letter) == ["Call number 4", "Call number 5"]
    office.moment += DAY
    run(office.post)
    (rest,) = office.letters()
    assert titles(rest) == ["Call number 6", "Call number 7"]


class Killed(BaseException):
    """The process ends at once."""


class Dying(Outbox):
    def send(self, letter_id: str, message: str) -> None:
        super().send(letter_id, message)
        raise Killed


def test_a_run_that_dies_after_sending_leaves_one_letter(office: Office) -> None:
    office.begin()
    office.hold(*(opened(n) for n in range(1, 6)))
    office.moment += DAY
    with pytest.raises(Killed):
        run(office.with_transport(Dying(office.home / "outbox")))
    run(office.post)
    assert [titles(letter) for letter in office.letters()] == [["Call number 4", "Call number 5"]]


def test_a_search_that_cannot_be_read_any_more_stops_no_other(office: Office) -> None:
    office.begin("fund=ERDF")
    office.begin("q=number")
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alert SET query = 'fund=GONE' WHERE query = 'fund=ERDF'")
    office.hold(opened(1), opened(2), opened(3), opened(4))
    office.moment += DAY
    report = run(office.post)
    assert (report.written, report.unreadable) == (1, 1)
    assert "1 searches cannot be read any more" in lines(report)


def test_letters_that_leave_the_machine_need_a_public_address(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ISOPOLIS_HOME", str(tmp_path))
    assert post_office(office.service, office.engine).address == "http://127.0.0.1:8000"
    monkeypatch.setenv("ISOPOLIS_MAIL_HOST", "mail.example")
    with pytest.raises(SettingsError, match="ISOPOLIS_API_ADDRESS"):
        post_office(office.service, office.engine)
    monkeypatch.setenv("ISOPOLIS_API_ADDRESS", "https://isopolis.example")
    assert post_office(office.service, office.engine).address == "https://isopolis.example"


WORLD = st.dictionaries(st.integers(1, 5), st.sampled_from([announced, opened]), min_size=1)


@settings(max_examples=12, deadline=None)
@given(st.lists(WORLD, min_size=2, max_size=6), st.lists(st.sampled_from(["status=any", "", "q=number"]), max_size=2))
def test_whatever_comes_and_goes_no_item_is_told_twice(worlds: list[dict[int, object]], more: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Office.at(Path(folder))
        for query in ("status=any", *more):
            office.hold(opened(99))
            office.begin(query)
        told: list[tuple[str, bool]] = []
        for world in worlds:
            office.moment += DAY + dt.timedelta(minutes=1)
            office.hold(opened(99), *(make(number) for number, make in world.items()))  # type: ignore[operator]
            run(office.post)
            letters = office.letters()
            assert len(letters) <= 1
            for letter in letters:
                kinds = [world[int(title.split()[-1])] is opened for title in titles(letter)]
                told += list(zip(titles(letter), kinds, strict=True))
        assert len(told) == len(set(told))
        office.engine.dispose()
