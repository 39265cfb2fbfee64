"""The door that stays open beside each rule that is not met."""

from collections.abc import Iterator

from corpus.model import Cascade
from corpus.rules import DegreeOfUrbanisationRule, Rule
from corpus.vocab import Role, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.registry import scope_of
from matcher.eligibility.roles import RoleState, role_state
from matcher.eligibility.verdict import Door, DoorKind, DoorState, Finding, Gap, Scope
from matcher.eligibility.words import country, kind_of_body, listing, number

_ROLES = {
    Role.PARTNER: (DoorKind.PARTNER_ROLE, "take part as a funded partner under another lead"),
    Role.ASSOCIATED: (DoorKind.ASSOCIATED_ROLE, "take part as an associated partner, without own funding"),
    Role.LEAD: (DoorKind.LEAD_ROLE, "lead the application yourself"),
}


def doors_for(rule: Rule, finding: Finding, case: Case) -> tuple[Door, ...]:
    """What opens the call although this rule fails; nothing, where nothing does."""
    if finding.verdict is not Verdict.FAILS:
        return finding.doors
    return (*_by_others(rule, finding, case), *_by_role(rule, case))


def _by_others(rule: Rule, finding: Finding, case: Case) -> Iterator[Door]:
    if finding.gap is not None:
        kind = _kind(rule, finding.gap)
        state = DoorState.OPEN if finding.gap.certain else DoorState.DOUBTFUL
        yield Door(kind=kind, state=state, sentence=_taken(finding.gap, state), gap=finding.gap)
    if isinstance(rule, DegreeOfUrbanisationRule) and rule.value.agglomeration_min_share is not None:
        share = rule.value.agglomeration_min_share
        text = f"An agglomeration with legal status may apply if at least {share:.0%} live in places of these classes"
        yield Door(kind=DoorKind.AGGLOMERATION, state=DoorState.OPEN, sentence=text)
    if scope_of(rule, case) is Scope.LEAD and not case.leads:
        text = "Find a lead that meets this rule"
        yield Door(kind=DoorKind.FIND_LEAD, state=DoorState.OPEN, sentence=text)


def _by_role(rule: Rule, case: Case) -> Iterator[Door]:
    """Other roles, where the rule binds the body that asks."""
    scope = scope_of(rule, case)
    if scope is Scope.PROJECT or (scope is Scope.LEAD and not case.leads):
        return
    for role, (kind, words) in _ROLES.items():
        state = RoleState.CLOSED if role is case.applicant.role else role_state(case, role)
        if state is not RoleState.CLOSED:
            sure = "You may" if state is RoleState.OPEN else "It is not certain that you may"
            yield Door(kind=kind, state=DoorState(state.value), sentence=f"{sure} {words}")


def _kind(rule: Rule, gap: Gap) -> DoorKind:
    if gap.inhabitants:
        return DoorKind.GROUPING
    if gap.people:
        return DoorKind.MORE_PEOPLE
    wrong = gap.excess or rule.family in ("partner_type", "degree_of_urbanisation")
    return DoorKind.OTHER_PARTNERS if wrong else DoorKind.MORE_PARTNERS


def _taken(gap: Gap, state: DoorState) -> str:
    if gap.inhabitants:
        sure = "" if state is DoorState.OPEN else ", if the call's condition for that holds"
        return f"Form a grouping with other authorities that brings {number(gap.inhabitants, 'more inhabitant')}{sure}"
    if gap.people:
        return f"Find {number(gap.people, 'more person', 'more people')} who fit"
    if gap.excess:
        return f"Take part with {gap.excess:,} less"
    needs = list(_needs(gap))
    return f"Find {listing(needs, 'and')}" if needs else "Find other bodies that fit in place of those named"


def _needs(gap: Gap) -> Iterator[str]:
    if gap.applicants:
        yield number(gap.applicants, "more applicant")
    if gap.countries:
        yield number(gap.countries, "more country", "more countries")
    if gap.member_states:
        yield number(gap.member_states, "more EU Member State")
    if gap.needed_countries:
        yield f"a partner from {listing(map(country, gap.needed_countries))}"
    if gap.types:
        yield f"one that is {listing(map(kind_of_body, gap.types))}"


def regranting_door(cascade: Cascade | None) -> tuple[Door, ...]:
    """The door beside the call: somebody passes its money on in smaller grants."""
    if cascade is None or not cascade.is_regranting:
        return ()
    who = cascade.intermediary or "the organisations that are selected"
    text = f"Smaller grants are paid out of this money by {who}: ask there"
    return (Door(kind=DoorKind.REGRANTING, state=DoorState.ELSEWHERE, sentence=text),)
