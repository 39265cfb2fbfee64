"""Which function answers which family, and whom a rule binds."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from corpus.messages import gettext as _
from corpus.rules import FactRule, Rule
from corpus.vocab import Role, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.families import consortium, facts, kind, people, place, settlement, shares, size, timing
from matcher.eligibility.verdict import Door, DoorKind, DoorState, Finding, Scope, not_said

# The value's model is fixed by the family (the rule is a tagged union), so each function takes its own kind of rule.
Check = Callable[[Any, Case], Finding]

CHECKS: dict[str, Check] = {
    "deadline": timing.deadline,
    "organisation_age": timing.organisation_age,
    "country": place.country,
    "lead_country": place.lead_country,
    "programme_area": place.programme_area,
    "applicant_type": kind.applicant_type,
    "lead_type": kind.lead_type,
    "partner_type": kind.partner_type,
    "legal_personality": kind.legal_personality,
    "population": size.population,
    "degree_of_urbanisation": settlement.degree_of_urbanisation,
    "settlement_or_population": settlement.settlement_or_population,
    "consortium": consortium.consortium,
    "must_include": consortium.must_include,
    "organisations_total": consortium.organisations_total,
    "region_category_share": shares.region_category_share,
    "newcomers": shares.newcomers,
    "people_group": people.people_group,
    "fact": facts.fact,
}
_LEAD = frozenset(
    {"lead_type", "lead_country", "population", "degree_of_urbanisation", "settlement_or_population"},
)
_PROJECT = frozenset({"consortium", "must_include", "organisations_total", "region_category_share", "newcomers"})


def requirement(family: str) -> str:
    """What a rule of a family asks, as the applicant reads it in the language that is spoken."""
    return _(in_english(family))


@cache
def in_english(family: str) -> str:
    """What a rule of a family asks: the first lines of its function's docstring."""
    return inspect.cleandoc(CHECKS[family].__doc__ or "").split("\n\n")[0]


def scope_of(rule: Rule, case: Case) -> Scope:
    """Whom the rule binds in this application."""
    if rule.family in _LEAD or (isinstance(rule, FactRule) and rule.value.applies_to == "lead"):
        return Scope.LEAD
    if rule.family in _PROJECT or (isinstance(rule, FactRule) and rule.value.mend_by_partners):
        return Scope.PROJECT
    if rule.family == "partner_type" and case.applicant.role is Role.LEAD:
        return Scope.PROJECT
    return Scope.APPLICANT


def judge(rule: Rule, case: Case) -> Finding:
    """What a rule says of an application.

    A rule on leads never holds up somebody who asks for another role: whatever the lead named turns out to be,
    another one can be found. So where such a rule is open, that door stands beside it.
    """
    about_another = scope_of(rule, case) is Scope.LEAD and not case.leads
    if about_another and case.lead is None:
        return _beside(
            not_said(_("The rule binds the lead, and none is named so far")), _("Find a lead that meets this rule")
        )
    finding = CHECKS[rule.family](rule, case)
    if about_another and finding.verdict is Verdict.UNKNOWN:
        return _beside(finding, _("Ask your lead whether it meets this rule, or find one that does"))
    return finding


def _beside(finding: Finding, sentence: str) -> Finding:
    door = Door(kind=DoorKind.FIND_LEAD, state=DoorState.OPEN, sentence=sentence)
    return finding.model_copy(update={"doors": (door,)})
