"""Another password by letter, and nobody learns from it who has an account."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.desk.limits import LETTERS_AN_HOUR
from api.desk.post import DeskPost
from api.desk.service import Desk
from api.desk.session import COOKIE
from api.settings import ApiSettings
from api.state import Service
from corpus.desk.accounts import Newcomer
from corpus.desk.rights import DeskRole
from tests.api.desk.conftest import PASSWORD, Person
from tests.api.desk.letterbox import HOME, Letterbox
from tests.factories import NOW

Join = Callable[[str, DeskRole], Person]
OTHER = "another four words"


@dataclass
class Clock:
    moment: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def desk(desk: Desk, box: Letterbox, clock: Clock) -> Desk:
    """A desk that sends letters."""
    return replace(desk, post=DeskPost(box, "Isopolis <isopolis@isopolis.example>", HOME), clock=clock)


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    """Somebody who is not signed in."""
    return TestClient(app)


def asked(browser: TestClient, address: str, language: str = "en", **headers: str) -> str:
    answer = browser.post(f"/{language}/desk/forgotten", data={"email": address}, headers=headers)
    assert answer.status_code == 200
    return answer.text


def test_who_forgot_the_password_sets_another_by_a_letter(somebody: Join, stranger: TestClient, box: Letterbox) -> None:
    ema = somebody("ema", DeskRole.EDITOR)
    asked(stranger, "Ema@example.org ")
    assert box.to() == ["Ema@example.org"]
    path = box.link()
    assert stranger.get(path).status_code == 200
    answer = stranger.post(path, data={"password": OTHER}, follow_redirects=False)
    assert answer.headers["location"] == "/en/desk/sign-in?said=changed"
    assert "Your password was changed" in stranger.get(answer.headers["location"]).text
    assert ema.browser.get("/en/desk", follow_redirects=False).status_code == 303
    data = {"email": "ema@example.org", "password": OTHER}
    assert stranger.post("/en/desk/sign-in", data=data, follow_redirects=False).headers["location"] == "/en/desk"
    assert "was changed" in str(box.letters[-1]["Subject"])


def test_the_answer_is_the_same_for_every_address(somebody: Join, stranger: TestClient, box: Letterbox) -> None:
    somebody("ema", DeskRole.EDITOR)
    pages = {asked(stranger, address) for address in ("ema@example.org", "who@example.org", "", "no address")}
    assert len(pages) == 1
    assert box.to() == ["ema@example.org"]


def test_a_link_is_good_once_and_for_an_hour(
    somebody: Join, stranger: TestClient, box: Letterbox, clock: Clock
) -> None:
    somebody("ema", DeskRole.EDITOR)
    asked(stranger, "ema@example.org")
    path = box.link()
    short = stranger.post(path, data={"password": "short"})
    assert short.status_code == 422
    assert "too short" in short.text
    assert stranger.post(path, data={"password": OTHER}).status_code == 200
    again = stranger.post(path, data={"password": PASSWORD})
    assert again.status_code == 410
    assert "used already" in again.text
    asked(stranger, "ema@example.org")
    late = box.link()
    clock.moment += dt.timedelta(hours=1)
    assert stranger.post(late, data={"password": PASSWORD}).status_code == 410


def test_a_second_letter_makes_the_first_link_worthless(somebody: Join, stranger: TestClient, box: Letterbox) -> None:
    somebody("ema", DeskRole.EDITOR)
    asked(stranger, "ema@example.org")
    first = box.link()
    asked(stranger, "ema@example.org")
    assert stranger.post(first, data={"password": OTHER}).status_code == 410
    assert stranger.post("/en/desk/reset/guessed", data={"password": OTHER}).status_code == 410


def test_nobody_fills_the_letter_box_of_somebody_else(somebody: Join, stranger: TestClient, box: Letterbox) -> None:
    somebody("ema", DeskRole.EDITOR)
    pages = {asked(stranger, "ema@example.org") for _ in range(LETTERS_AN_HOUR + 3)}
    assert len(box.letters) == LETTERS_AN_HOUR
    assert len(pages) == 1


def test_the_link_names_our_address_whatever_a_request_claims(
    somebody: Join, stranger: TestClient, box: Letterbox
) -> None:
    somebody("ema", DeskRole.EDITOR)
    asked(stranger, "ema@example.org", "lt", Host="evil.example")
    assert box.link().startswith("/lt/desk/reset/")
    assert "evil.example" not in box.letters[-1].as_string()


def test_who_was_only_invited_or_left_gets_no_letter(stranger: TestClient, desk: Desk, box: Letterbox) -> None:
    desk.accounts.invite(Newcomer("new@example.org", DeskRole.EDITOR), NOW)
    asked(stranger, "new@example.org")
    assert box.letters == []


def test_a_form_of_another_site_asks_for_nothing(somebody: Join, stranger: TestClient, box: Letterbox) -> None:
    somebody("ema", DeskRole.EDITOR)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for path in ("/en/desk/forgotten", "/en/desk/reset/x"):
        assert stranger.post(path, data={"email": "ema@example.org"}, headers=foreign).status_code == 403
    assert box.letters == []


def test_without_letters_there_is_nothing_to_ask_for(service: Service, desk: Desk) -> None:
    browser = TestClient(create_app(service, ApiSettings(), replace(desk, post=None)))
    assert browser.post("/en/desk/forgotten", data={"email": "a@b.eu"}).status_code == 404


def test_a_letter_that_is_not_taken_is_logged_without_its_address(
    somebody: Join, stranger: TestClient, box: Letterbox, caplog: pytest.LogCaptureFixture
) -> None:
    somebody("ema", DeskRole.EDITOR)
    box.refuses = True
    asked(stranger, "ema@example.org")
    assert "was not taken" in caplog.text
    assert "@" not in caplog.text


def test_a_session_that_was_planted_is_not_the_one_that_begins(somebody: Join, stranger: TestClient) -> None:
    somebody("ema", DeskRole.EDITOR)
    stranger.cookies.set(COOKIE, "planted", domain="testserver.local")
    data = {"email": "ema@example.org", "password": PASSWORD}
    answer = stranger.post("/en/desk/sign-in", data=data, follow_redirects=False)
    assert "planted" not in answer.headers["set-cookie"]
    thief = TestClient(stranger.app, cookies={COOKIE: "planted"})
    assert thief.get("/en/desk", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("guess", ["", "x", "0" * 64, "../../etc/passwd", "' OR 1=1 --"])
def test_a_guessed_session_opens_nothing(stranger: TestClient, guess: str) -> None:
    stranger.cookies.set(COOKIE, guess)
    for path in ("/en/desk", "/en/desk/account", "/en/desk/people", "/en/desk/account/data.json"):
        assert stranger.get(path, follow_redirects=False).status_code == 303


def test_wrong_passwords_lock_an_account_for_a_while(somebody: Join, stranger: TestClient, clock: Clock) -> None:
    somebody("ema", DeskRole.EDITOR)
    for _ in range(5):
        wrong = {"email": "ema@example.org", "password": "a wrong password"}
        assert stranger.post("/en/desk/sign-in", data=wrong).status_code == 401
    right = {"email": "ema@example.org", "password": PASSWORD}
    assert stranger.post("/en/desk/sign-in", data=right).status_code == 401
    clock.moment += dt.timedelta(minutes=15)
    assert stranger.post("/en/desk/sign-in", data=right, follow_redirects=False).status_code == 303
