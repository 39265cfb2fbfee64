"""Administrators invite people, change what they may do, and shut them out; nobody else can."""

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from api.desk.post import DeskPost
from api.desk.service import Desk
from corpus.desk import audit
from corpus.desk.rights import DeskRole
from tests.api.desk.conftest import PASSWORD, Person
from tests.api.desk.letterbox import HOME, Letterbox

Join = Callable[[str, DeskRole], Person]
PEOPLE = "/en/desk/people"


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def desk(desk: Desk, box: Letterbox) -> Desk:
    """A desk that sends letters."""
    return replace(desk, post=DeskPost(box, "isopolis@isopolis.example", HOME))


@pytest.fixture
def admin(somebody: Join) -> Person:
    return somebody("admin", DeskRole.ADMINISTRATOR)


def invited(admin: Person, status: int = 200, **fields: object) -> str:
    data = {"email": "nida@example.org", "role": "reviewer", "language_of_letters": "lt", **fields}
    return admin.send(PEOPLE, admin.page(PEOPLE), status, **data).get()


def test_an_invitation_goes_by_letter_and_its_person_begins(
    admin: Person, app: FastAPI, desk: Desk, box: Letterbox
) -> None:
    assert "is on its way to nida@example.org" in invited(admin, countries=["LT", "LV"], network="Baltic cities")
    assert box.to() == ["nida@example.org"]
    assert box.link().startswith("/lt/desk/invitation/")
    browser = TestClient(app)
    browser.post(box.link(), data={"name": "Nida", "password": PASSWORD})
    nida = desk.accounts.all()[-1]
    assert (nida.name, nida.role, nida.network) == ("Nida", DeskRole.REVIEWER, "Baltic cities")
    assert nida.countries == {"LT", "LV"}
    assert nida.language == "lt"


def test_where_no_letter_leaves_the_link_is_passed_on(admin: Person, box: Letterbox) -> None:
    box.refuses = True
    shown = invited(admin)
    assert f"{HOME}/lt/desk/invitation/" in shown
    assert "No letter could be sent" in shown


def test_another_invitation_replaces_the_first(admin: Person, box: Letterbox) -> None:
    invited(admin)
    first = box.link()
    page = admin.page(f"{PEOPLE}/2")
    assert "invited" in page.css(".tag::text").getall()
    admin.send(f"{PEOPLE}/2/invite-again", page, 200)
    assert box.link() != first
    late = admin.browser.post(first.replace("/lt/", "/en/"), data={"name": "Nida", "password": PASSWORD})
    assert late.status_code == 410
    assert "Ask an administrator for another one" in late.text


@pytest.mark.parametrize(
    "fields",
    [{"email": "nobody"}, {"email": "admin@example.org"}, {"email": "a" * 250 + "@b.eu"}, {"countries": ["US"]}],
    ids=str,
)
def test_what_is_wrong_in_an_invitation_is_said(admin: Person, box: Letterbox, fields: dict[str, object]) -> None:
    assert 'class="wrong"' in invited(admin, 422, **fields)
    assert box.letters == []


def test_a_role_that_is_none_is_refused(admin: Person, desk: Desk) -> None:
    invited(admin, 422, role="emperor")
    assert len(desk.accounts.all()) == 1


def test_another_role_and_limits_hold_at_once(admin: Person, somebody: Join, desk: Desk) -> None:
    rasa = somebody("rasa", DeskRole.REVIEWER)
    admin.send(f"{PEOPLE}/2", admin.page(f"{PEOPLE}/2"), role="contributor", countries=["PL"], network="")
    changed = desk.accounts.all()[1]
    assert (changed.role, changed.countries, changed.network) == (DeskRole.CONTRIBUTOR, {"PL"}, None)
    assert rasa.browser.get("/en/desk", follow_redirects=False).status_code == 303
    admin.send(f"{PEOPLE}/2", admin.page(f"{PEOPLE}/2"), 422, role="editor", network="x" * 201)
    assert desk.accounts.all()[1].role is DeskRole.CONTRIBUTOR


def test_an_account_is_closed_and_opened_again(admin: Person, somebody: Join, app: FastAPI) -> None:
    rasa = somebody("rasa", DeskRole.REVIEWER)
    admin.send(f"{PEOPLE}/2/close", admin.page(f"{PEOPLE}/2"))
    assert rasa.browser.get("/en/desk", follow_redirects=False).status_code == 303
    browser = TestClient(app)
    data = {"email": "rasa@example.org", "password": PASSWORD}
    assert browser.post("/en/desk/sign-in", data=data).status_code == 401
    admin.send(f"{PEOPLE}/2/open", admin.page(f"{PEOPLE}/2"))
    assert browser.post("/en/desk/sign-in", data=data, follow_redirects=False).status_code == 303


def test_a_locked_account_is_opened_before_its_time(admin: Person, somebody: Join) -> None:
    rasa = somebody("rasa", DeskRole.REVIEWER)
    for _ in range(5):
        rasa.browser.post("/en/desk/sign-in", data={"email": "rasa@example.org", "password": "a wrong password"})
    assert "Unlock" in admin.page(f"{PEOPLE}/2").get()
    admin.send(f"{PEOPLE}/2/open", admin.page(f"{PEOPLE}/2"))
    data = {"email": "rasa@example.org", "password": PASSWORD}
    assert rasa.browser.post("/en/desk/sign-in", data=data, follow_redirects=False).status_code == 303


def test_sessions_of_somebody_are_ended(admin: Person, somebody: Join) -> None:
    rasa = somebody("rasa", DeskRole.REVIEWER)
    admin.send(f"{PEOPLE}/2/end-sessions", admin.page(f"{PEOPLE}/2"))
    assert rasa.browser.get("/en/desk", follow_redirects=False).status_code == 303


def test_the_last_administrator_stays(admin: Person, desk: Desk) -> None:
    for path, fields in (("/1", {"role": "editor"}), ("/1/close", {})):
        page = admin.send(f"{PEOPLE}{path}", admin.page(f"{PEOPLE}/1"), 409, **fields)
        assert "name another administrator first" in page.get()
    assert desk.accounts.all()[0].actor().at_least(DeskRole.ADMINISTRATOR)
    assert desk.accounts.all()[0].active


@pytest.mark.parametrize("role", [role for role in DeskRole if role is not DeskRole.ADMINISTRATOR])
def test_nobody_else_sees_or_changes_people(admin: Person, somebody: Join, desk: Desk, role: DeskRole) -> None:
    other = somebody("other", role)
    assert other.browser.get(PEOPLE).status_code == 403
    assert other.browser.get(f"{PEOPLE}/1").status_code == 403
    before = desk.accounts.all()
    page = other.page("/en/desk/account")
    for path in ("", "/1", "/1/close", "/1/open", "/1/end-sessions", "/1/invite-again"):
        answer = other.send(f"{PEOPLE}{path}", page, 403, email="new@example.org", role="administrator")
        assert "new@example.org" not in answer.get()
    assert desk.accounts.all() == before
    assert admin.page("/en/desk")


@pytest.mark.parametrize("path", ["", "/1", "/1/close", "/1/open", "/1/end-sessions", "/1/invite-again"])
def test_a_forged_form_changes_nobody(admin: Person, desk: Desk, path: str) -> None:
    data = {"email": "new@example.org", "role": "editor"}
    assert admin.browser.post(f"{PEOPLE}{path}", data=data).status_code == 403
    assert len(desk.accounts.all()) == 1
    assert admin.page("/en/desk")


def test_the_log_tells_administrators_who_did_what(
    admin: Person, somebody: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa = somebody("rasa", DeskRole.REVIEWER)
    rasa.send("/en/desk/new", original_language="en", title="A kitchen of ours", practice_kind="practice")
    admin.send(f"{PEOPLE}/2/end-sessions", admin.page(f"{PEOPLE}/2"))
    shown = admin.page("/en/desk/log")
    rows = [" ".join(row.css("td ::text").getall()) for row in shown.css("tbody tr")]
    assert rows[0].endswith("admin ended all sessions rasa")
    assert "rasa begun 1" in " ".join(rows)
    assert "All seals are whole" in shown.get()
    assert "@" not in " ".join(rows)
    assert somebody("ema", DeskRole.EDITOR).browser.get("/en/desk/log").status_code == 403
    monkeypatch.setattr("api.desk.log.ON_A_PAGE", 2)
    older = admin.page("/en/desk/log").css("main a::attr(href)").getall()[-1]
    assert len(admin.page(older).css("tbody tr")) == 2
    assert admin.page("/en/desk/log?before=2").css("main a[href*=before]") == []


def test_somebody_who_is_not_there_is_not_found(admin: Person) -> None:
    assert admin.browser.get(f"{PEOPLE}/99").status_code == 404


def test_no_log_holds_an_address_over_the_whole_story(
    admin: Person, somebody: Join, engine: Engine, box: Letterbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rasa = somebody("rasa", DeskRole.REVIEWER)
    rasa.send("/en/desk/new", original_language="en", title="A kitchen of ours", practice_kind="practice")
    invited(admin)
    invited(admin, 422)
    rasa.browser.post("/en/desk/sign-in", data={"email": "rasa@example.org", "password": "a wrong password"})
    rasa.browser.post("/en/desk/forgotten", data={"email": "rasa@example.org"})
    rasa.browser.post(box.link(), data={"password": "another four words"})
    box.refuses = True
    rasa.browser.post("/en/desk/forgotten", data={"email": "rasa@example.org"})
    admin.send(f"{PEOPLE}/2/close", admin.page(f"{PEOPLE}/2"))
    secrets = (PASSWORD, "another four words", admin.browser.cookies["isopolis_desk"])
    with engine.connect() as connection:
        log = str(connection.execute(text("SELECT * FROM desk_event")).all())
        assert audit.broken(connection) is None
    for written in (caplog.text, log, admin.page("/en/desk/1").get(), admin.page("/en/desk/log").get()):
        assert "@example.org" not in written
        assert not any(secret in written for secret in secrets)
    assert "was not taken" in caplog.text
    assert "'invite'" in log
