"""Signing in at another service: only whom it really vouches for, for us, for this browser, now."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey

from api.app import create_app
from api.desk.oidc import Provider
from api.desk.oidc_routes import BACK
from api.desk.service import Desk
from api.desk.session import COOKIE
from api.settings import ApiSettings, OidcSettings
from api.state import Service
from corpus.desk.accounts import Newcomer
from corpus.desk.rights import DeskRole
from tests.api.desk.conftest import PASSWORD
from tests.api.desk.provider import CLIENT, CODE, SECRET, Login, provider
from tests.factories import NOW

HOME = "http://testserver"


@pytest.fixture(scope="module")
def running() -> Iterator[Login]:
    with provider() as login:
        yield login


@pytest.fixture
def login(running: Login) -> Login:
    """The provider, which tells the truth until a test changes that."""
    running.claims, running.metadata, running.signed_by, running.algorithm = {}, {}, None, "RS256"
    running.asked, running.log = {}, []
    return running


@dataclass
class Visit:
    """Somebody in a browser, on the way there and back."""

    browser: TestClient
    login: Login
    desk: Desk

    def leave(self, language: str = "lt") -> str:
        answer = self.browser.get(f"/{language}/desk/sign-in/elsewhere", follow_redirects=False)
        assert answer.status_code == 303
        address = answer.headers["location"]
        self.login.seen(address)
        return str(address)

    def come_back(self, **query: str) -> str:
        """Where they end up."""
        told = {"code": CODE, "state": self.login.asked.get("state", ""), **query}
        answer = self.browser.get(BACK, params=told, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def refused(self, why: str) -> None:
        self.leave()
        assert self.come_back() == f"/lt/desk/sign-in?said={why}"
        assert COOKIE not in self.browser.cookies


@pytest.fixture
def visit(one_app: FastAPI, desk: Desk, login: Login) -> Visit:
    settings = OidcSettings(issuer=login.issuer, client=CLIENT, secret=SECRET, name="City login")  # type: ignore[arg-type]
    with_login = replace(desk, provider=Provider(settings, f"{HOME}{BACK}"))
    desk.accounts.invite(Newcomer("nida@example.org", DeskRole.REVIEWER), NOW)
    one_app.state.desk = with_login
    return Visit(TestClient(one_app), login, with_login)


def test_who_was_invited_signs_in_there_and_is_known_from_then_on(visit: Visit) -> None:
    for path in ("sign-in", "invitation/x"):
        assert "Sign in with City login" in visit.browser.get(f"/en/desk/{path}").text
    address = visit.leave()
    asked = visit.login.asked
    assert address.startswith(f"{visit.login.issuer}/authorize?")
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == f"{HOME}{BACK}"
    assert {"openid", "email"} <= set(asked["scope"].split())
    assert visit.come_back() == "/lt/desk"
    assert "Nida" in visit.browser.get("/lt/desk").text
    visit.login.claims = {"email": "moved@elsewhere.example", "email_verified": False}
    visit.leave("en")
    assert visit.come_back() == "/en/desk"


def test_nothing_is_asked_before_somebody_wants_to_sign_in_there(visit: Visit) -> None:
    visit.browser.get("/en/desk/sign-in")
    assert visit.login.log == []


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another question"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": ["another-client", "a-third"]},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"sub": None},
        pytest.param({"exp": int(time.time()) - 120, "iat": int(time.time()) - 600}, id="expired"),
        {"exp": None},
        {"at_hash": "of another token"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_and_now_is_refused(visit: Visit, claims: dict[str, Any]) -> None:
    visit.login.claims = claims
    visit.refused("untrusted")


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": None}, {"email": None}], ids=str)
def test_an_address_that_nobody_vouches_for_links_nothing(visit: Visit, claims: dict[str, Any]) -> None:
    visit.login.claims = claims
    visit.refused("unverified")
    assert visit.desk.accounts.sign_in  # the account still waits for its person
    visit.login.claims = {}
    visit.leave()
    assert visit.come_back() == "/lt/desk"


def test_who_was_not_invited_is_told_so(visit: Visit) -> None:
    visit.login.claims = {"email": "who@example.org"}
    visit.refused("unknown")
    page = visit.browser.get("/en/desk/sign-in?said=unknown").text
    assert "Ask an administrator for an invitation" in page
    assert "who@example.org" not in page


def test_a_signature_of_somebody_else_is_refused(visit: Visit) -> None:
    visit.login.signed_by = RSAKey.generate_key(2048, {"kid": "one"})
    visit.refused("untrusted")


def test_a_key_that_both_sides_know_signs_nothing(visit: Visit) -> None:
    visit.login.signed_by, visit.login.algorithm = OctKey.import_key(SECRET * 2), "HS256"
    visit.refused("untrusted")


def test_new_keys_are_fetched_when_the_old_ones_do_not_fit(visit: Visit, login: Login) -> None:
    visit.leave()
    visit.come_back()
    before, login.key = login.key, RSAKey.generate_key(2048, {"kid": "one"})
    try:
        visit.leave()
        assert visit.come_back() == "/lt/desk"
    finally:
        login.key = before


def test_an_answer_without_our_question_is_refused(visit: Visit) -> None:
    visit.leave()
    for query in ({"state": "guessed"}, {"state": ""}):
        assert visit.come_back(**query).endswith("said=untrusted")
        visit.leave()
    visit.browser.cookies.clear()
    assert visit.come_back().endswith("said=untrusted")
    assert "/token" not in visit.login.log


def test_an_answer_counts_once(visit: Visit) -> None:
    visit.leave()
    visit.come_back()
    assert visit.come_back().endswith("said=untrusted")


def test_a_code_of_another_browser_is_worth_nothing(visit: Visit, one_app: FastAPI) -> None:
    """PKCE: the code alone, brought by who did not ask, is refused by the other service."""
    visit.leave()
    stolen_challenge = dict(visit.login.asked)
    thief = Visit(TestClient(one_app), visit.login, visit.desk)
    thief.leave()
    state = visit.login.asked["state"]
    visit.login.asked = stolen_challenge
    assert thief.come_back(state=state).endswith("said=untrusted")


def test_who_says_no_there_is_told_how_to_go_on(visit: Visit) -> None:
    visit.leave()
    assert visit.come_back(code="", error="access_denied").endswith("said=cancelled")


@pytest.mark.parametrize(
    "metadata",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "file:///etc/passwd"}, {"jwks_uri": None}],
    ids=str,
)
def test_a_service_that_stands_in_for_another_is_refused(visit: Visit, metadata: dict[str, Any]) -> None:
    visit.login.metadata = metadata
    answer = visit.browser.get("/en/desk/sign-in/elsewhere", follow_redirects=False)
    assert answer.headers["location"] == "/en/desk/sign-in?said=untrusted"


def test_a_service_that_does_not_answer_is_named(service: Service, desk: Desk) -> None:
    settings = OidcSettings(issuer="http://127.0.0.1:9", client=CLIENT)
    browser = TestClient(create_app(service, ApiSettings(), replace(desk, provider=Provider(settings, HOME + BACK))))
    page = browser.get("/en/desk/sign-in/elsewhere")
    assert "127.0.0.1:9 does not answer" in page.text


def test_a_closed_account_stays_closed(visit: Visit) -> None:
    visit.leave()
    visit.come_back()
    admin = visit.desk.accounts.invite(Newcomer("admin@example.org", DeskRole.ADMINISTRATOR), NOW)
    actor = visit.desk.accounts.accept(admin, "Admin", PASSWORD, NOW).actor()
    visit.desk.accounts.change(1, NOW, actor, active=False)
    visit.browser.cookies.clear()
    visit.refused("unknown")


def test_without_settings_there_is_no_other_service(service: Service, desk: Desk) -> None:
    browser = TestClient(create_app(service, ApiSettings(), desk))
    assert "sign-in/elsewhere" not in browser.get("/en/desk/sign-in").text
    for path in ("/en/desk/sign-in/elsewhere", BACK):
        assert browser.get(path, follow_redirects=False).status_code == 404


def test_the_cookies_travel_to_where_they_are_needed_only(visit: Visit) -> None:
    cookie = visit.browser.get("/en/desk/sign-in/elsewhere", follow_redirects=False).headers["set-cookie"]
    secret = parse_qs(urlsplit(visit.leave()).query)
    assert {"HttpOnly", "SameSite=lax", f"Path={BACK}"} <= set(cookie.split("; "))
    assert visit.browser.cookies["isopolis_elsewhere"].split(".")[1] not in str(secret)
