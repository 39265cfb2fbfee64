"""What the engine answers: a verdict per rule, the doors that stay open, and one answer for the call."""

from enum import StrEnum

from corpus.parts import Evidence, Frozen, Text
from corpus.vocab import ApplicantType, Overall, UnknownKind, Verdict


class Scope(StrEnum):
    """Whom a rule binds: the body that asks, the body that leads, or the application as a whole."""

    APPLICANT = "applicant"
    LEAD = "lead"
    PROJECT = "project"


class DoorKind(StrEnum):
    """Ways to take part although a rule is not met as asked."""

    GROUPING = "grouping"
    AGGLOMERATION = "agglomeration"
    MORE_PARTNERS = "more_partners"
    OTHER_PARTNERS = "other_partners"
    MORE_PEOPLE = "more_people"
    PARTNER_ROLE = "partner_role"
    LEAD_ROLE = "lead_role"
    ASSOCIATED_ROLE = "associated_role"
    FIND_LEAD = "find_lead"
    REGRANTING = "regranting"


ROLE_DOORS = frozenset({DoorKind.PARTNER_ROLE, DoorKind.LEAD_ROLE, DoorKind.ASSOCIATED_ROLE})
"""Doors by which the applicant leaves the role that it asked for."""


class DoorState(StrEnum):
    """How far a door is open. `elsewhere`: not in this call, but by somebody who passes its money on."""

    OPEN = "open"
    DOUBTFUL = "doubtful"
    ELSEWHERE = "elsewhere"


class Gap(Frozen):
    """What is missing, in figures, where further bodies could bring it.

    `certain` is false where the text lets them only on a condition that is not known to hold.
    """

    inhabitants: int | None = None
    applicants: int | None = None
    countries: int | None = None
    member_states: int | None = None
    people: int | None = None
    excess: int | None = None
    needed_countries: tuple[str, ...] = ()
    types: tuple[ApplicantType, ...] = ()
    certain: bool = True


class Door(Frozen):
    """A way in: what it is, whether it is surely open, what it takes, and the sentence that says so."""

    kind: DoorKind
    state: DoorState
    sentence: Text
    gap: Gap = Gap()


class Finding(Frozen):
    """What one rule says of one application, before its source and its doors are added."""

    verdict: Verdict
    reason: Text
    kind: UnknownKind | None = None
    gap: Gap | None = None
    doors: tuple[Door, ...] = ()


class RuleVerdict(Frozen):
    """Answer for one rule: what it asks, how the application compares, why we believe it, what is still open."""

    id: Text
    family: Text
    scope: Scope
    verdict: Verdict
    unknown_kind: UnknownKind | None = None
    requirement: Text
    reason: Text
    evidence: tuple[Evidence, ...] = ()
    doors: tuple[Door, ...] = ()


class Assessment(Frozen):
    """Answer for one call."""

    overall: Overall
    summary: Text
    rules: tuple[RuleVerdict, ...]
    doors: tuple[Door, ...] = ()


def meets(reason: str) -> Finding:
    """The rule is met."""
    return Finding(verdict=Verdict.MEETS, reason=reason)


def fails(reason: str, gap: Gap | None = None, *doors: Door) -> Finding:
    """The rule is not met; `gap` says what further bodies could bring."""
    return Finding(verdict=Verdict.FAILS, reason=reason, gap=gap, doors=doors)


def open_text(reason: str) -> Finding:
    """Unknown: the words of the call leave it open."""
    return Finding(verdict=Verdict.UNKNOWN, reason=reason, kind=UnknownKind.RULE_TEXT)


def not_said(reason: str) -> Finding:
    """Unknown: the applicant did not say."""
    return Finding(verdict=Verdict.UNKNOWN, reason=reason, kind=UnknownKind.APPLICANT_FACT)


def not_read(reason: str) -> Finding:
    """Unknown: the rule exists, but what was read does not carry it."""
    return Finding(verdict=Verdict.UNKNOWN, reason=reason, kind=UnknownKind.NOT_IN_RECORD)
