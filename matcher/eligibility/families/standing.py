"""Whether a body of an application counts as an applicant, and whether it lies inside the area."""

from corpus.rules import BodyTypeRule, CountryRule, ProgrammeAreaRule
from corpus.vocab import Role, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.families.kind import type_of
from matcher.eligibility.families.place import country_of, inside_area, outside_setting
from matcher.eligibility.logic import all_of
from matcher.profile import Body


def counts_as_applicant(case: Case, body: Body) -> Verdict:
    """Whether a funded body counts: not one that the call surely shuts out, perhaps one that it leaves open.

    Kinds of body that are merely open do not make a count uncertain: their own rules say so already.
    """
    return all_of((_by_country(case, body), _by_area(case, body), _by_type(case, body)))


def _by_country(case: Case, body: Body) -> Verdict:
    return all_of(country_of(rule.value, body).verdict for rule in case.rules_of(CountryRule, "country"))


def _by_area(case: Case, body: Body) -> Verdict:
    return all_of(_area_standing(rule, body) for rule in case.rules_of(ProgrammeAreaRule))


def _area_standing(rule: ProgrammeAreaRule, body: Body) -> Verdict:
    inside = inside_area(rule.value, body)
    if inside is not Verdict.FAILS:
        return inside
    setting = outside_setting(rule.value, body)
    if setting == "exception":
        # Whether the exception is granted is the business of the area rule; the body then counts.
        return Verdict.MEETS
    return Verdict.FAILS if setting in ("fails", "associated_partner") else Verdict.UNKNOWN


def _by_type(case: Case, body: Body) -> Verdict:
    if body is case.applicant:
        return Verdict.MEETS
    families = ("applicant_type", "lead_type" if body.role is Role.LEAD else "partner_type")
    found = (type_of(rule.value, body.type).verdict for rule in case.rules_of(BodyTypeRule, *families))
    return Verdict.FAILS if Verdict.FAILS in found else Verdict.MEETS


def inside(case: Case, body: Body) -> Verdict:
    """Whether a body lies in the area of the programme; unknown where the call names none."""
    rules = case.rules_of(ProgrammeAreaRule)
    return all_of(inside_area(rule.value, body) for rule in rules) if rules else Verdict.UNKNOWN
