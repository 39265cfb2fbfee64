"""The file format, its messages, the score and the command."""

import json
from pathlib import Path
from typing import Any

import pytest

from matcher.eligibility.command import BROKEN, OK, PARTLY, eligibility_command
from matcher.eligibility.file import FORMAT, read_file
from matcher.errors import ProfileError

RULE = {
    "rule": "where",
    "family": "country",
    "value": {"in": ["EU27"], "others": "fails"},
    "excerpt": "Own words of a test.",
    "source_url": "https://example.org/a",
}
PAIR = {"id": "p1", "call": "C", "applicant": {"type": "municipality", "country": "BG"}, "as_of": "2026-03-01"}


def a_file(tmp_path: Path, rules: list[dict[str, Any]], pairs: list[dict[str, Any]], **call: Any) -> Path:
    path = tmp_path / "pairs.json"
    content = {"format": FORMAT, "calls": [{"id": "C", "rules": rules, **call}], "pairs": pairs}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_excerpt_and_address_become_evidence(tmp_path: Path) -> None:
    also = {"excerpt": "Second place.", "source_url": "https://example.org/b"}
    content = read_file(a_file(tmp_path, [{**RULE, "also": [also]}], [PAIR]))
    found = [(item.source, item.excerpt) for item in content.calls["C"].rules[0].evidence]
    assert found == [("https://example.org/a", "Own words of a test."), ("https://example.org/b", "Second place.")]


def test_json_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert eligibility_command(a_file(tmp_path, [RULE], [PAIR], unread=["consortium"]), as_json=True) == OK
    answers = json.loads(capsys.readouterr().out)
    assert answers == [{"id": "p1", "overall": "not_clear", "rules": {"where": "meets", "consortium": "unknown"}}]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"value": {"in": ["EU27"], "colour": "blue"}}, "value.colour: this key is not known"),
        ({"family": "own_contribution", "value": {"min_share": 0.1}}, "this family of rules is not known"),
        ({"value": {"in": ["Atlantis"]}}, "'Atlantis' is not a country code"),
        ({"value": None}, "value"),
    ],
)
def test_a_rule_that_is_not_understood_is_unknown_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], told: str
) -> None:
    rules = [{**RULE, **change}, {**RULE, "rule": "second"}]
    assert eligibility_command(a_file(tmp_path, rules, [PAIR]), as_json=True) == OK
    shown = capsys.readouterr()
    assert "call 'C', rule 'where'" in shown.err
    assert told in shown.err
    assert json.loads(shown.out)[0]["rules"] == {"second": "meets", "where": "unknown"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"applicant": {"type": "municipality", "population": -1}}, "applicant.population"),
        ({"applicant": {"type": "village"}}, "applicant.type"),
        ({"applicant": {"country": "ZZ"}}, "'ZZ' is not a country code"),
        ({"applicant": {"facts": [1]}}, "applicant.facts"),
        ({"applicant": {"partners": {}}}, "applicant.partners"),
        ({"applicant": None}, "pairs[0].applicant: is missing"),
        ({"as_of": "soon"}, "pairs[0].as_of: 'soon' is not a day"),
        ({"call": "D"}, "pairs[0].call: pair 'p1' names the call 'D'"),
    ],
)
def test_a_broken_pair_is_named_and_the_others_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], told: str
) -> None:
    path = a_file(tmp_path, [RULE], [{**PAIR, **change}, {**PAIR, "id": "p2"}])
    assert eligibility_command(path, as_json=True) == PARTLY
    shown = capsys.readouterr()
    assert told in shown.err
    assert [row["id"] for row in json.loads(shown.out)] == ["p2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not JSON"),
        ("[]", "must hold an object"),
        ('{"format": "other/1"}', "format: must be"),
        (f'{{"format": "{FORMAT}"}}', "calls: is missing"),
        (f'{{"format": "{FORMAT}", "calls": {{}}}}', "calls: must be a list"),
        (f'{{"format": "{FORMAT}", "calls": []}}', "pairs: is missing"),
    ],
)
def test_a_broken_file_stops_with_the_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    assert eligibility_command(path) == BROKEN
    assert told in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot be read"):
        read_file(tmp_path / "none.json")


def test_a_broken_call_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert eligibility_command(a_file(tmp_path, [RULE], [], unread=[1])) == PARTLY
    assert "calls[0].unread[0]: must be the name of a family" in capsys.readouterr().err


def test_keys_of_its_own_become_facts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = {**RULE, "rule": "five", "family": "people_group", "value": {"min_people": 3, "age": [18, 30]}}
    who = {"type": "informal_group", "people": 3, "ages": [19, 20, 30]}
    path = a_file(tmp_path, [rule], [{**PAIR, "applicant": who}])
    assert eligibility_command(path, as_json=True) == OK
    shown = capsys.readouterr()
    assert "unknown key 'people' is read as a fact" in shown.err
    assert json.loads(shown.out)[0]["overall"] == "can_apply"


def labelled(name: str, country: str, right: str, rule: str, **also: Any) -> dict[str, Any]:
    who = {"type": "municipality", "country": country}
    return {
        **PAIR,
        "id": name,
        "applicant": who,
        "expected_overall": right,
        "expected_rules": {"where": rule},
        "also_accept": also or None,
    }


def test_the_score_names_every_wrong_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [
        labelled("right", "BG", "can_apply", "meets"),
        labelled("too-hard", "RS", "not_clear", "unknown"),
        labelled("accepted", "RS", "not_clear", "unknown", overall=["cannot"], rules={"where": ["fails"]}),
        labelled("too-soft", "BG", "cannot", "fails"),
    ]
    assert eligibility_command(a_file(tmp_path, [RULE], pairs), score=True) == OK
    shown = capsys.readouterr().out
    assert "overall 2/4 (50.0%)" in shown
    assert "  not_clear: 1/2 (50.0%)" in shown
    assert "wrong cannot: 1\n  too-hard: answered cannot, right is not_clear" in shown
    assert "wrong fails: 1\n  too-hard/where: answered fails, right is unknown" in shown
    assert "other differences: 2\n  too-soft: answered can_apply, right is cannot" in shown


def test_score_and_json_go_to_different_streams(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = a_file(tmp_path, [RULE], [labelled("right", "BG", "can_apply", "meets")])
    assert eligibility_command(path, score=True, as_json=True) == OK
    shown = capsys.readouterr()
    assert json.loads(shown.out)[0]["id"] == "right"
    assert "overall 1/1" in shown.err


def test_a_label_for_a_rule_without_an_answer_is_a_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = {**labelled("p", "BG", "can_apply", "meets"), "expected_rules": {"other": "meets"}}
    eligibility_command(a_file(tmp_path, [RULE], [pair]), score=True)
    assert "p/other: answered nothing, right is meets" in capsys.readouterr().out


def test_plain_answers_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who = {"type": "municipality", "country": "RS"}
    assert eligibility_command(str(a_file(tmp_path, [RULE], [{**PAIR, "applicant": who}]))) == OK
    assert "where: fails. Established in Serbia" in capsys.readouterr().out
