"""Questions and corrections for programs: the same rules as on the pages."""

import pytest

from api.desk.programs.questions import PAGE
from corpus.desk.keys import KeyScope
from corpus.desk.rights import DeskRole
from tests.api.desk.programs import Program, program
from tests.api.desk.test_issues import Town, town

__all__ = ["town"]
WHY = {"reason": "The guide says so.", "url": "https://guide.example.eu/a.pdf", "read_on": "2026-11-20"}
ROLES = {"ruta": DeskRole.CONTRIBUTOR, "rasa": DeskRole.REVIEWER, "ema": DeskRole.EDITOR}


@pytest.fixture
def people(town: Town) -> dict[str, Program]:
    client = town.app()
    return {name: program(client, town.desk, name, role) for name, role in ROLES.items()}


def question(who: Program) -> dict[str, object]:
    (row,) = who.ask("GET", "/questions")["rows"]
    found: dict[str, object] = row
    return found


def test_a_question_is_read_and_decided_and_the_record_shows_it(town: Town, people: dict[str, Program]) -> None:
    row = question(people["ruta"])
    assert {name: row[name] for name in ("kind", "state", "record", "field", "countries", "decisions")} == {
        "kind": "conflict", "state": "open", "record": "ft.A", "field": "money.rate_max", "countries": ["LT"],
        "decisions": 0,
    }  # fmt: skip
    place = f"/questions/{row['id']}"
    assert [one["data"] for one in people["ruta"].ask("GET", place)["told"]] == ["80", "60"]
    said = {**WHY, "verdict": "other", "seen": 0, "url": ""}
    decided = people["ruta"].ask("POST", f"{place}/decisions", 201, json=said)
    assert (decided["state"], decided["decided"][0]["correction"]) == ("decided", 1)
    record = people["rasa"].ask("GET", "/records/1")
    assert (record["content"]["values"], record["content"]["source"]["url"]) == (
        {"money.rate_max": "60"},
        "https://example.org/page",
    )
    for who, action in (("rasa", "start_review"), ("rasa", "approve"), ("ema", "publish")):
        path = "/records/1/steps"
        record = people[who].ask("POST", path, seen=record["revision"], json={"action": action})
    assert town.build().money.rate_max == 60
    refused = people["ema"].ask("POST", f"{place}/decisions", 409, json=said)
    assert "after you opened it" in refused["error"]["message"]


def test_a_field_is_corrected_by_a_program(people: dict[str, Program]) -> None:
    new = {**WHY, "record": "ft.A", "field": "money.rate_max", "value": "75"}
    made = people["ruta"].ask("POST", "/corrections", 201, json=new)
    assert (made["state"], made["content"]["made_from"], made["country"]) == (
        "submitted",
        {"money.rate_max": "80"},
        "LT",
    )
    assert question(people["ema"])["state"] == "decided"
    assert people["ema"].ask("POST", "/corrections", 409, json=new)["error"]["code"] == "conflict"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "180"}, "value"),
        ({"field": "sources"}, "field"),
        ({"reason": " "}, "reason"),
        ({"read_on": None}, "read_on"),
        ({"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_what_is_wrong_is_named(town: Town, people: dict[str, Program], change: dict[str, object], field: str) -> None:
    new = {**WHY, "record": "ft.A", "field": "money.rate_max", "value": "75", **change}
    fields = people["ema"].ask("POST", "/corrections", 422, json=new)["error"]["fields"]
    assert [one["field"] for one in fields] == [field]
    assert town.desk.items.all() == []


def test_keys_have_the_limits_of_their_people(town: Town, people: dict[str, Program]) -> None:
    client = town.app()
    reader = program(client, town.desk, "reader", DeskRole.EDITOR, KeyScope.READ)
    abroad = program(client, town.desk, "jan", DeskRole.EDITOR, countries=frozenset({"PL"}))
    place = f"/questions/{question(reader)['id']}/decisions"
    said = {**WHY, "verdict": "not_a_mistake", "seen": 0}
    new = {**WHY, "record": "ft.A", "field": "money.rate_max", "value": "75"}
    for who in (reader, abroad):
        who.ask("POST", place, 403, json=said)
        who.ask("POST", "/corrections", 403, json=new)
    people["ruta"].ask("POST", place, 403, json=said)
    assert (question(reader)["state"], town.desk.items.all()) == ("open", [])


def test_questions_are_filtered_and_come_in_pages(people: dict[str, Program]) -> None:
    ema = people["ema"]
    for query in ("kind=conflict", "state=open", "country=LT", "source=source-b", "record=ft.A"):
        assert ema.ask("GET", f"/questions?{query}")["total"] == 1
    for query in ("kind=link", "state=decided", "country=PL", "source=other", "record=ft.B"):
        assert ema.ask("GET", f"/questions?{query}")["total"] == 0
    assert ema.ask("GET", "/questions?page=2")["rows"] == []
    assert ema.ask("GET", "/questions?kind=gossip", 422)["error"]["fields"][0]["field"] == "kind"
    ema.ask("GET", f"/questions/{'0' * 32}", 404)
    assert PAGE == 100
