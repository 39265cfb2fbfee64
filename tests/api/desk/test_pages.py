"""A practice goes from a form to the public, in the browsers of three people."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from api.app import create_app
from api.desk.service import Desk
from api.desk.session import COOKIE
from api.settings import ApiSettings
from api.state import Service
from corpus import desk_tables as t
from corpus.desk.rights import DeskRole
from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.desk.conftest import PASSWORD, Person

Join = Callable[[str, DeskRole], Person]

STORY = {
    "original_language": "lt",
    "title": "Bendra virtuvė",
    "summary": "Kaimynai kartą per savaitę gamina kartu.",
    "place": "Zarasai",
    "country": "LT",
    "population": "6 000",
    "problem": "Vienatvė.",
    "results": "40 žmonių ateina kas savaitę\nDu rado darbą",
    "results_level": "anecdote",
    "practice_kind": "practice",
    "target_groups": ["older_people", "low_income"],
    "cost": "12.000",
    "currency": "EUR",
    "fund": "ESF+",
    "url": "https://zarasai.example.lt/virtuve",
    "read_on": "2026-11-01",
}


@pytest.fixture
def three(somebody: Join) -> tuple[Person, Person, Person]:
    roles = (DeskRole.CONTRIBUTOR, DeskRole.REVIEWER, DeskRole.EDITOR)
    ruta, rasa, ema = (somebody(name, role) for name, role in zip(("ruta", "rasa", "ema"), roles, strict=True))
    return ruta, rasa, ema


def begun(person: Person) -> str:
    person.send("/en/desk/new", **STORY)
    return person.page("/en/desk").css("a[href^='/en/desk/']::attr(href)").re_first(r"/en/desk/\d+") or ""


def test_from_a_form_to_the_public(three: tuple[Person, Person, Person], desk: Desk) -> None:
    ruta, rasa, ema = three
    place = begun(ruta)
    ruta.send(f"{place}/steps/submit", ruta.page(place))
    rasa.send(f"{place}/steps/start_review", rasa.page(place))
    rasa.send(f"{place}/comments", rasa.page(place), field="cost", text="Which year?")
    rasa.send(f"{place}/steps/request_changes", rasa.page(place), reason="The year is missing")
    ruta.send(f"{place}/edit", ruta.page(f"{place}/edit"), **STORY, start="2025", reason="The year")
    for person, step in ((ruta, "submit"), (rasa, "start_review"), (rasa, "approve"), (ema, "publish")):
        person.send(f"{place}/steps/{step}", person.page(place))
    ((item, content),) = desk.items.published()
    assert item.record_id == "isopolis.bendra-virtuve"
    assert content["places"] == [{"name": "Zarasai", "country": "LT", "population": 6000}]
    assert content["cost"] == {"amount": "12000", "currency": "EUR"}
    assert [result["statement"]["lt"] for result in content["results"]] == STORY["results"].split("\n")
    assert content["period"] == {"start": "2025"}
    shown = ema.page(place)
    assert "Which year?" in shown.get()
    assert "The year is missing" in shown.get()
    assert shown.css("details.card td::text").getall() == ["2025"]


def test_what_is_wrong_is_said_before_somebody_reads_it(somebody: Join) -> None:
    ruta = somebody("ruta", DeskRole.CONTRIBUTOR)
    ruta.send("/en/desk/new", original_language="en", title="Half a story", practice_kind="practice")
    page = ruta.send("/en/desk/1/steps/submit", ruta.page("/en/desk/1"), status=422)
    assert {"places", "url", "sources"} <= set(page.css("[role=alert] strong::text").getall())


def test_a_country_outside_of_the_account_is_said_at_its_field_and_nothing_typed_is_lost(
    somebody: Join, desk: Desk
) -> None:
    ruta = somebody("ruta", DeskRole.CONTRIBUTOR)
    with desk.items.engine.begin() as connection:
        connection.execute(update(t.account).values(countries=["LT"]))
    for country in ("", "BG"):
        page = ruta.send("/en/desk/new", status=422, **{**STORY, "country": country})
        assert "works for Lithuania" in page.css("#country-error::text").get("")
        assert page.css("#problem::text").get() == STORY["problem"]
    place = begun(ruta)
    page = ruta.send(f"{place}/edit", ruta.page(f"{place}/edit"), 422, **{**STORY, "country": "BG", "problem": "New"})
    assert page.css("#problem::text").get() == "New"
    assert len(desk.items.versions(1)) == 1


def test_who_was_slower_sees_both_texts_and_loses_nothing(somebody: Join, desk: Desk) -> None:
    ema, admin = somebody("ema", DeskRole.EDITOR), somebody("admin", DeskRole.ADMINISTRATOR)
    place = begun(ema)
    mine, theirs = ema.page(f"{place}/edit"), admin.page(f"{place}/edit")
    admin.send(f"{place}/edit", theirs, **{**STORY, "lead": "The library"})
    page = ema.send(f"{place}/edit", mine, 409, **{**STORY, "problem": "Mine"})
    assert page.css("#problem::text").get() == "Mine"
    assert "The library" in page.css("td").getall()[-1]
    assert "lead" not in desk.items.versions(1)[0].content
    ema.send(f"{place}/edit", page, **{**STORY, "problem": "Mine", "lead": "The library"})
    assert [version.content.get("lead") for version in desk.items.versions(1)] == [None, "The library", "The library"]


def test_a_contributor_cannot_publish_and_is_told_why(three: tuple[Person, Person, Person]) -> None:
    ruta, *_others = three
    place = begun(ruta)
    page = ruta.send(f"{place}/steps/publish", ruta.page(place), status=403)
    assert "needs the role editor" in page.get()


@pytest.mark.parametrize("path", ["", "/new", "/1", "/1/edit"])
def test_who_is_not_signed_in_is_led_to_where_they_can(service: Service, desk: Desk, path: str) -> None:
    browser = TestClient(create_app(service, ApiSettings(), desk))
    answer = browser.get(f"/lt/desk{path}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/lt/desk/sign-in")


@pytest.mark.parametrize("token", [None, "", "guessed", "0" * 64])
def test_a_forged_form_does_nothing(somebody: Join, desk: Desk, token: str | None) -> None:
    ema = somebody("ema", DeskRole.EDITOR)
    data = {**STORY, **({} if token is None else {"token": token})}
    assert ema.browser.post("/en/desk/new", data=data).status_code == 403
    assert desk.items.all() == []


def test_a_form_that_another_site_sent_is_refused(service: Service, desk: Desk) -> None:
    browser = TestClient(create_app(service, ApiSettings(), desk))
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert (
            browser.post("/en/desk/sign-in", data={"email": "a", "password": "b"}, headers=headers).status_code == 403
        )


def test_a_session_that_was_copied_ends_with_the_sign_out(somebody: Join, service: Service, desk: Desk) -> None:
    ema = somebody("ema", DeskRole.EDITOR)
    stolen = ema.browser.cookies[COOKIE]
    ema.send("/en/desk/sign-out", ema.page("/en/desk"))
    thief = TestClient(create_app(service, ApiSettings(), desk), cookies={COOKIE: stolen})
    assert thief.get("/en/desk", follow_redirects=False).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(somebody: Join, service: Service, desk: Desk) -> None:
    somebody("ema", DeskRole.EDITOR)
    app = create_app(service, ApiSettings(address="https://isopolis.example"), desk)
    data = {"email": "ema@example.org", "password": PASSWORD}
    cookie = TestClient(app).post("/en/desk/sign-in", data=data, follow_redirects=False).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Secure"} <= set(re.split(r"; ?", cookie))


def test_a_wrong_password_is_refused_and_not_repeated(somebody: Join, service: Service, desk: Desk) -> None:
    somebody("ema", DeskRole.EDITOR)
    browser = TestClient(create_app(service, ApiSettings(), desk))
    answer = browser.post("/en/desk/sign-in", data={"email": "ema@example.org", "password": "my wrong secret"})
    assert answer.status_code == 401
    assert "my wrong secret" not in answer.text


def test_script_in_any_field_is_shown_as_text(somebody: Join) -> None:
    ema = somebody("ema", DeskRole.EDITOR)
    script = "<script>alert(1)</script>"
    ema.send("/en/desk/new", **{**STORY, "title": f"Kitchen {script}", "problem": script, "lead": script})
    ema.send("/en/desk/1/comments", ema.page("/en/desk/1"), text=script)
    for path in ("/en/desk", "/en/desk/1", "/en/desk/1/edit"):
        assert script not in ema.browser.get(path).text


def test_without_a_desk_there_are_no_pages_of_it(client: TestClient) -> None:
    for path in ("/en/desk", "/en/desk/sign-in", "/en/desk/invitation/x"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_desk_speaks_every_language(somebody: Join, language: str) -> None:
    ema = somebody("ema", DeskRole.EDITOR)
    begun(ema)
    for path in ("", "/new", "/1", "/1/edit", "/sign-in"):
        assert ema.page(f"/{language}/desk{path}").xpath("/html/@lang").get() == language
