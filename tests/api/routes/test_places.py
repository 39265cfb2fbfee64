import pytest
from fastapi.testclient import TestClient


def names(client: TestClient, **query: str) -> list[tuple[str, str]]:
    response = client.get("/v1/places", params=query)
    assert response.status_code == 200
    return [(place["name"], place["country_name"]) for place in response.json()["places"]]


@pytest.mark.parametrize("typed", ["gab", "GAB", "Габ", " gàb"])
def test_towns_are_suggested_in_any_alphabet(client: TestClient, typed: str) -> None:
    assert names(client, q=typed)[0] == ("Gabrovo", "Bulgaria")


def test_countries_are_named_in_the_language_asked_for(client: TestClient) -> None:
    assert names(client, q="val", language="it") == [("Valencia", "Spagna"), ("Valencia", "Italia")]


def test_a_country_narrows(client: TestClient) -> None:
    assert names(client, q="val", country="IT") == [("Valencia", "Italy")]


@pytest.mark.parametrize("typed", ["", "g", "%", "__", "'; drop table place; --", "\U0010ffff"])
def test_too_little_or_nonsense_suggests_nothing(client: TestClient, typed: str) -> None:
    assert names(client, q=typed) == []


@pytest.mark.parametrize("query", [{}, {"q": "x" * 201}, {"q": "ga", "country": "XX"}, {"q": "ga", "limit": "99"}])
def test_an_impossible_question_is_named(client: TestClient, query: dict[str, str]) -> None:
    response = client.get("/v1/places", params=query)
    assert response.status_code == 422
    assert response.json()["error"]["fields"][0]["field"] in {"q", "country", "limit"}
