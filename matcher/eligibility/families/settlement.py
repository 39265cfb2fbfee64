"""Rules of settlement: degree of urbanisation, alone or as an alternative to size."""

from fractions import Fraction

from corpus import formats
from corpus.messages import gettext as _
from corpus.rules import (
    DegreeOfUrbanisationRule,
    DegreeOfUrbanisationValue,
    SettlementOption,
    SettlementOrPopulationRule,
)
from corpus.vocab import Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.logic import all_of, any_of, exact, stated, truth
from matcher.eligibility.verdict import Finding, Gap, fails, meets, not_said
from matcher.eligibility.words import all_of_them, any_of_them, capital, clauses, fact_name, inhabitants
from matcher.profile import Body

_CLASSES = (1, 2, 3)


def degree_of_urbanisation(rule: DegreeOfUrbanisationRule, case: Case) -> Finding:
    """The authority, and each member of its grouping, must be of the settlement classes named."""
    value = rule.value
    verdict = all_of(_urban(value, body) for body in case.group)
    exception = _exception(value, case)
    text = _classed(value, case)
    if verdict is Verdict.MEETS:
        return meets(text)
    if exception is Verdict.MEETS:
        return meets(clauses(text, _("the exception for {fact} applies", fact=fact_name(value.exception_fact or ""))))
    if verdict is Verdict.UNKNOWN:
        return not_said(text)
    if exception is Verdict.UNKNOWN:
        fact = fact_name(value.exception_fact or "")
        return not_said(clauses(text, _("whether the exception for {fact} applies is not given", fact=fact)))
    return fails(text, Gap() if _only_members(value, case) else None)


def _exception(value: DegreeOfUrbanisationValue, case: Case) -> Verdict:
    if value.exception_fact is None:
        return Verdict.FAILS
    return stated(case.leader.facts.get(value.exception_fact))


def _only_members(value: DegreeOfUrbanisationValue, case: Case) -> bool:
    """Whether only further members of the grouping are of a wrong class, so that others could take their place."""
    return _urban(value, case.leader) is not Verdict.FAILS


def _urban(value: DegreeOfUrbanisationValue, body: Body) -> Verdict:
    if not body.units:
        return truth(None if body.degurba is None else body.degurba in value.in_)
    share = value.agglomeration_min_share
    if share is None:
        return _uniform(value, body)
    low, high = _urban_share(value, body)
    return Verdict.MEETS if low >= exact(share) else Verdict.UNKNOWN if high >= exact(share) else Verdict.FAILS


def _uniform(value: DegreeOfUrbanisationValue, body: Body) -> Verdict:
    """Without a share in the text only units of one class give a sure answer."""
    answers = {truth(None if unit.degurba is None else unit.degurba in value.in_) for unit in body.units}
    return answers.pop() if len(answers) == 1 else Verdict.UNKNOWN


def _urban_share(value: DegreeOfUrbanisationValue, body: Body) -> tuple[Fraction, Fraction]:
    """Share of inhabitants in units of the classes named: for certain, and at most."""
    total = sum(unit.population for unit in body.units) or 1
    inside = sum(unit.population for unit in body.units if unit.degurba in value.in_)
    unclassed = sum(unit.population for unit in body.units if unit.degurba is None)
    return Fraction(inside, total), Fraction(inside + unclassed, total)


def _classed(value: DegreeOfUrbanisationValue, case: Case) -> str:
    wanted = any_of_them(_name_of(code) for code in value.in_)
    found = all_of_them(_class_of(value, body) for body in case.group)
    return clauses(found, _("the call asks for {wanted}", wanted=wanted))


def _class_of(value: DegreeOfUrbanisationValue, body: Body) -> str:
    if body.units:
        low = _urban_share(value, body)[0]
        share = formats.percent(round(float(low) * 100, 1))
        return _("{share} of the inhabitants in units of these classes", share=share)
    return _settled_as(body)


def _name_of(code: int) -> str:
    """Class of the degree of urbanisation in words (Eurostat, DEGURBA level 1)."""
    return {1: _("city"), 2: _("town or suburb"), 3: _("rural area")}[code]


def _settled_as(body: Body) -> str:
    return capital(_name_of(body.degurba)) if body.degurba else _("Settlement class not given")


def settlement_or_population(rule: SettlementOrPopulationRule, case: Case) -> Finding:
    """The place must pass one of the alternatives of settlement class and size."""
    body = case.leader
    verdict = any_of(_option(option, body) for option in rule.value.any_of)
    size = _("inhabitants not given") if body.inhabitants is None else inhabitants(body.inhabitants)
    asked = any_of_them(_alternative(option) for option in rule.value.any_of)
    text = clauses(f"{_settled_as(body)}, {size}", _("the call asks for {wanted}", wanted=asked))
    return {Verdict.MEETS: meets, Verdict.FAILS: fails}.get(verdict, not_said)(text)


def _option(option: SettlementOption, body: Body) -> Verdict:
    classed = _settled(option, body)
    if option.population_below is None:
        return classed
    size = body.inhabitants
    return all_of((classed, truth(None if size is None else size < option.population_below)))


def _settled(option: SettlementOption, body: Body) -> Verdict:
    if body.degurba is not None:
        return truth(body.degurba in option.degurba_in)
    if set(option.degurba_in) == set(_CLASSES):
        return Verdict.MEETS
    answers = {truth(None if unit.degurba is None else unit.degurba in option.degurba_in) for unit in body.units}
    return answers.pop() if len(answers) == 1 else Verdict.UNKNOWN


def _alternative(option: SettlementOption) -> str:
    classes = any_of_them(_name_of(code) for code in option.degurba_in)
    if option.population_below is None:
        return classes
    limit = formats.number(option.population_below)
    return _("{classes} below {limit} inhabitants", classes=classes, limit=limit)
