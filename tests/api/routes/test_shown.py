"""Pages of records: what a person finds on each, and in which order."""

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from api.state import Service
from tests.api.reading import page


def headings(client: TestClient, path: str) -> list[str]:
    return page(client.get(path)).xpath("//h2/@id").getall()


def test_the_page_of_a_call_is_in_the_order_of_a_decision(client: TestClient) -> None:
    found = headings(client, "/en/calls/bg.day-centres")
    order = ["rules", "about", "dates", "practices", "combine", "words", "sources", "report"]
    assert [name for name in found if name in order] == order


def test_key_data_come_first_on_the_page_of_a_call(client: TestClient) -> None:
    shown = page(client.get("/en/calls/bg.day-centres"))
    facts = [" ".join(text.split()) for text in shown.xpath("(//dl)[position() < 3]/div").xpath("string(.)").getall()]
    assert facts[0] == "Status on 2 November 2026Open 210 days left"
    assert facts[1] == "Next cut-off31 May 2027 at 17:00"
    assert facts[4] == "Who can applyCity, town or municipality; Association or other non-profit"


def test_dates_can_be_put_into_a_calendar(client: TestClient) -> None:
    (link,) = page(client.get("/en/calls/bg.day-centres")).css("#dates ~ p a[href$='.ics']::attr(href)").getall()
    assert client.get(link).headers["content-type"].startswith("text/calendar")
    assert page(client.get("/en/calls/eu.homeless")).css("#dates ~ p a[href$='.ics']").getall() == []


def test_the_applicant_stays_in_the_form_and_in_the_address(client: TestClient) -> None:
    who = {"applicant": "municipality", "country": "BG", "population": "12 500"}
    shown = page(client.get("/en/calls/eui.small-cities", params=who))
    chosen = shown.css("#rules ~ form option[selected]::attr(value)").getall()
    assert chosen == ["municipality", "BG"]
    assert shown.css("#population::attr(value)").get() == "12 500"
    assert "brings 12,500 more inhabitants" in shown.xpath("string(//main)").get("")


def test_an_empty_form_is_no_error(client: TestClient) -> None:
    query = {"applicant": "", "country": "", "population": ""}
    assert client.get("/en/calls/bg.day-centres", params=query).status_code == 200


def test_a_closed_call_names_what_comes_next_or_that_nothing_is_known(client: TestClient) -> None:
    note = page(client.get("/en/calls/eu.day-centres-2024")).xpath("string(//div[@class='note'])").get("")
    assert "This call is closed." in note
    assert "No later call of its kind is known yet." in note


def test_others_and_their_reasons_stand_on_the_page_of_a_call(client: TestClient) -> None:
    shown = page(client.get("/en/calls/bg.day-centres"))
    assert shown.css("#practices ~ ul h3 a::attr(href)").get() == "/en/practices/isopolis.roma-house"
    assert "paid by this call or its programme" in shown.xpath("string(//ul[contains(@class, 'two')])").get("")


def test_a_practice_names_the_call_that_pays_today_and_who_paid(client: TestClient) -> None:
    shown = page(client.get("/en/practices/isopolis.roma-house"))
    assert shown.css("#today ~ ul a::attr(href)").getall() == ["/en/calls/bg.day-centres"]
    assert "/en/programmes/cci.2021BG05SFPR002" in shown.css("dl a::attr(href)").getall()
    assert "€120,000" in shown.xpath("string(//dl[1])").get("")
    assert "Most children now go to school." in shown.xpath("string(//ul[@class='results'])").get("")


def test_a_practice_says_what_is_not_known(client: TestClient) -> None:
    text = page(client.get("/en/practices/isopolis.choir")).xpath("string(//main)").get("")
    assert text.count("Not known: the sources read do not say.") == 2
    assert "Nobody that we know of." in text


def test_a_programme_shows_its_calls(client: TestClient) -> None:
    shown = page(client.get("/en/programmes/cci.2021BG05SFPR002"))
    assert shown.css("tbody a::attr(href)").getall()[0] == "/en/calls/bg.day-centres"


@pytest.mark.parametrize("language", ["en", "fr", "it", "pl", "bg", "lt", "nl", "de"])
@pytest.mark.parametrize(
    "path", ["calls/bg.day-centres", "practices/isopolis.roma-house", "programmes/cci.2021BG05SFPR002"]
)
def test_every_record_is_shown_in_every_language(client: TestClient, language: str, path: str) -> None:
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert page(response).xpath("/html/@lang").get() == language


def test_a_text_in_another_language_is_marked(client: TestClient) -> None:
    shown = page(client.get("/bg/calls/bg.day-centres"))
    assert shown.css("h1::text").get() == "Дневни центрове за ромски деца"
    assert shown.css("h1::attr(lang)").get() is None
    assert shown.css("#about ~ p[lang=en]").getall()


def test_errors_are_reported_to_the_contact_of_the_service(service: Service) -> None:
    app = create_app(service, ApiSettings(contact="help@town.example"))
    shown = page(TestClient(app).get("/en/practices/isopolis.choir"))
    link = shown.css("#report ~ p a::attr(href)").get()
    assert link == "mailto:help@town.example?subject=Isopolis%3A%20isopolis.choir"


def test_without_a_contact_no_address_is_invented(client: TestClient) -> None:
    assert "mailto:" not in client.get("/en/practices/isopolis.choir").text
