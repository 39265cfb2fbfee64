import re

import pytest
from fastapi.testclient import TestClient
from protego import Protego

from tests.api.reading import cards, page
from tests.matcher.factory import FAR_IDEA, IDEA


def test_the_empty_page_asks_for_an_idea(client: TestClient) -> None:
    response = client.get("/en/")
    shown = page(response)
    assert response.status_code == 200
    assert shown.xpath("//form[@class='ask']/@method").get() == "post"
    assert shown.xpath("//textarea[@name='idea']/@maxlength").get() == "4000"
    assert len(shown.xpath("//select[@name='country']/option")) == 28
    assert len(shown.xpath("//ul[@class='examples']/li")) == 3


def test_every_field_has_a_label_and_every_id_is_used_once(client: TestClient) -> None:
    for response in (client.get("/en/"), client.post("/en/", data={"idea": IDEA})):
        shown = page(response)
        fields = shown.xpath("//form[@class='ask']//*[self::input or self::select or self::textarea]/@id").getall()
        assert sorted(fields) == sorted(shown.xpath("//form[@class='ask']//label/@for").getall())
        ids = shown.xpath("//@id").getall()
        assert len(ids) == len(set(ids))
        assert shown.xpath("/html/@lang").get() == "en"


def test_scripts_are_our_own_files_and_stand_in_no_page(client: TestClient) -> None:
    scripts = page(client.post("/en/", data={"idea": IDEA})).xpath("//script")
    assert [(script.attrib.get("src"), script.xpath("text()").getall()) for script in scripts] == [
        ("/static/place.js", [])
    ]


def test_an_answer_shows_calls_and_practices(client: TestClient) -> None:
    form = {"idea": IDEA, "applicant": "municipality", "country": "BG", "population": "10000"}
    response = client.post("/en/", data=form)
    assert response.status_code == 200
    assert cards(response, "calls")[0] == "bg.day-centres"
    assert "EU pays up to 80%, you at least 20%" in response.text
    assert "at most €400,000 a project" in response.text
    assert "closes 31 May 2027 at 17:00" in response.text
    assert "210 days left" in response.text
    assert "brings 15,000 more inhabitants" in response.text
    assert "1 more call: for applicants of other countries." in response.text
    assert "30,000 inhabitants" in response.text


def test_rates_are_written_out(client: TestClient) -> None:
    """A Decimal of 80 is not shown as 8E+1."""
    rates = re.findall(r"EU pays up to (\S+)%", client.post("/en/", data={"idea": IDEA}).text)
    assert rates == ["80"]


def test_what_was_typed_stays_in_the_form(client: TestClient) -> None:
    shown = page(client.post("/en/", data={"idea": IDEA, "country": "BG", "place": "Gabrovo", "population": "77"}))
    assert shown.xpath("//textarea/text()").get() == IDEA
    assert shown.xpath("//select[@name='country']/option[@selected]/@value").getall() == ["BG"]
    assert shown.xpath("//input[@name='place']/@value").get() == "Gabrovo"
    assert shown.xpath("//input[@name='population']/@value").get() == "77"


def test_a_place_is_filled_in(client: TestClient) -> None:
    assert "Gabrovo: 48,133 inhabitants" in client.post("/en/", data={"idea": IDEA, "place": "Габрово"}).text


def test_nothing_that_fits_is_said(client: TestClient) -> None:
    shown = page(client.post("/en/", data={"idea": FAR_IDEA}))
    assert shown.css(".note::text").getall() == [
        "No call of the collection is about this idea. Try other words: what, for whom, where."
    ]


@pytest.mark.parametrize(
    ("form", "field", "told"),
    [
        ({"idea": ""}, "idea", "Describe the idea in a sentence or two"),
        ({}, "idea", "Describe the idea"),
        ({"idea": "x" * 4001}, "idea", "4,001 characters; at most 4,000"),
        ({"idea": IDEA, "population": "-3"}, "population", "in figures, for example 12500"),
        ({"idea": IDEA, "population": "many"}, "population", "in figures, for example 12500"),
        ({"idea": IDEA, "country": "XY"}, "country", "Choose a country of the list"),
        ({"idea": IDEA, "applicant": "town"}, "applicant", "Choose a kind of organisation"),
        ({"idea": IDEA, "language": "qq"}, "language", "Choose a language of the list"),
        ({"idea": IDEA, "place": "Atlantis"}, "place", "No town of this name is known."),
        ({"idea": IDEA, "place": "Valencia"}, "place", "Several places have this name"),
        ({"idea": IDEA, "place": "Valencia", "country": "BG"}, "place", "is known in Bulgaria"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client: TestClient, form: dict[str, str], field: str, told: str) -> None:
    response = client.post("/en/", data=form)
    shown = page(response)
    assert response.status_code == 422
    assert told in shown.xpath(f"//p[@id='{field}-error']/text()").get("")
    assert "Please look at 1 field." in shown.css("[role=alert] p::text").get("")
    assert shown.css("[role=alert] a::attr(href)").getall() == [f"#{field}"]


@pytest.mark.parametrize("field", ["idea", "place", "population", "country", "applicant"])
def test_what_people_type_is_never_markup(client: TestClient, field: str) -> None:
    attack = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
    response = client.post("/en/", data={"idea": IDEA, field: attack})
    assert "<script>" not in response.text
    assert "<img" not in response.text
    assert "onerror" not in str(page(response).xpath("//@*[starts-with(name(), 'on')]").getall())


def test_a_script_in_the_idea_is_answered_like_any_text(client: TestClient) -> None:
    response = client.post("/en/", data={"idea": f"<script>alert(1)</script> {IDEA}"})
    assert response.status_code == 200
    assert page(response).xpath("//textarea/text()").get() == f"<script>alert(1)</script> {IDEA}"
    assert cards(response, "calls")


def test_an_idea_never_stands_in_an_address(client: TestClient) -> None:
    assert "Roma" not in str(client.post("/en/", data={"idea": IDEA}).url)
    assert cards(client.get("/en/", params={"idea": IDEA}), "calls") == []


def test_before_anything_is_built_the_page_says_so(empty_client: TestClient) -> None:
    response = empty_client.post("/en/", data={"idea": IDEA})
    assert response.status_code == 409
    assert page(response).xpath("//h1/text()").get() == "Not ready yet"
    assert "isopolis build" in response.text
    assert empty_client.get("/en/").status_code == 200


def test_the_style_is_served(client: TestClient) -> None:
    (path,) = page(client.get("/en/")).xpath("//link[@rel='stylesheet']/@href").getall()
    assert client.get(path).headers["content-type"].startswith("text/css")


RECORDS_SHOWN = [
    ("/en/calls/bg.day-centres", "Day centres for Roma children"),
    ("/en/calls/eu.older", "Clubs for pensioners"),
    ("/en/calls/eu.homeless", "A home first"),
    ("/en/practices/isopolis.roma-house", "A house for Roma children"),
    ("/en/practices/isopolis.lost-garden", "The garden that closed"),
    ("/en/programmes/cci.2021BG05SFPR002", "Human Resources Development"),
]


@pytest.mark.parametrize(("path", "title"), RECORDS_SHOWN)
def test_every_record_has_a_page_with_its_sources(client: TestClient, path: str, title: str) -> None:
    response = client.get(path)
    shown = page(response)
    assert response.status_code == 200
    assert shown.xpath("//h1/text()").getall() == [title]
    assert shown.xpath("//ul[@class='sources']/li/a/@href").getall() == ["https://calls.example.eu/page"]
    ids = shown.xpath("//@id").getall()
    assert len(ids) == len(set(ids))
    assert client.get(shown.xpath("//a[text()='the same as JSON']/@href").get("")).status_code == 200


def test_links_of_an_answer_lead_to_pages(client: TestClient) -> None:
    shown = page(client.post("/en/", data={"idea": IDEA}))
    inside = {link for link in shown.xpath("//article//a/@href").getall() if link.startswith("/")}
    assert "/en/calls/bg.day-centres" in inside
    assert all(client.get(link).status_code == 200 for link in inside)


def test_the_page_of_a_call_and_its_json_say_the_same(client: TestClient) -> None:
    who = {"applicant": "municipality", "country": "BG", "population": 10_000, "as_of": "2026-11-02"}
    answer = client.get("/v1/calls/eui.small-cities", params=who).json()
    shown = page(client.get("/en/calls/eui.small-cities", params=who))
    assert shown.css(".rules li::attr(class)").getall() == [r["verdict"] for r in answer["eligibility"]["rules"]]
    text = shown.xpath("string(//main)").get("")
    assert all(rule["reason"] in text for rule in answer["eligibility"]["rules"])
    assert all(door["sentence"] in text for door in answer["eligibility"]["doors"])
    assert f"{answer['days_left']} days left" in text


def test_a_closed_call_says_so(client: TestClient) -> None:
    assert "This call is closed." in client.get("/en/calls/eu.day-centres-2024").text


def test_what_failed_is_shown_or_said_to_be_unknown(client: TestClient) -> None:
    assert "Nobody watered the trees" in client.get("/en/practices/isopolis.lost-garden").text
    assert "Not known: the sources read do not say." in client.get("/en/practices/isopolis.choir").text


@pytest.mark.parametrize("path", ["/en/calls/no.such", "/en/practices/bg.day-centres", "/en/programmes/x"])
def test_records_that_are_not_there_have_no_page(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert page(response).xpath("//h1/text()").get() == "There is no such page"


def test_an_impossible_applicant_of_a_call_is_named(client: TestClient) -> None:
    response = client.get("/en/calls/bg.day-centres", params={"population": "-1"})
    assert response.status_code == 422
    assert "in figures, for example 12500" in page(response).css("#population-error::text").get("")
    assert page(response).css("#population::attr(value)").get() == "-1"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/calls/bg.day-centres", "Can we apply?"),
        ("/en/practices/isopolis.roma-house", "What failed or limits it"),
        ("/en/calls/eui.small-cities?applicant=municipality&country=BG&population=10000", "15,000 more inhabitants"),
    ],
)
def test_a_record_has_a_page_with_its_sources(client: TestClient, path: str, words: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert words in response.text
    assert "Where this was read" in response.text


@pytest.mark.parametrize("path", ["/en/calls/nothing.1", "/en/practices/bg.day-centres", "/en/programmes/nothing.1"])
def test_a_record_that_is_not_there_has_an_error_page(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "There is no such page" in response.text


def test_an_answer_shows_parts_both_sides_and_policy(client: TestClient) -> None:
    shown = page(client.post("/en/", data={"idea": IDEA}))
    assert shown.css(".parts summary::text").get("").startswith("Your idea, part by part:")
    assert shown.css("#combining::text").get() == "Combining funds"
    assert shown.css("#policy::text").get() == "What the idea serves"
    links = shown.css(".parts footer a::attr(href)").getall()
    assert links
    assert all(link.startswith("http") for link in links)


def test_where_nothing_fits_the_page_says_so_once(client: TestClient) -> None:
    far = page(client.post("/en/", data={"idea": FAR_IDEA}))
    assert far.css(".no-fit strong::text").getall() == ["Nothing fits yet."]
    assert far.css("#combining, #policy") == []


def test_programs_that_index_the_web_are_told_what_to_leave(client: TestClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    rules = Protego.parse(answer.text)
    paths = ("/en/calls/bg.day-centres", "/en/calls", "/en/calls?fund=ESF%2B", "/lt/desk", "/lt/desk/1")
    assert [rules.can_fetch(path, "anybody") for path in paths] == [True, True, False, False, False]


def test_the_icon_is_found_under_its_old_name(client: TestClient) -> None:
    assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg")
