"""The door that stays open beside each rule that is not met."""

from collections.abc import Iterator

from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import ngettext
from corpus.model import Cascade
from corpus.rules import DeadlineRule, DegreeOfUrbanisationRule, Rule
from corpus.vocab import Role, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.registry import scope_of
from matcher.eligibility.roles import RoleState, role_state
from matcher.eligibility.verdict import Door, DoorKind, DoorState, Finding, Gap, Scope
from matcher.eligibility.words import all_of_them, any_of_them, country, kind_of_body

_ROLES = {
    Role.PARTNER: DoorKind.PARTNER_ROLE,
    Role.ASSOCIATED: DoorKind.ASSOCIATED_ROLE,
    Role.LEAD: DoorKind.LEAD_ROLE,
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
        text = _(
            "An agglomeration with legal status may apply if at least {share} live in places of these classes",
            share=formats.percent(share * 100),
        )
        yield Door(kind=DoorKind.AGGLOMERATION, state=DoorState.OPEN, sentence=text)
    if scope_of(rule, case) is Scope.LEAD and not case.leads:
        text = _("Find a lead that meets this rule")
        yield Door(kind=DoorKind.FIND_LEAD, state=DoorState.OPEN, sentence=text)


def _by_role(rule: Rule, case: Case) -> Iterator[Door]:
    """Other roles, where the rule binds the body that asks. When a call is closed, it is so for every role."""
    scope = scope_of(rule, case)
    if isinstance(rule, DeadlineRule) or scope is Scope.PROJECT or (scope is Scope.LEAD and not case.leads):
        return
    for role, kind in _ROLES.items():
        state = RoleState.CLOSED if role is case.applicant.role else role_state(case, role)
        if state is not RoleState.CLOSED:
            yield Door(kind=kind, state=DoorState(state.value), sentence=_may(role, state is RoleState.OPEN))


def _may(role: Role, sure: bool) -> str:
    if role is Role.PARTNER:
        if sure:
            return _("You may take part as a funded partner under another lead")
        return _("It is not certain that you may take part as a funded partner under another lead")
    if role is Role.ASSOCIATED:
        if sure:
            return _("You may take part as an associated partner, without own funding")
        return _("It is not certain that you may take part as an associated partner, without own funding")
    if sure:
        return _("You may lead the application yourself")
    return _("It is not certain that you may lead the application yourself")


def _kind(rule: Rule, gap: Gap) -> DoorKind:
    if gap.inhabitants:
        return DoorKind.GROUPING
    if gap.people:
        return DoorKind.MORE_PEOPLE
    wrong = gap.excess or rule.family in ("partner_type", "degree_of_urbanisation")
    return DoorKind.OTHER_PARTNERS if wrong else DoorKind.MORE_PARTNERS


def _taken(gap: Gap, state: DoorState) -> str:
    if gap.inhabitants:
        return _grouped(gap.inhabitants, state)
    if gap.people:
        return ngettext("Find {n} more person who fits", "Find {n} more people who fit", gap.people)
    if gap.excess:
        return _("Take part with {count} less", count=formats.number(gap.excess))
    needs = list(_needs(gap))
    if not needs:
        return _("Find other bodies that fit in place of those named")
    return _("Find {needs}", needs=all_of_them(needs))


def _grouped(inhabitants: int, state: DoorState) -> str:
    text = ngettext(
        "Form a grouping with other authorities that brings {count} more inhabitant",
        "Form a grouping with other authorities that brings {count} more inhabitants",
        inhabitants,
        count=formats.number(inhabitants),
    )
    return text if state is DoorState.OPEN else _("{way}, if the call's condition for that holds", way=text)


def _needs(gap: Gap) -> Iterator[str]:
    if gap.applicants:
        yield ngettext("{n} more applicant", "{n} more applicants", gap.applicants)
    if gap.countries:
        yield ngettext("{n} more country", "{n} more countries", gap.countries)
    if gap.member_states:
        yield ngettext("{n} more EU Member State", "{n} more EU Member States", gap.member_states)
    if gap.needed_countries:
        yield _("a partner from {where}", where=any_of_them(map(country, gap.needed_countries)))
    if gap.types:
        yield _("one that is {kind}", kind=any_of_them(map(kind_of_body, gap.types)))


def regranting_door(cascade: Cascade | None) -> tuple[Door, ...]:
    """The door beside the call: somebody passes its money on in smaller grants."""
    if cascade is None or not cascade.is_regranting:
        return ()
    who = cascade.intermediary or _("the organisations that are selected")
    text = _("Smaller grants are paid out of this money by {who}: ask there", who=who)
    return (Door(kind=DoorKind.REGRANTING, state=DoorState.ELSEWHERE, sentence=text),)
