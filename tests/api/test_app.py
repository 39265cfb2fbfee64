from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from api.state import Service
from corpus.errors import SettingsError
from corpus.settings import load


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    response = client.get("/openapi.json")
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def test_the_document_names_every_route(document: dict[str, Any]) -> None:
    assert set(document["paths"]) >= {
        "/v1/match",
        "/v1/calls/{call_id}",
        "/v1/practices/{practice_id}",
        "/v1/programmes/{programme_id}",
        "/health",
    }


def test_every_route_is_described(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["description"].endswith(".")


@pytest.mark.parametrize("status", ["409", "413", "422", "500"])
def test_errors_of_questions_are_documented_in_their_one_shape(document: dict[str, Any], status: str) -> None:
    answer = document["paths"]["/v1/match"]["post"]["responses"][status]
    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/ErrorAnswer")


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [ref for value in node.values() for ref in references(value)]
        return [ref for value in node for ref in references(value)] if isinstance(node, list) else []

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    found = references(document)
    assert found
    assert set(found) <= known


@pytest.mark.parametrize(("docs", "status"), [(True, 200), (False, 404)])
def test_the_interactive_documentation_can_be_switched_off(service: Service, docs: bool, status: int) -> None:
    app = create_app(service, ApiSettings(docs=docs))
    assert TestClient(app).get("/docs").status_code == status


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOPOLIS_API_MAX_BODY", "2000")
    assert load(ApiSettings).max_body == 2000


def test_an_impossible_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOPOLIS_API_MAX_BODY", "10")
    with pytest.raises(SettingsError, match="MAX_BODY: Input should be greater than or equal to 1000"):
        load(ApiSettings)
