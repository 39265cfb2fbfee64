"""The engine: the rules of a call and an applicant in, an answer per rule and one for the call out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from corpus.messages import gettext as _
from corpus.model import Call, Cascade
from corpus.parts import Timeline
from corpus.rules import CountryRule, DeadlineRule, Rule, UnreadRule
from corpus.vocab import Overall, Role, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.derive import deadline_rule, rules_of
from matcher.eligibility.doors import doors_for, regranting_door
from matcher.eligibility.families.place import may_exclude
from matcher.eligibility.registry import CHECKS, judge, requirement, scope_of
from matcher.eligibility.remembered import remembered
from matcher.eligibility.verdict import ROLE_DOORS, Assessment, Door, DoorState, RuleVerdict, Scope
from matcher.once import once
from matcher.profile import Applicant


def in_short(overall: Overall) -> str:
    """The answer for a call in one sentence."""
    sentences = {
        Overall.CAN_APPLY: _("Every rule that was read is met."),
        Overall.IN_GROUP_OR_AS_PARTNER: _("Not alone or not in this role, but the way in is open."),
        Overall.NOT_CLEAR: _("Nothing forbids it for certain, and at least one rule is not clear."),
        Overall.CANNOT: _("A rule is not met, and neither a grouping nor partners nor another role can mend it."),
    }
    return sentences[overall]


bound_by = once(rules_of)
"""The rules that bind an applicant to a call, made once."""


def assess_call(call: Call, applicant: Applicant, as_of: date | datetime) -> Assessment:
    """Answer for a call of the corpus, whose dates and countries stand outside its rules."""
    case = Case(bound_by(call), call.eligibility.unread, applicant, as_of)
    return _assessment(_of_call(call, case), applicant, call.cascade)


def _of_call(call: Call, case: Case) -> tuple[RuleVerdict, ...]:
    """Answers of all rules; those that do not look at the moment of asking are remembered."""
    dated = {place: _verdict(rule, case) for place, rule in enumerate(case.rules) if rule.family == "deadline"}

    def others() -> tuple[RuleVerdict | None, ...]:
        found = (None if place in dated else _verdict(rule, case) for place, rule in enumerate(case.rules))
        return (*found, *_unread(case))

    states = tuple(item.verdict for item in dated.values())
    known = remembered(call, case.applicant, states, others)
    return tuple(item or dated[place] for place, item in enumerate(known))


def closing(call: Call, applicant: Applicant, as_of: date | datetime) -> tuple[str, ...]:
    """Families of the rules that surely keep the applicant out, with no way in beside them.

    Where there are any, the whole answer is that it cannot apply.
    """
    case = Case(bound_by(call), call.eligibility.unread, applicant, as_of)
    return tuple(v.family for v in _of_call(call, case) if v.verdict is Verdict.FAILS and not _ways_in(v))


def kept_out_by_country(call: Call, applicant: Applicant, as_of: date | datetime) -> bool:
    """Whether a rule on countries surely keeps the applicant out of a call; no other rule is looked at."""
    rules = [rule for rule in bound_by(call) if isinstance(rule, CountryRule) and rule.family == "country"]
    if applicant.country is None or not any(may_exclude(rule.value, applicant.country) for rule in rules):
        return False
    case = Case(bound_by(call), call.eligibility.unread, applicant, as_of)
    findings = [(rule, judge(rule, case)) for rule in rules]
    return any(f.verdict is Verdict.FAILS and not doors_for(rule, f, case) for rule, f in findings)


def assess(
    rules: Sequence[Rule],
    unread: Sequence[UnreadRule],
    applicant: Applicant,
    as_of: date | datetime,
    *,
    timeline: Timeline | None = None,
    cascade: Cascade | None = None,
) -> Assessment:
    """Answer for the rules of one call.

    Args:
        rules: the rules that were read.
        unread: rules known to exist that were not read.
        applicant: the body that asks, with its role and its partners.
        as_of: the day, or the moment, of asking. On a day without an hour the whole closing day is in time.
        timeline: dates of the call, used where no rule of the family `deadline` is given.
        cascade: who passes the call's money on in smaller grants.
    """
    if timeline is not None and not any(isinstance(rule, DeadlineRule) for rule in rules):
        rules = (deadline_rule(timeline), *rules)
    case = Case(tuple(rules), tuple(unread), applicant, as_of)
    verdicts = (*(_verdict(rule, case) for rule in case.rules), *_unread(case))
    return _assessment(verdicts, applicant, cascade)


def _assessment(verdicts: tuple[RuleVerdict, ...], applicant: Applicant, cascade: Cascade | None) -> Assessment:
    overall = overall_of(verdicts, applicant.role)
    doors = _doors(verdicts, () if overall is Overall.CAN_APPLY else regranting_door(cascade))
    return Assessment(overall=overall, summary=_summary(overall, verdicts), rules=verdicts, doors=doors)


def _verdict(rule: Rule, case: Case) -> RuleVerdict:
    finding = judge(rule, case)
    return RuleVerdict(
        id=rule.id,
        family=rule.family,
        scope=scope_of(rule, case),
        verdict=finding.verdict,
        unknown_kind=finding.kind,
        requirement=requirement(rule.family),
        reason=finding.reason,
        evidence=rule.evidence,
        doors=doors_for(rule, finding, case),
    )


def _unread(case: Case) -> Iterable[RuleVerdict]:
    taken = {rule.id for rule in case.rules}
    for rule in case.unread:
        name = rule.id or rule.family
        asked = requirement(rule.family) if rule.family in CHECKS else _("The call sets a rule of its own.")
        yield RuleVerdict(
            id=name if name not in taken else f"{name} (unread)",
            family=rule.family,
            scope=Scope.PROJECT,
            verdict=Verdict.UNKNOWN,
            unknown_kind=rule.kind,
            requirement=asked,
            reason=rule.note or _("The call has such a rule, and what was read does not carry it"),
        )


def overall_of(verdicts: Sequence[RuleVerdict], role: Role) -> Overall:
    """One answer out of many: cannot before not clear before in a group or as partner before can apply."""
    failed = [item for item in verdicts if item.verdict is Verdict.FAILS]
    if not all(_ways_in(item) for item in failed):
        return Overall.CANNOT
    moved = any(ways <= ROLE_DOORS for ways in ({door.kind for door in _ways_in(item)} for item in failed))
    doubtful = any(not any(door.state is DoorState.OPEN for door in _ways_in(item)) for item in failed)
    if doubtful or any(_leaves_open(item, moved) for item in verdicts):
        return Overall.NOT_CLEAR
    as_asked = role is Role.LEAD and all(item.verdict is Verdict.MEETS for item in verdicts)
    return Overall.CAN_APPLY if as_asked else Overall.IN_GROUP_OR_AS_PARTNER


def _ways_in(item: RuleVerdict) -> list[Door]:
    return _open(item.doors)


def _open(doors: Iterable[Door]) -> list[Door]:
    return [door for door in doors if door.state is not DoorState.ELSEWHERE]


def _leaves_open(item: RuleVerdict, moved: bool) -> bool:
    """Whether an unknown rule matters: not one for leads and their partners, where the body will not lead."""
    if item.verdict is not Verdict.UNKNOWN or _ways_in(item):
        return False
    # What partner_type says of the body itself as a partner is already in the state of that door.
    return not (moved and (item.scope is Scope.LEAD or item.family == "partner_type"))


def _doors(verdicts: Iterable[RuleVerdict], beside: tuple[Door, ...]) -> tuple[Door, ...]:
    """All doors, each once, those of the call before those beside it."""
    return tuple(dict.fromkeys((*(door for item in verdicts for door in item.doors), *beside)))


def _summary(overall: Overall, verdicts: Iterable[RuleVerdict]) -> str:
    reasons = [item.reason for item in verdicts if _decides(item, overall)]
    return ". ".join(text.rstrip(".") for text in (in_short(overall), *reasons)) + "."


def _decides(item: RuleVerdict, overall: Overall) -> bool:
    """Whether a rule is why the call is answered as it is."""
    states = {door.state for door in _ways_in(item)}
    if overall is Overall.CANNOT:
        return item.verdict is Verdict.FAILS and not states
    if overall is Overall.NOT_CLEAR:
        return DoorState.OPEN not in states and item.verdict is not Verdict.MEETS
    return item.verdict is Verdict.FAILS
