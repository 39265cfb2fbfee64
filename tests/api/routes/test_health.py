from fastapi.testclient import TestClient

from tests.matcher.factory import NOW, World


def test_a_service_that_can_answer_says_from_what(client: TestClient, small_world: World) -> None:
    response = client.get("/health")
    assert response.status_code == 200
    health = response.json()
    assert (health["status"], health["model"]) == ("ok", "keywords")
    assert health["snapshot"] == small_world.snapshot().manifest.hash[:16]
    assert health["records"] == {"call": 10, "practice": 8, "programme": 1}
    assert health["built_at"] == NOW.isoformat().replace("+00:00", "Z")


def test_a_service_that_cannot_answer_says_why(empty_client: TestClient) -> None:
    response = empty_client.get("/health")
    assert response.status_code == 503
    health = response.json()
    assert health["status"] == "not_ready"
    assert "run `isopolis build`" in health["message"]
