"""What a person meets: asking, confirming, stopping, dismissing."""

import logging

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.alerts.post import run
from api.app import create_app
from api.settings import ApiSettings
from corpus import alert_tables as t
from corpus.vocab import CallStatus, Fund
from corpus.vocab.labels import label
from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.alerts.office import DAY, WHO, Office, Refusing, announced, links, opened, titles
from tests.api.reading import page


def main(response) -> str:  # type: ignore[no-untyped-def]
    return " ".join(page(response).xpath("//main//text()").getall())


def addresses(office: Office) -> list[str]:
    with office.engine.connect() as connection:
        return list(connection.execute(select(t.reader.c.email)).scalars())


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_form_shows_the_search_in_words_and_what_will_happen(office: Office, language: str) -> None:
    response = office.client.get(f"/{language}/alerts?list=calls&fund=ERDF&page=1")
    assert response.status_code == 200
    shown = page(response)
    words = shown.xpath("string(//form[@id='ask']//ul)").get("")
    assert label(Fund.ERDF, language) in words
    assert label(CallStatus.OPEN, language) in words
    assert shown.xpath("//input[@name='query']/@value").get() == "fund=ERDF"
    assert len(shown.xpath("//input[@name='rhythm']")) == 3
    assert not shown.xpath("//input[@name='consent']")


def test_the_form_says_how_much_the_search_finds_now(office: Office) -> None:
    assert "It finds 1 item now" in main(office.client.get("/en/alerts?list=calls&fund=ERDF"))
    assert "Status: Open; Opens soon" in main(office.client.get("/en/alerts?list=calls"))


def test_without_a_search_the_page_says_where_to_begin(office: Office) -> None:
    response = office.client.get("/en/alerts")
    assert response.status_code == 200
    assert "Begin with the search" in main(response)


@pytest.mark.parametrize(
    ("path", "words"),
    [("list=calls&fund=NONE", "fund"), ("list=shoes", "calls, practices"), ("list=calls&colour=red", "colour")],
)
def test_a_search_that_is_none_is_a_clear_page(office: Office, path: str, words: str) -> None:
    response = office.client.get(f"/en/alerts?{path}")
    assert response.status_code == 422
    assert words in main(response)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "mayor",
        "mayor@town",
        "a b@town.eu",
        "a@b.eu\nBcc: c@d.eu",
        "<script>@town.eu",
        "a..b@town.eu",
        "x" * 300 + "@a.eu",
    ],
)
def test_an_address_that_is_none_is_told_beside_its_field(office: Office, email: str) -> None:
    response = office.client.post("/en/alerts", data={"email": email, "kind": "calls", "query": "", "rhythm": "daily"})
    assert response.status_code == 422
    assert page(response).xpath("string(//p[@id='email-error'])").get() == "Write an address such as name@town.eu."
    assert office.letters() == []
    assert addresses(office) == []


def test_the_letter_to_confirm_shows_the_search_and_says_what_will_happen(office: Office) -> None:
    office.client.post("/en/alerts", data={"email": WHO, "kind": "calls", "query": "fund=ERDF", "rhythm": "weekly"})
    (letter,) = office.letters()
    text = letter.get_content()
    assert letter["to"] == WHO
    assert "Fund: European Regional Development Fund (ERDF)" in text
    for words in ("at most once a week", "No item comes twice", "7 days", "do nothing"):
        assert words in text
    assert letter["list-unsubscribe"] is None


def test_looking_at_a_link_begins_nothing(office: Office) -> None:
    confirm = office.ask()
    assert page(office.client.get(confirm)).xpath("//main//form/@method").get() == "post"
    office.moment += 2 * DAY
    assert run(office.post).readers == 0


def test_confirming_begins_with_what_is_new_from_then_on(office: Office) -> None:
    response = office.client.post(office.ask())
    assert "The search finds 3 items now." in main(response)
    office.moment += DAY
    assert run(office.post).written == 0


def test_a_link_that_is_too_old_is_gone(office: Office) -> None:
    confirm = office.ask()
    office.moment += 8 * DAY
    for response in (office.client.get(confirm), office.client.post(confirm)):
        assert response.status_code == 410
        assert "This link is no longer good" in main(response)
    assert run(office.post).forgotten == 1
    assert addresses(office) == []


@pytest.mark.parametrize("purpose", ["confirm", "stop", "dismiss"])
def test_a_link_that_never_was_is_gone_too(office: Office, purpose: str) -> None:
    assert office.client.get(f"/en/alerts/{purpose}/nobody-made-this").status_code == 410


def letter_with_news(office: Office):  # type: ignore[no-untyped-def]
    office.begin()
    office.hold(*(opened(n) for n in (1, 2, 3, 4, 5)))
    office.moment += DAY
    run(office.post)
    (letter,) = office.letters()
    return letter


def test_one_click_stops_everything_and_deletes_the_address(office: Office) -> None:
    letter = letter_with_news(office)
    address = letter["list-unsubscribe"].strip("<>").removeprefix("https://isopolis.example")
    # The one click of a mail program: no cookie, no page before it, no redirect (RFC 8058).
    response = office.client.post(address, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)
    assert response.status_code == 200
    assert addresses(office) == []
    assert office.client.post(address).status_code == 200
    assert office.client.get(address).status_code == 410


def test_looking_at_the_link_that_stops_stops_nothing(office: Office) -> None:
    letter = letter_with_news(office)
    for path in links(letter, "stop"):
        assert "Stop these letters?" in main(office.client.get(path))
    assert addresses(office) == [WHO]


def test_one_search_can_be_stopped_alone(office: Office) -> None:
    office.begin("fund=ERDF")
    letter = letter_with_news(office)
    single = next(path for path in links(letter, "stop") if path not in letter["list-unsubscribe"])
    office.client.post(single)
    with office.engine.connect() as connection:
        assert list(connection.execute(select(t.alert.c.query)).scalars()) == ["fund=ERDF"]


def test_a_dismissed_item_does_not_even_come_when_it_opens(office: Office) -> None:
    office.begin("status=any")
    office.hold(opened(1), opened(2), opened(3), announced(4), announced(5))
    office.moment += DAY
    run(office.post)
    (letter,) = office.letters()
    assert titles(letter) == ["Call number 4", "Call number 5"]
    first, _second = links(letter, "dismiss")
    assert "Call number 4" in main(office.client.get(first))
    assert "Dismissed for good." in main(office.client.post(first))
    office.hold(*(opened(n) for n in range(1, 6)))
    office.moment += DAY
    run(office.post)
    (later,) = office.letters()
    assert titles(later) == ["Call number 5"]


def test_no_address_is_logged(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    letter_with_news(office)
    for _ in range(5):
        office.client.post("/en/alerts", data={"email": WHO, "kind": "calls", "query": "", "rhythm": "daily"})
    assert WHO not in caplog.text
    assert "town.example" not in caplog.text


def test_what_is_typed_is_shown_as_text(office: Office) -> None:
    form = {"email": '"><script>alert(1)</script>', "kind": "calls", "query": "", "rhythm": "daily"}
    response = office.client.post("/en/alerts", data=form)
    assert "<script>alert" not in response.text


def test_an_installation_without_letters_says_so(office: Office) -> None:
    client = TestClient(create_app(office.service, ApiSettings()))
    response = client.get("/en/alerts?list=calls")
    assert response.status_code == 200
    assert "This installation sends no letters" in main(response)
    assert client.post("/en/alerts", data={"email": WHO, "kind": "calls"}).status_code == 404


def test_an_address_to_which_no_letter_could_be_sent_is_not_kept(office: Office) -> None:
    post = office.with_transport(Refusing())
    client = TestClient(create_app(office.service, ApiSettings(), post=post))
    form = {"email": WHO, "kind": "calls", "query": "", "rhythm": "daily"}
    response = client.post("/en/alerts", data=form)
    assert response.status_code == 503
    assert "your address was not kept" in main(response)
    assert addresses(office) == []
