"""Who may apply, as EuroAccess says it: kinds of body, countries, partnership.

What is not listed stays unknown: the page is a summary, and a wrong "no" costs somebody a grant.
"""

import re
from typing import Any

from corpus.errors import ValueReadError
from corpus.values import clean, read_country
from crawler.fields import Fields
from crawler.metadata import Mapping, SourceConfig
from crawler.parsing import Facts, excerpt

_COUNTRIES = "regions / countries for funding"
Rule = dict[str, Any]


def split_known(text: str, known: Mapping) -> tuple[list[str], str]:
    """Split a list whose entries contain commas themselves, by the entries that are known; also what is left."""
    rest = clean(text)
    found: list[tuple[int, str]] = []
    for label in known.labels():
        position = rest.find(label)
        if position >= 0:
            found.append((position, label))
            rest = rest[:position] + "\0" * len(label) + rest[position + len(label) :]
    left = clean(rest.replace("\0", "")).strip(", ")
    return [label for _, label in sorted(found)], re.sub(r"(?:\s*,\s*)+", ", ", left)


def read_eligibility(fields: Fields, facts: Facts, config: SourceConfig) -> None:
    """Rules that were read, and rules that are known to exist."""
    rules: list[Rule] = []
    unread: list[dict[str, str]] = []
    for found in (_bodies(fields, facts, config), _countries(fields, facts, config)):
        rules += [found] if found else []
    consortium, note = _partnership(fields, facts)
    rules += [consortium] if consortium else []
    unread += [{"family": "consortium", "note": note}] if note else []
    if fields.text("other eligibility criteria"):
        unread.append({"family": "other", "note": "EuroAccess lists other eligibility criteria; they were not read."})
    facts.put("eligibility", {"rules": rules, "unread": unread})


def _rule(family: str, value: Rule, facts: Facts, words: str) -> Rule:
    return {"id": family, "family": family, "value": value, "evidence": (facts.evidence(words=words),)}


def _bodies(fields: Fields, facts: Facts, config: SourceConfig) -> Rule | None:
    label = "eligible entities"
    said = fields.text(label)
    if not said:
        return None
    known, left = split_known(said, config.mappings["applicant"])
    if left:
        fields.odd(label, "unmapped_value", "kinds of body that are not in source.yml", left)
    types = fields.words(label, known, config.mappings["applicant"])
    if not types:
        return None
    return _rule("applicant_type", {"any_of": types, "not_listed": "unknown"}, facts, said)


def _countries(fields: Fields, facts: Facts, config: SourceConfig) -> Rule | None:
    """Countries of the list; parts of countries and other words are an issue and leave the rest unknown."""
    said = fields.text(_COUNTRIES)
    if not said:
        return None
    groups, left = split_known(said, config.mappings["area"])
    codes = list(fields.words(_COUNTRIES, groups, config.mappings["area"]))
    strange = []
    for name in _outside_brackets(left):
        try:
            codes.append(read_country(name))
        except ValueReadError:
            strange.append(name)
    if strange:
        fields.odd(_COUNTRIES, "unmapped_value", "areas that are no country; the rule says nothing of them", strange)
    countries = tuple(dict.fromkeys(codes))
    if not countries:
        return None
    # With parts that were not read, the countries would look like all of them.
    facts.put("geography", {"note": {"en": excerpt(said)}} if strange else {"countries": countries})
    return _rule("country", {"in": countries, "others": "unknown"}, facts, said)


def _outside_brackets(text: str) -> list[str]:
    """Split at commas and line breaks that stand in no bracket."""
    parts = re.split(r"[,\n](?![^()]*\))", text)
    return [part for raw in parts if (part := clean(raw))]


def _partnership(fields: Fields, facts: Facts) -> tuple[Rule | None, str | None]:
    """Whether partners are needed; how many is said in the texts, if anywhere."""
    label = "mandatory partnership"
    mandatory = (fields.text(label) or "").lower()
    if mandatory == "no":
        return _rule("consortium", {"sole_allowed": True}, facts, "Mandatory partnership: No"), None
    if mandatory not in ("yes", ""):
        fields.odd(label, "unmapped_value", "neither Yes nor No", mandatory)
    return None, "Partners are needed; how many was not read." if mandatory == "yes" else None
