"""Rules on the kind of body: who may apply, lead or be a partner, and legal personality."""

from corpus.messages import gettext as _
from corpus.rules import BodyTypeRule, BodyTypeValue, LegalPersonalityRule
from corpus.vocab import ApplicantType, Role, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.logic import worst
from matcher.eligibility.verdict import Finding, Gap, fails, meets, not_read, not_said, open_text
from matcher.eligibility.words import any_of_them, capital, clauses, kind_of_body
from matcher.profile import Body

_BY_LAW = frozenset(
    {
        ApplicantType.MUNICIPALITY,
        ApplicantType.REGION,
        ApplicantType.NATIONAL_AUTHORITY,
        ApplicantType.PUBLIC_UNIVERSITY,
        ApplicantType.LARGE_COMPANY,
        ApplicantType.EGTC,
    }
)


def applicant_type(rule: BodyTypeRule, case: Case) -> Finding:
    """The applicant must be of a kind of body that the call admits."""
    return _own_type(rule.value, case)


def lead_type(rule: BodyTypeRule, case: Case) -> Finding:
    """The lead must be of a kind of body that may lead or apply alone."""
    return type_of(rule.value, case.leader.type)


def partner_type(rule: BodyTypeRule, case: Case) -> Finding:
    """Every funded partner must be of a kind of body that may be a partner."""
    if case.applicant.role is not Role.LEAD:
        return _own_type(rule.value, case)
    partners = [body for body in case.funded if body is not case.applicant]
    found = worst(type_of(rule.value, partner.type) for partner in partners)
    if found is None:
        return meets(_("No partner is named that could be of a wrong kind"))
    return fails(found.reason, Gap()) if found.verdict is Verdict.FAILS else found


def _own_type(value: BodyTypeValue, case: Case) -> Finding:
    body = case.applicant
    found = type_of(value, body.type)
    if body.role is Role.ASSOCIATED and found.verdict is Verdict.FAILS:
        return open_text(clauses(found.reason, _("whether that binds associated partners is not said")))
    if body.role is Role.ASSOCIATED_AUTHORITY and found.verdict is not Verdict.MEETS and body.type in _BY_LAW:
        return meets(_("{who} joins as a member of the grouping", who=capital(kind_of_body(body.type))))
    return _company(value, body, case) if found.verdict is Verdict.MEETS else found


def _company(value: BodyTypeValue, body: Body, case: Case) -> Finding:
    """Profit-making bodies must come with one of the others, where the call says so."""
    who = capital(kind_of_body(body.type))
    if body.type not in value.for_profit or not value.for_profit_needs:
        return meets(_("{who} is admitted", who=who))
    if any(other.type in value.for_profit_needs for other in case.funded if other is not body):
        return meets(_("{who} is admitted together with the bodies named", who=who))
    text = _("{who} is admitted only together with a public or non-profit body", who=who)
    if any(other.type is None for other in case.funded):
        return not_said(clauses(text, _("the kind of the others is not given")))
    return fails(text, Gap(types=value.for_profit_needs))


def type_of(value: BodyTypeValue, kind: ApplicantType | None) -> Finding:
    """Whether a kind of body is admitted by a rule."""
    if kind is None:
        return not_said(_("The kind of body is not given"))
    who = capital(kind_of_body(kind))
    if kind in value.none_of:
        return _excluded(value, kind, who)
    if kind in value.conditional:
        return open_text(_("{who} is admitted only under conditions that depend on the project", who=who))
    if kind in (value.any_of or ()):
        return meets(_("{who} is admitted", who=who))
    return _not_listed(value, who)


def _excluded(value: BodyTypeValue, kind: ApplicantType, who: str) -> Finding:
    if kind in (value.any_of or ()) or kind in value.conditional:
        return open_text(_("{who} is both named and excluded in what was read", who=who))
    return fails(_("{who} is excluded by name", who=who))


def _not_listed(value: BodyTypeValue, who: str) -> Finding:
    if value.any_of is None and "not_listed" not in value.model_fields_set:
        return meets(_("{who} is not among those that the call excludes", who=who))
    if value.any_of is not None and value.not_listed == "fails":
        admitted = any_of_them(kind_of_body(kind) for kind in value.any_of)
        return fails(_("{who} is not among those admitted: {admitted}", who=who, admitted=admitted))
    return not_read(_("{who} is not among the kinds that were read, and that list is not complete", who=who))


def legal_personality(rule: LegalPersonalityRule, case: Case) -> Finding:
    """The applicant must be a legal person, where the call asks for it."""
    if not rule.value.required:
        return meets(_("The call does not ask for legal personality"))
    has = _has_personality(case.applicant)
    if has is None:
        return not_said(_("Whether the applicant is a legal person is not given"))
    if has:
        return meets(_("The applicant is a legal person"))
    if rule.value.exception:
        return open_text(_("Without legal personality only exceptionally, if guarantees stand in for it"))
    if case.applicant.role is Role.ASSOCIATED:
        return open_text(_("Not a legal person; whether associated partners must be is not said"))
    return fails(_("Not a legal person, and the call makes no exception"))


def _has_personality(body: Body) -> bool | None:
    if body.legal_personality is not None:
        return body.legal_personality
    if body.type is ApplicantType.INFORMAL_GROUP:
        return False
    return True if body.type in _BY_LAW else None
