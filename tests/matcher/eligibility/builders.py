"""Short ways to write rules, applicants and answers in tests."""

from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from corpus.parts import Evidence
from corpus.rules import Rule, UnreadRule
from corpus.vocab import Verdict
from matcher.eligibility import Assessment, assess
from matcher.eligibility.verdict import RuleVerdict
from matcher.profile import Applicant

RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
EVIDENCE = (Evidence(source="page", excerpt="Own words of a test."),)
TODAY = date(2026, 3, 1)
EU = {"in": ["EU27"], "others": "fails"}


def a_rule(family: str, value: dict[str, Any], name: str = "") -> Rule:
    return RULE.validate_python({"id": name or family, "family": family, "value": value, "evidence": EVIDENCE})


def rules_of(given: dict[str, Any]) -> tuple[Rule, ...]:
    return tuple(a_rule(family, value) for family, value in given.items())


def applicant(text: str = "municipality BG", *partners: str, **fields: Any) -> Applicant:
    """An applicant as `kind country [role] [inhabitants]`, with partners written the same way."""
    return Applicant.model_validate({**body(text), "partners": [body(item) for item in partners], **fields})


def body(text: str) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for key, word in zip(("type", "country"), text.split(), strict=False):
        words[key] = word
    for word in text.split()[2:]:
        words["population" if word.isdecimal() else "role"] = word
    return words


def answer(
    rules: dict[str, Any],
    who: Applicant,
    as_of: date | datetime = TODAY,
    unread: tuple[str, ...] = (),
) -> Assessment:
    return assess(rules_of(rules), [UnreadRule(family=family) for family in unread], who, as_of)


def one(family: str, value: dict[str, Any], who: Applicant, as_of: date | datetime = TODAY) -> RuleVerdict:
    return answer({family: value}, who, as_of).rules[0]


def verdict(family: str, value: dict[str, Any], who: Applicant, as_of: date | datetime = TODAY) -> Verdict:
    return one(family, value, who, as_of).verdict
