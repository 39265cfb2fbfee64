"""The page of an idea: town, filters, sharing, errors."""

import logging

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import client_of
from tests.api.reading import cards, page
from tests.matcher.factory import IDEA

ASKED = {"idea": IDEA, "applicant": "municipality", "country": "BG", "population": "10000"}


def test_a_card_tells_in_the_order_in_which_people_read(client: TestClient) -> None:
    text = page(client.post("/en/", data=ASKED)).xpath("string(//article[1])").get("")
    wanted = ("Day centres for Roma children", "You can", "closes 31 May 2027", "at most €400,000", "EU pays up to 80%")
    rest = ("Who can apply", "City, town or municipality", "Our statement", "Read on 1 October 2026", "Source:")
    places = [text.index(words) for words in (*wanted, *rest)]
    assert places == sorted(places)


def test_a_filter_leaves_only_its_calls_and_can_be_taken_back(client: TestClient) -> None:
    response = client.post("/en/", data={**ASKED, "fund": "EUI"})
    assert cards(response, "calls") == ["eui.small-cities"]
    pills = page(response).xpath("//ul[@class='pills']//button[@name='drop']/@value").getall()
    assert pills == ["fund"]
    back = client.post("/en/", data={**ASKED, "fund": "EUI", "drop": "fund"})
    assert len(cards(back, "calls")) > 1


def test_where_filters_leave_nothing_each_one_says_what_it_hides(client: TestClient) -> None:
    shown = page(client.post("/en/", data={**ASKED, "fund": "EUI", "where": "BG"}))
    text = shown.xpath("string(//div[contains(@class, 'no-fit')])").get("")
    assert "No call is left." in text
    assert "Without “Fund: EUI”: 1 call" in text
    assert "Without “Where the money can be used: Bulgaria”: 1 call" in text


@pytest.mark.parametrize("field", ["verdict", "fund", "status", "where", "sort"])
def test_a_filter_that_is_none_is_answered_and_never_markup(client: TestClient, field: str) -> None:
    response = client.post("/en/", data={**ASKED, field: "<b onclick=x>'\""})
    assert response.status_code == 200
    assert "<b onclick" not in response.text


def test_no_link_without_consent(client: TestClient) -> None:
    shown = page(client.post("/en/", data={**ASKED, "share": "yes"}))
    assert "Tick the box first" in shown.css("#consent-error::text").get("")
    assert shown.css("#link").getall() == []


def test_with_consent_the_link_brings_the_form_back_unanswered(client: TestClient) -> None:
    link = page(client.post("/bg/", data={**ASKED, "share": "yes", "consent": "yes"})).css("#link::attr(value)").get("")
    assert link.startswith("http://testserver/bg/?idea=We+want")
    response = client.get(link)
    shown = page(response)
    assert shown.css("textarea::text").get() == IDEA
    assert shown.css("#population::attr(value)").get() == "10000"
    assert cards(response, "calls") == []


def test_a_shared_link_is_never_markup(client: TestClient) -> None:
    response = client.get("/en/", params={"idea": "</textarea><script>alert(1)</script>", "place": '"><img src=x>'})
    assert response.status_code == 200
    assert "<script>" not in response.text
    assert "<img" not in response.text


def test_examples_are_in_the_language_of_the_page(client: TestClient) -> None:
    shown = page(client.get("/en/"))
    assert len(shown.css(".examples input[name=idea]::attr(value)").getall()) == 3
    for idea in shown.css(".examples input[name=idea]::attr(value)").getall():
        assert client.post("/en/", data={"idea": idea}).status_code == 200


def test_the_language_of_the_idea_is_not_that_of_the_page(client: TestClient) -> None:
    response = client.post("/pl/", data={**ASKED, "language": "en"})
    assert page(response).css("#language option[selected]::attr(value)").getall() == ["en"]
    assert page(response).xpath("/html/@lang").get() == "pl"


def test_a_hundred_thousand_characters_are_refused_with_a_remedy(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    response = client.post("/en/", data={"idea": "lindens " * 12_500})
    assert response.status_code == 413
    assert "Shorten the text to 4,000 characters" in page(response).css("main .lead::text").get("")
    assert "lindens" not in response.text + caplog.text


@pytest.mark.parametrize("idea", [IDEA, "", "<script>lindens</script>"])
def test_nothing_of_an_idea_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture, idea: str) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/en/", data={"idea": idea, "place": "Atlantis", "population": "many"})
    assert not idea or idea not in caplog.text
    assert "Atlantis" not in caplog.text


def test_an_error_of_our_own_does_not_repeat_the_idea(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def __getattr__(self, name: str) -> None:
            raise RuntimeError(IDEA)

    response = client_of(Broken()).post("/en/", data={"idea": IDEA})  # type: ignore[arg-type]
    assert response.status_code == 500
    assert IDEA not in response.text + caplog.text
    assert page(response).xpath("//h1/text()").get() == "That did not work"
