from typing import Any

from fastapi.testclient import TestClient

from matcher.answer import Answer
from matcher.engine import Matcher
from matcher.query import IdeaQuery
from tests.api.reading import cards, error_of
from tests.matcher.factory import FAR_IDEA, IDEA, IDEA_BG, World

WHO = {"type": "municipality", "country": "BG", "population": 10_000}


def match(client: TestClient, text: str = IDEA, **given: Any) -> dict[str, Any]:
    response = client.post("/v1/match", json={"text": text, **given})
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def test_the_answer_is_that_of_the_matcher(client: TestClient, small_world: World) -> None:
    matcher: Matcher = small_world.matcher()
    query = IdeaQuery.model_validate({"text": IDEA, "applicant": WHO})
    assert Answer.model_validate(match(client, applicant=WHO)) == matcher.match(query)


def test_an_idea_alone_is_enough(client: TestClient) -> None:
    assert match(client)["calls"]


def test_a_call_comes_with_everything_that_is_promised(client: TestClient) -> None:
    call = match(client, applicant=WHO)["calls"][0]
    assert call["id"] == "bg.day-centres"
    assert call["cutoffs"][0]["zone"] == "Europe/Brussels"
    assert call["money"]["grant_max"] == {"amount": "400000", "currency": "EUR"}
    assert call["eligibility"]["overall"] == "can_apply"
    assert call["excerpts"][0]["source_url"].startswith("https://")
    assert call["similar_practices"][0]["id"] == "isopolis.roma-house"
    assert {"relevance", "features", "score", "status", "next_cutoff", "apply_url", "checked"} <= set(call)


def test_place_day_limit_and_calls_are_taken(client: TestClient) -> None:
    given = {"place": "Габрово", "as_of": "2024-02-01", "limit": 2}
    answer = match(client, IDEA_BG, **given)
    assert answer["as_of"] == "2024-02-01"
    assert answer["understood"]["applicant"]["population"] == 48133
    assert len(answer["calls"]) <= 2
    assert [call["id"] for call in match(client, only=["life.gardens"])["calls"]] == ["life.gardens"]


def test_nothing_that_fits_is_no_error(client: TestClient) -> None:
    answer = match(client, FAR_IDEA)
    assert (answer["calls"], len(answer["notes"])) == ([], 1)


def test_json_and_page_say_the_same(client: TestClient) -> None:
    answer = match(client, applicant=WHO)
    form = {"idea": IDEA, "applicant": "municipality", "country": "BG", "population": "10000"}
    shown = client.post("/en/", data=form)
    assert cards(shown, "calls") == [call["id"] for call in answer["calls"]]
    assert cards(shown, "practices") == [practice["id"] for practice in answer["practices"]]
    for call in answer["calls"]:
        assert call["title"] in shown.text
        assert all(door["sentence"] in shown.text for door in call["eligibility"]["doors"])


def test_a_call_that_is_not_there_names_the_field(client: TestClient) -> None:
    response = client.post("/v1/match", json={"text": IDEA, "only": ["no.such"]})
    assert response.status_code == 422
    assert error_of(response)["fields"] == [{"field": "only", "message": "there is no call 'no.such'"}]
