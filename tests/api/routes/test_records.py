from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.model import Call
from tests.api.reading import error_of
from tests.matcher.factory import DAY_CENTRES_BG


def get(client: TestClient, path: str, **given: Any) -> dict[str, Any]:
    response = client.get(f"/v1/{path}", params=given)
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def test_a_call_has_all_its_facts_and_sources(client: TestClient) -> None:
    answer = get(client, "calls/bg.day-centres", as_of="2026-11-02")
    assert Call.model_validate(answer["call"]) == DAY_CENTRES_BG
    assert (answer["status"], answer["days_left"], answer["as_of"]) == ("open", 210, "2026-11-02")
    assert answer["next_cutoff"]["date"] == "2027-05-31"


@pytest.mark.parametrize(
    ("who", "overall"),
    [
        ({}, "not_clear"),
        ({"applicant": "municipality", "population": 30_000}, "can_apply"),
        ({"applicant": "municipality", "population": 10_000}, "can_apply_in_group_or_as_partner"),
        ({"applicant": "school", "population": 30_000}, "cannot"),
    ],
)
def test_a_call_is_judged_for_the_applicant(client: TestClient, who: dict[str, Any], overall: str) -> None:
    answer = get(client, "calls/eui.small-cities", as_of="2026-11-02", **who)
    assert answer["eligibility"]["overall"] == overall


def test_the_country_of_the_applicant_is_read_as_the_eu_writes_it(client: TestClient) -> None:
    rules = get(client, "calls/pl.day-centres", country="EL")["eligibility"]["rules"]
    assert [rule["verdict"] for rule in rules if rule["family"] == "country"] == ["fails"]


def test_status_depends_on_the_day(client: TestClient) -> None:
    days = {day: get(client, "calls/eu.day-centres-2024", as_of=day) for day in ("2024-02-01", "2024-04-01")}
    assert [answer["status"] for answer in days.values()] == ["open", "closed"]
    assert days["2024-04-01"]["next_cutoff"] is None
    assert days["2024-04-01"]["days_left"] is None


def test_without_a_day_it_is_judged_today(client: TestClient) -> None:
    assert get(client, "calls/eu.day-centres-2024")["status"] == "closed"


def test_practices_and_programmes(client: TestClient) -> None:
    practice = get(client, "practices/isopolis.roma-house")["practice"]
    assert practice["results"][0]["statement"] == {"en": "Most children now go to school."}
    programme = get(client, "programmes/cci.2021BG05SFPR002")["programme"]
    assert programme["title"]["bg"] == "Развитие на човешките ресурси"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("calls/no.such", "there is no call 'no.such'"),
        ("calls/isopolis.roma-house", "there is no call 'isopolis.roma-house'"),
        ("practices/bg.day-centres", "there is no practice 'bg.day-centres'"),
        ("programmes/bg.day-centres", "there is no programme 'bg.day-centres'"),
    ],
)
def test_records_of_another_kind_are_not_there(client: TestClient, path: str, told: str) -> None:
    response = client.get(f"/v1/{path}")
    assert response.status_code == 404
    error = error_of(response)
    assert (error["code"], error["message"]) == ("not_found", told)


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"population": -1}, "population", "at least 0"),
        ({"country": "XY"}, "country", "'XY' is not a country code"),
        ({"applicant": "town"}, "applicant", "town is no choice here; possible are: municipality, "),
        ({"degurba": 4}, "degurba", "4 is no choice here; possible are: 1, 2, 3"),
        ({"role": "boss"}, "role", "boss is no choice here; possible are: lead, "),
        ({"as_of": "soon"}, "as_of", "valid date"),
        ({"colour": "blue"}, "colour", "leave it out"),
    ],
)
def test_bad_parameters_are_named(client: TestClient, given: dict[str, Any], field: str, told: str) -> None:
    response = client.get("/v1/calls/bg.day-centres", params=given)
    assert response.status_code == 422
    (problem,) = error_of(response)["fields"]
    assert problem["field"] == field
    assert told in problem["message"]
