"""Programs do with a key what their people may do, by the same rules, and are told precisely what is wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.desk.bring_out import OutEnding
from api.desk.programs.guesses import MOST_A_MINUTE
from api.desk.service import Desk
from api.settings import ApiSettings
from api.state import Service
from corpus.desk.keys import KeyScope
from corpus.desk.rights import DeskRole
from tests.api.desk.programs import Program, program
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW

REVIEW = (("ruta", "submit"), ("rasa", "start_review"), ("rasa", "approve"), ("ema", "publish"))


@pytest.fixture
def client(service: Service, desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(service, ApiSettings(), desk)) as opened:
        yield opened


@pytest.fixture
def people(client: TestClient, desk: Desk) -> dict[str, Program]:
    roles = {"ruta": DeskRole.CONTRIBUTOR, "rasa": DeskRole.REVIEWER, "ema": DeskRole.EDITOR}
    return {name: program(client, desk, name, role) for name, role in roles.items()}


def begun(who: Program, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = who.ask("POST", "/records", 201, json={"content": {**PRACTICE, **changes}})
    return found


def test_a_practice_goes_to_the_public_by_programs_alone(people: dict[str, Program], desk: Desk) -> None:
    record = begun(people["ruta"])
    assert (record["record_id"], record["state"], record["steps"]) == (
        "isopolis.bendra-virtuve",
        "draft",
        ["edit", "submit"],
    )
    for who, action in REVIEW:
        path = f"/records/{record['number']}/steps"
        record = people[who].ask("POST", path, seen=record["revision"], json={"action": action})
    assert (record["state"], record["public_version"]) == ("published", 1)
    assert [item.record_id for item, _ in desk.items.published()] == ["isopolis.bendra-virtuve"]
    happened = people["ruta"].ask("GET", "/records/1/events")
    assert [(line["action"], line["account"]) for line in happened] == [
        ("create", people["ruta"].account),
        *((action, people[who].account) for who, action in REVIEW),
    ]


def test_a_revision_must_be_named_and_be_the_newest(people: dict[str, Program]) -> None:
    ruta = people["ruta"]
    begun(ruta)
    change = {"content": {**PRACTICE, "lead": "A"}, "reason": "more"}
    missing = ruta.ask("PUT", "/records/1", 428, json=change)
    assert missing["error"]["code"] == "revision_missing"
    assert ruta.ask("PUT", "/records/1", seen=1, json=change)["revision"] == 2
    stale = ruta.ask("PUT", "/records/1", 412, seen=1, json={"content": {**PRACTICE, "lead": "B"}})
    assert stale["error"]["code"] == "changed_since"
    assert "Nothing of yours was written" in stale["error"]["message"]
    assert ruta.ask("POST", "/records/1/steps", 412, seen=1, json={"action": "submit"})["error"]["reference"]
    assert ruta.ask("GET", "/records/1")["content"]["lead"] == "A"
    headers = {"Authorization": f"Bearer {ruta.key}"}
    for tag in ("*", "3", '"x"', '"1", "2"', 'W/"2"'):
        answer = ruta.client.put("/v1/desk/records/1", json=change, headers={**headers, "If-Match": tag})
        assert (answer.status_code, answer.json()["error"]["fields"][0]["field"]) == (422, "If-Match")


def test_the_tag_of_an_answer_is_what_the_next_step_names(people: dict[str, Program]) -> None:
    ruta = people["ruta"]
    begun(ruta)
    headers = {"Authorization": f"Bearer {ruta.key}"}
    answer = ruta.client.get("/v1/desk/records/1", headers=headers)
    assert (answer.headers["etag"], answer.headers["cache-control"]) == ('"1"', "private, no-cache")
    again = ruta.client.get("/v1/desk/records/1", headers={**headers, "If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_versions_differ_and_come_back(people: dict[str, Program]) -> None:
    ruta, ema = people["ruta"], people["ema"]
    begun(ruta)
    ruta.ask("PUT", "/records/1", seen=1, json={"content": {**PRACTICE, "lead": "A"}, "reason": "who led it"})
    rows = ruta.ask("GET", "/records/1/versions")
    assert [(row["version"], row["author"]["name"], row["reason"]) for row in rows] == [
        (1, "ruta", "begun"),
        (2, "ruta", "who led it"),
    ]
    changed = ruta.ask("GET", "/records/1/versions/2/difference")
    assert changed == {"before": 1, "after": 2, "fields": [{"field": "lead", "before": None, "after": "A"}]}
    assert ruta.ask("GET", "/records/1/versions/1/difference")["fields"] == []
    assert ruta.ask("GET", "/records/1/versions/1/difference?since=2")["fields"][0]["before"] == "A"
    ema.ask("POST", "/records/1/restore", 422, seen=2, json={"version": 1})
    back = ema.ask("POST", "/records/1/restore", seen=2, json={"version": 1, "reason": "the library did"})
    assert (back["content"], back["version"]) == (PRACTICE, 3)
    assert ruta.ask("GET", "/records/1/versions/2")["content"]["lead"] == "A"
    for path in (
        "/records/1/versions/9",
        "/records/9/versions",
        "/records/9/comments",
        "/records/9/events",
        "/records/9",
    ):
        ruta.ask("GET", path, 404)


def test_comments_are_said_and_read(people: dict[str, Program]) -> None:
    begun(people["ruta"])
    said = people["rasa"].ask("POST", "/records/1/comments", 201, json={"field": "cost", "text": "Which year?"})
    assert (said[0]["author"]["name"], said[0]["field"]) == ("rasa", "cost")
    assert people["ruta"].ask("GET", "/records/1/comments") == said
    people["rasa"].ask("POST", "/records/1/comments", 422, json={"text": ""})


def test_lists_are_narrowed(people: dict[str, Program]) -> None:
    ruta, rasa = people["ruta"], people["rasa"]
    for number, name in enumerate("abc"):
        places = [{"name": "Ruse", "country": "BG"}] if name == "c" else PRACTICE["places"]
        begun(ruta if number else people["ema"], title={"en": name}, original_language="en", places=places)
    ruta.ask("POST", "/records/2/steps", seen=1, json={"action": "submit"})
    counts = {"": 3, "?state=submitted": 1, "?country=BG": 1, "?mine=true": 2, "?kind=correction": 0, "?due=true": 0}
    assert {query: ruta.ask("GET", f"/records{query}")["total"] for query in counts} == counts
    assert rasa.ask("GET", "/records?mine=true")["rows"] == []
    for query in ("?state=gone", "?page=0", "?colour=red", "?country=Lithuania"):
        assert ruta.ask("GET", f"/records{query}", 422)["error"]["fields"]


def test_a_key_for_reading_changes_nothing(client: TestClient, desk: Desk, people: dict[str, Program]) -> None:
    begun(people["ruta"])
    reader = program(client, desk, "ina", DeskRole.ADMINISTRATOR, KeyScope.READ)
    me = reader.ask("GET", "/me")
    assert (me["person"]["name"], me["role"], me["scope"]) == ("ina", "administrator", "read")
    before = desk.items.all()
    sent: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("POST", "/records", {"json": {"content": {}}}),
        ("PUT", "/records/1", {"json": {"content": {}}}),
        ("POST", "/records/1/steps", {"json": {"action": "submit"}}),
        ("POST", "/records/1/restore", {"json": {"version": 1}}),
        ("POST", "/records/1/comments", {"json": {"text": "x"}}),
        ("POST", "/import", {"json": {"drafts": []}}),
        ("POST", "/import/preview", {"files": {"file": ("a.csv", b"title\nA\n")}}),
    )
    for method, path, body in sent:
        told = reader.ask(method, path, 403, seen=1, **body)
        assert "may only read" in told["error"]["message"]
    assert (desk.items.all(), desk.items.comments(1)) == (before, [])


def test_records_come_in_in_two_steps_and_go_out_again(people: dict[str, Program], desk: Desk) -> None:
    ruta = people["ruta"]
    sheet = b"title,place,country,url,read_on\nA kitchen,Zarasai,LT,https://a.example/k,2026-11-01\nB,,XQ,,\n"
    preview = ruta.ask("POST", "/import/preview", files={"file": ("a.csv", sheet)})
    assert (preview["good"], [bool(row["problems"]) for row in preview["rows"]]) == (1, [False, True])
    assert desk.items.all() == []
    drafts = [{key: row[key] for key in ("kind", "name", "content")} for row in preview["rows"][:1]]
    kept = ruta.ask("POST", "/import", json={"drafts": drafts})
    assert ([row["record_id"] for row in kept["kept"]], kept["refused"]) == (["isopolis.a-kitchen"], [])
    again = ruta.ask("POST", "/import", json={"drafts": drafts})
    assert (again["kept"], again["refused"][0]["name"]) == ([], "a-kitchen")
    for ending in OutEnding:
        out = ruta.ask("GET", f"/out.{ending}")
        back = ruta.ask("POST", "/import/preview", files={"file": (f"a.{ending}", out.content)})
        assert back["rows"][0]["content"] == drafts[0]["content"]
        assert ruta.ask("GET", f"/records/1/out.{ending}").content


def test_what_is_no_record_is_refused_field_by_field(people: dict[str, Program], desk: Desk) -> None:
    ruta = people["ruta"]
    told = ruta.ask("POST", "/records", 422, json={"content": {"title": "A", "places": "here"}, "name": "a"})
    assert {one["field"] for one in told["error"]["fields"]} == {"title", "places"}
    ruta.ask("POST", "/records", 422, json={"content": {}, "name": " "})
    ruta.ask("POST", "/records", 422, json={"content": {}, "name": "a", "colour": "red"})
    ruta.ask("POST", "/records", 201, json={"content": {}, "name": "half"})
    told = ruta.ask("POST", "/records/1/steps", 422, seen=1, json={"action": "submit"})
    assert {"title", "places", "url"} <= {one["field"] for one in told["error"]["fields"]}
    headers = {"Authorization": f"Bearer {ruta.key}", "Content-Type": "application/json"}
    odd = (b"NaN", b'"\\ud800"', b'"\\u0000"', b"1e999", b"1" * 400, b"[" * 20 + b"]" * 20, b"{")
    for value in odd:
        body = b'{"name": "n", "content": {"a": ' + value + b"}}"
        assert ruta.client.post("/v1/desk/records", content=body, headers=headers).status_code in (400, 422)
    assert len(desk.items.all()) == 1


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer guessed", "Basic cnV0YTpydXRh", "Bearer " + "x" * 4000])
def test_a_guessed_key_is_refused(client: TestClient, header: str) -> None:
    answer = client.get("/v1/desk/records", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["error"]["code"] == "unauthorized"
    assert header.removeprefix("Bearer ") not in answer.text or header in ("", "Bearer")


def test_who_guesses_on_is_shut_out_for_a_while(client: TestClient, people: dict[str, Program]) -> None:
    for number in range(MOST_A_MINUTE):
        wrong = {"Authorization": f"Bearer guess-{number}"}
        assert client.get("/v1/desk/me", headers=wrong).status_code == 401
    answer = client.get("/v1/desk/me", headers={"Authorization": f"Bearer {people['ruta'].key}"})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_a_session_opens_nothing_here_and_a_revoked_key_no_longer(people: dict[str, Program], desk: Desk) -> None:
    ruta = people["ruta"]
    session = desk.accounts.sign_in("ruta@example.org", "four words that differ", NOW)
    cookie = {"Cookie": f"isopolis_desk={session}"}
    assert ruta.client.get("/v1/desk/me", headers=cookie).status_code == 401
    assert ruta.client.get("/v1/desk/me", headers={"Authorization": f"Bearer {session}"}).status_code == 401
    (key,) = desk.accounts.keys.of_account(ruta.account)
    desk.accounts.keys.revoke(ruta.account, key.id, NOW)
    ruta.ask("GET", "/me", 401)


def test_two_people_are_needed_however_one_comes(people: dict[str, Program], desk: Desk) -> None:
    """A key is its person: with page, key and a second key one person is still one."""
    ema = people["ema"]
    second = Program(ema.client, desk.accounts.keys.issue(ema.account, "another", KeyScope.WRITE, NOW), ema.account)
    begun(ema)
    for who, action in ((ema, "submit"), (second, "start_review")):
        revision = who.ask("GET", "/records/1")["revision"]
        who.ask("POST", "/records/1/steps", seen=revision, json={"action": action})
    for who in (ema, second):
        told = who.ask("POST", "/records/1/steps", 403, seen=3, json={"action": "approve"})
        assert "somebody else" in told["error"]["message"]
        who.ask("POST", "/records/1/steps", 409, seen=3, json={"action": "publish"})
    assert list(desk.items.published()) == []


def test_the_description_names_keys_and_errors_everywhere(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    scheme = described["components"]["securitySchemes"]["deskKey"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    paths = {path: item for path, item in described["paths"].items() if path.startswith("/v1/desk")}
    assert len(paths) >= 14
    for path, item in paths.items():
        for method, operation in item.items():
            assert operation["security"] == [{"deskKey": []}], path
            assert operation["summary"], path
            assert len(operation["description"]) > 20, path
            expected = {"401", "404", "422", "429"} | ({"403", "413"} if method != "get" else set())
            parameters = {one["name"] for one in operation.get("parameters", ())}
            expected |= {"409", "412", "428"} if "if-match" in parameters else set()
            assert expected <= set(operation["responses"]), (path, method)
            for status in expected:
                schema = operation["responses"][status]["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ErrorAnswer"}, (path, status)
    changing = [path for path, item in paths.items() for one in item.values() if "428" in one["responses"]]
    assert len(changing) == 3
    assert not any(
        "security" in one for path, item in described["paths"].items() if path not in paths for one in item.values()
    )
