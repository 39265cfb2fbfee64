"""Whether another role is open to the body that asks."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from corpus.rules import BodyTypeRule, ConsortiumRule, ProgrammeAreaRule
from corpus.vocab import Role, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.families.kind import type_of
from matcher.eligibility.families.place import inside_area, outside_setting
from matcher.eligibility.registry import judge, scope_of
from matcher.eligibility.verdict import Finding, Scope


class RoleState(StrEnum):
    """How far a role is open, from best to worst."""

    OPEN = "open"
    DOUBTFUL = "doubtful"
    CLOSED = "closed"


_ORDER = tuple(RoleState)
_OF_SEVERAL = frozenset(
    {"lead_country", "must_include", "organisations_total", "newcomers", "region_category_share"},
)


def role_state(case: Case, role: Role) -> RoleState:
    """Whether the body that asks could take part in another role of the same call."""
    offered = _offered(case, role)
    return offered if offered is RoleState.CLOSED else _worst((offered, *_judged(case.as_role(role))))


def _worst(states: Iterable[RoleState]) -> RoleState:
    """The worst of some states; behind a closed one no other is looked at."""
    worst = RoleState.OPEN
    for state in states:
        if state is RoleState.CLOSED:
            return state
        worst = max(worst, state, key=_ORDER.index)
    return worst


def _judged(case: Case) -> Iterator[RoleState]:
    """The rules that bind the body itself in its new role."""
    bound = {Scope.APPLICANT, Scope.LEAD} if case.leads else {Scope.APPLICANT}
    return (_state(judge(rule, case)) for rule in case.rules if scope_of(rule, case) in bound)


def _state(finding: Finding) -> RoleState:
    if finding.verdict is Verdict.UNKNOWN:
        return RoleState.DOUBTFUL
    if finding.verdict is Verdict.MEETS:
        return RoleState.OPEN
    if finding.gap is None:
        return RoleState.CLOSED
    return RoleState.OPEN if finding.gap.certain else RoleState.DOUBTFUL


def _offered(case: Case, role: Role) -> RoleState:
    """Whether the call has such a role for bodies of this kind."""
    if role is Role.PARTNER:
        return _partner_offered(case)
    return _associated_offered(case) if role is Role.ASSOCIATED else RoleState.OPEN


def _partner_offered(case: Case) -> RoleState:
    """Whether the call knows funded partners of this kind at all; the rules on kinds are judged with the others."""
    if case.rules_of(BodyTypeRule, "partner_type"):
        return RoleState.OPEN
    leads, together = case.rules_of(BodyTypeRule, "lead_type"), _knows_partners(case)
    if case.rules_of(BodyTypeRule, "applicant_type") and (together or leads):
        return RoleState.OPEN
    if together:
        admitted = all(type_of(rule.value, case.applicant.type).verdict is Verdict.MEETS for rule in leads)
        # A body that may lead by its kind may be a partner; of other kinds nothing is said.
        return RoleState.OPEN if admitted else RoleState.DOUBTFUL
    unread = case.unread_family("partner_type", "applicant_type", "consortium", "must_include")
    return RoleState.DOUBTFUL if unread else RoleState.CLOSED


def _knows_partners(case: Case) -> bool:
    """Whether other rules show that several bodies take part."""
    together = any(_several(rule) for rule in case.rules_of(ConsortiumRule))
    area = any(rule.value.lead_must_be_inside for rule in case.rules_of(ProgrammeAreaRule))
    return together or area or any(rule.family in _OF_SEVERAL for rule in case.rules)


def _several(rule: ConsortiumRule) -> bool:
    value = rule.value
    numbers = (value.min_applicants, value.max_applicants, value.min_countries, value.min_member_states)
    listed = (value.required_countries, value.one_from_each, value.min_countries_options)
    return any((number or 0) > 1 for number in numbers) or any(listed) or value.min_from_set is not None


def _associated_offered(case: Case) -> RoleState:
    """Only where the call names associated partners for bodies such as this one."""
    body = case.applicant
    for rule in case.rules_of(ProgrammeAreaRule):
        outside = inside_area(rule.value, body) is Verdict.FAILS
        if outside and outside_setting(rule.value, body) == "associated_partner":
            return RoleState.OPEN
    return RoleState.CLOSED
