"""The own account: everybody has one, sees what is kept, and can leave."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from parsel import Selector

from api.desk.post import DeskPost
from api.desk.service import Desk
from api.desk.session import COOKIE
from corpus.desk.rights import DeskRole
from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.desk.conftest import PASSWORD, Person
from tests.api.desk.letterbox import HOME, Letterbox
from tests.factories import NOW

Join = Callable[[str, DeskRole], Person]
ACCOUNT = "/en/desk/account"
OTHER = "another four words"
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def desk(desk: Desk, box: Letterbox) -> Desk:
    """A desk that sends letters."""
    return replace(desk, post=DeskPost(box, "isopolis@isopolis.example", HOME))


@pytest.fixture
def ema(somebody: Join) -> Person:
    return somebody("ema", DeskRole.EDITOR)


def send(person: Person, path: str, status: int = 200, **fields: object) -> Selector:
    return person.send(f"{ACCOUNT}{path}", person.page(ACCOUNT), status, **fields)


def signed_in(app: FastAPI) -> TestClient:
    browser = TestClient(app, headers=FIREFOX)
    data = {"email": "ema@example.org", "password": PASSWORD}
    assert browser.post("/en/desk/sign-in", data=data, follow_redirects=False).status_code == 303
    return browser


def test_the_desk_leads_to_the_account_and_not_everybody_to_the_people(ema: Person) -> None:
    links = ema.page("/en/desk").css("a::attr(href)").getall()
    assert ACCOUNT in links
    assert "/en/desk/people" not in links


def test_a_name_that_the_public_may_read_and_the_language_of_letters(ema: Person, desk: Desk) -> None:
    page = ema.page(ACCOUNT)
    assert page.css("input[name=public][checked]") == []
    assert page.css("#language_of_letters option[selected]::attr(value)").get() == "en"
    send(ema, "", name=" Ema <b>E.</b> ", public="yes", language_of_letters="lt")
    (account,) = desk.accounts.all()
    assert (account.name, account.name_is_public, account.language) == ("Ema <b>E.</b>", True, "lt")
    assert "<b>E.</b>" not in ema.browser.get(ACCOUNT).text
    send(ema, "", 422, name=" ", language_of_letters="lt")
    assert send(ema, "", 422, name="Ema", language_of_letters="xx").css("p.wrong::text").get() is not None


def test_another_password_signs_out_everywhere_else_and_a_letter_tells_of_it(
    ema: Person, app: FastAPI, box: Letterbox
) -> None:
    other = signed_in(app)
    assert "not your password" in send(ema, "/password", 422, current="wrong wrong", password=OTHER).get()
    assert "too short" in send(ema, "/password", 422, current=PASSWORD, password="short").get()  # noqa: S106  it is refused
    before = ema.browser.cookies[COOKIE]
    assert "signed out everywhere else" in send(ema, "/password", current=PASSWORD, password=OTHER).get()
    assert ema.browser.cookies[COOKIE] != before
    assert ema.browser.get(ACCOUNT, follow_redirects=False).status_code == 200
    assert other.get(ACCOUNT, follow_redirects=False).status_code == 303
    assert box.to() == ["ema@example.org"]
    assert box.link() == "/en/desk/forgotten"


def test_sessions_are_listed_by_their_browser_and_ended_one_by_one_or_all(ema: Person, app: FastAPI) -> None:
    other = signed_in(app)
    page = ema.page(ACCOUNT)
    assert "Firefox, Linux" in page.css("section[aria-labelledby=sessions]").get("")
    (theirs,) = page.css("form[action$='/sessions/end']:has(button) input[name=id]::attr(value)").getall()
    send(ema, "/sessions/end", 303, id=theirs)
    assert other.get("/en/desk", follow_redirects=False).status_code == 303
    send(ema, "/sessions/end", 404, id=theirs)
    third = signed_in(app)
    send(ema, "/sessions/end-all", 303)
    for browser in (third, ema.browser):
        assert browser.get("/en/desk", follow_redirects=False).status_code == 303


def test_nobody_ends_the_session_or_key_of_somebody_else(ema: Person, somebody: Join, desk: Desk) -> None:
    rasa = somebody("rasa", DeskRole.REVIEWER)
    session = rasa.page(ACCOUNT).css("input[name=id]::attr(value)").get("")
    send(ema, "/sessions/end", 404, id=session)
    key = desk.accounts.keys.of_account(2)
    assert key == []
    send(rasa, "/keys", name="sheets", scope="read", days=30)
    send(ema, "/keys/revoke", 404, id=desk.accounts.keys.of_account(2)[0].id)
    assert rasa.browser.get("/en/desk", follow_redirects=False).status_code == 200


def test_a_key_is_told_once_and_can_be_revoked(ema: Person, desk: Desk) -> None:
    told = send(ema, "/keys", name="sheets <i>", scope="read", days=30).css("code::text").get("")
    assert desk.accounts.of_key(told, NOW).id == 1
    page = ema.page(ACCOUNT)
    assert told not in page.get()
    assert "<i>" not in page.css("section[aria-labelledby=keys]").get("")
    send(ema, "/keys/revoke", 303, id=desk.accounts.keys.of_account(1)[0].id)
    assert desk.accounts.keys.of_account(1) == []
    for wrong in ({"name": "", "days": 30}, {"name": "a", "days": 366}, {"name": "a", "days": 0}):
        send(ema, "/keys", 422, scope="read", **wrong)


def test_everything_that_is_kept_is_given_as_a_file(ema: Person) -> None:
    answer = ema.browser.get(f"{ACCOUNT}/data.json")
    assert "attachment" in answer.headers["content-disposition"]
    kept = json.loads(answer.text)
    assert (kept["email"], kept["name"]) == ("ema@example.org", "ema")
    assert "argon2" not in answer.text
    assert ema.browser.cookies[COOKIE] not in answer.text


def test_who_leaves_is_forgotten_and_the_work_stays(ema: Person, somebody: Join) -> None:
    admin = somebody("admin", DeskRole.ADMINISTRATOR)
    ema.send("/en/desk/new", original_language="en", title="A kitchen of ours", practice_kind="practice")
    send(ema, "/erase", 422, current="wrong wrong wrong")
    send(ema, "/erase", 303, current=PASSWORD)
    assert "Your work stays" in ema.browser.get("/en/desk/sign-in?said=left").text
    assert ema.browser.get(ACCOUNT, follow_redirects=False).status_code == 303
    shown = admin.page("/en/desk/1").get()
    assert "A kitchen of ours" in shown
    assert "somebody who has left" in shown
    assert "ema@example.org" not in admin.page("/en/desk/people").get()


def test_the_last_administrator_is_asked_to_name_another_first(somebody: Join) -> None:
    admin = somebody("admin", DeskRole.ADMINISTRATOR)
    assert "name another administrator first" in send(admin, "/erase", 409, current=PASSWORD).get()
    assert admin.page(ACCOUNT)


@pytest.mark.parametrize(
    "path", ["", "/password", "/sessions/end", "/sessions/end-all", "/keys", "/keys/revoke", "/erase"]
)
def test_a_forged_form_changes_nothing(ema: Person, desk: Desk, path: str) -> None:
    before = desk.accounts.export(1)
    data = {"name": "x", "password": OTHER, "current": PASSWORD, "language_of_letters": "en"}
    assert ema.browser.post(f"{ACCOUNT}{path}", data=data).status_code == 403
    assert desk.accounts.export(1) == before


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_language_has_the_pages(somebody: Join, language: str) -> None:
    admin = somebody("admin", DeskRole.ADMINISTRATOR)
    for path in ("account", "people", "people/1", "log", "forgotten", "reset/x"):
        assert admin.page(f"/{language}/desk/{path}").xpath("/html/@lang").get() == language
