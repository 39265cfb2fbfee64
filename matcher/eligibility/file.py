"""Reads the file format `isopolis-eligibility/1` into the corpus model.

One bad rule or pair never stops the others: a rule that cannot be read becomes a rule whose words are open, so
its answer is "unknown", and every such case is told in `EligibilityFile.warnings`. A pair that cannot be read
is an error that names the field; the pairs beside it are answered.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from corpus.parts import Frozen, Text
from corpus.rules import Rule, UnreadRule
from corpus.vocab import Overall, UnknownKind, Verdict
from matcher.eligibility.fields import as_json, field_of, problems_of
from matcher.errors import ProfileError
from matcher.profile import Applicant, Partner

FORMAT = "isopolis-eligibility/1"

_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


class CallRules(Frozen):
    """The rules of one call of a file."""

    id: Text
    rules: tuple[Rule, ...] = ()
    unread: tuple[UnreadRule, ...] = ()


class Expected(Frozen):
    """The right answer to a pair, with answers that are right too."""

    overall: Overall
    rules: dict[str, Verdict] = Field(default_factory=dict)
    also_overall: tuple[Overall, ...] = ()
    also_rules: dict[str, tuple[Verdict, ...]] = Field(default_factory=dict)


class Pair(Frozen):
    """An applicant before a call, on a day or at a moment."""

    id: Text
    call: Text
    applicant: Applicant
    as_of: date | datetime
    expected: Expected | None = None


class EligibilityFile(NamedTuple):
    """What was read, and what could not be."""

    calls: Mapping[str, CallRules]
    pairs: Sequence[Pair]
    warnings: Sequence[str]
    errors: Sequence[str]


def read_file(path: Path) -> EligibilityFile:
    """Read a file of calls and pairs.

    Raises:
        ProfileError: the file as a whole cannot be read; the message names the field.
    """
    data = as_json(path)
    if field_of(data, "format", str, "") != FORMAT:
        raise ProfileError("format", f"must be {FORMAT!r} (given: {data.get('format')!r})")
    warnings: list[str] = []
    errors: list[str] = []
    calls = dict(_calls(field_of(data, "calls", list, ""), warnings, errors))
    pairs = tuple(_pairs(field_of(data, "pairs", list, ""), calls, warnings, errors))
    return EligibilityFile(calls, pairs, warnings, errors)


def _calls(raw: list[Any], warnings: list[str], errors: list[str]) -> Iterator[tuple[str, CallRules]]:
    for index, item in enumerate(raw):
        try:
            call = _call(item, f"calls[{index}]", warnings)
        except ProfileError as error:
            errors.append(str(error))
        else:
            yield call.id, call


def _call(raw: Any, where: str, warnings: list[str]) -> CallRules:
    name = field_of(raw, "id", str, where)
    rules: list[Rule] = []
    unread = [_unread(item, f"{where}.unread[{index}]") for index, item in enumerate(raw.get("unread") or ())]
    for index, item in enumerate(field_of(raw, "rules", list, where)):
        read = _rule(item, raw, f"{where}.rules[{index}]", warnings)
        if isinstance(read, UnreadRule):
            unread.append(read)
        else:
            rules.append(read)
    return CallRules(id=name, rules=tuple(rules), unread=tuple(unread))


def _unread(raw: Any, where: str) -> UnreadRule:
    if not isinstance(raw, str) or not raw.strip():
        raise ProfileError(where, "must be the name of a family")
    return UnreadRule(family=raw)


def _rule(raw: Any, call: Mapping[str, Any], where: str, warnings: list[str]) -> Rule | UnreadRule:
    name, family = field_of(raw, "rule", str, where), field_of(raw, "family", str, where)
    data = {"id": name, "family": family, "value": raw.get("value"), "evidence": list(_evidence(raw, call))}
    try:
        return _RULE.validate_python(data)
    except ValidationError as error:
        told = "; ".join(_without_family(problem, family) for problem in problems_of(error))
        warnings.append(f"call {call['id']!r}, rule {name!r} ({family}): {told}; the rule is answered unknown")
        note = "The rule was read, and its conditions were not understood"
        return UnreadRule(id=name, family=family, note=note, kind=UnknownKind.RULE_TEXT)


def _without_family(problem: str, family: str) -> str:
    return problem.removeprefix(f"{family}.").removeprefix("applicant: ")


def _evidence(raw: Mapping[str, Any], call: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The excerpts of a rule; the address of the source is its key, for the file has no list of sources."""
    for item in (raw, *(other for other in raw.get("also") or () if isinstance(other, dict))):
        shown = {"excerpt": item["excerpt"]} if item.get("excerpt") else {"raw": json.dumps(raw.get("value"))}
        yield {"source": item.get("source_url") or raw.get("source_url") or call.get("url") or call["id"], **shown}


def _pairs(raw: list[Any], calls: Mapping[str, CallRules], warnings: list[str], errors: list[str]) -> Iterator[Pair]:
    for index, item in enumerate(raw):
        try:
            yield _pair(item, f"pairs[{index}]", calls, warnings)
        except ProfileError as error:
            errors.append(str(error))


def _pair(raw: Any, where: str, calls: Mapping[str, CallRules], warnings: list[str]) -> Pair:
    name = field_of(raw, "id", str, where)
    call = field_of(raw, "call", str, where)
    if call not in calls:
        raise ProfileError(f"{where}.call", f"pair {name!r} names the call {call!r}, which the file does not have")
    applicant = _facts_first(field_of(raw, "applicant", dict, where), f"pair {name!r}", warnings)
    data = {"id": name, "call": call, "applicant": applicant, "as_of": _moment(raw, where), "expected": _expected(raw)}
    try:
        return Pair.model_validate(data)
    except ValidationError as error:
        raise ProfileError(where, f"pair {name!r}: {'; '.join(problems_of(error))}") from error


def _facts_first(raw: Mapping[str, Any], where: str, warnings: list[str]) -> dict[str, Any]:
    """The applicant with keys of its own kept as facts: a call-specific condition may look for them."""
    body: dict[str, Any] = _one_body(raw, Applicant, where, warnings)
    partners = raw.get("partners")
    if isinstance(partners, list):
        body["partners"] = [_one_body(item, Partner, f"{where}, partner", warnings) for item in partners]
    return body


def _one_body(raw: Any, model: type[Applicant | Partner], where: str, warnings: list[str]) -> Any:
    if not isinstance(raw, dict):
        return raw
    own = {key: value for key, value in raw.items() if key not in model.model_fields}
    body = {key: value for key, value in raw.items() if key in model.model_fields and value is not None}
    warnings.extend(f"{where}: unknown key {key!r} is read as a fact" for key in own)
    stated = body.get("facts", {})
    # Facts that are no object stay as they are, so that the model names what is wrong with them.
    if isinstance(stated, dict) and (facts := {**own, **stated}):
        body["facts"] = {key: _fact(value) for key, value in facts.items() if value is not None}
    return body


def _fact(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _moment(raw: Mapping[str, Any], where: str) -> date | datetime:
    text = field_of(raw, "as_of", str, where)
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise ProfileError(f"{where}.as_of", f"{text!r} is not a day such as 2026-03-01") from None


def _expected(raw: Mapping[str, Any]) -> dict[str, Any] | None:
    if raw.get("expected_overall") is None:
        return None
    also = raw.get("also_accept") or {}
    right = {"overall": raw["expected_overall"], "rules": raw.get("expected_rules") or {}}
    return {**right, "also_overall": also.get("overall") or (), "also_rules": also.get("rules") or {}}
