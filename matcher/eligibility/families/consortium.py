"""Rules on the application as a whole: how many applicants, from where, and who must be among them."""

from collections.abc import Iterator
from typing import NamedTuple

from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import ngettext
from corpus.rules import ConsortiumRule, ConsortiumValue, FromSet, MustIncludeRule, OrganisationsTotalRule
from corpus.rules import expand_countries as expand
from corpus.vocab import EU27, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.families.counting import Counted, counted_of
from matcher.eligibility.families.standing import counts_as_applicant, inside
from matcher.eligibility.logic import all_of, any_of, count, stated, truth
from matcher.eligibility.verdict import Finding, Gap, fails, meets, not_said, open_text
from matcher.eligibility.words import any_of_them, at_least, clauses, countries, fact_name, kind_of_body


class Check(NamedTuple):
    """One condition of a consortium rule: how it stands, in words, and what is missing."""

    verdict: Verdict
    text: str
    gap: Gap = Gap()


def consortium(rule: ConsortiumRule, case: Case) -> Finding:
    """The applicants together must have the number and the countries that the call asks for."""
    value, counted = rule.value, counted_of(rule.value, case)
    alone = _may_stand_alone(value, case)
    if alone is not None and alone.verdict is Verdict.MEETS:
        return alone
    checks = list(_checks(value, counted, case))
    failed = [check for check in checks if check.verdict is Verdict.FAILS]
    if failed:
        return alone or fails(clauses(*(check.text for check in failed)), _merged(failed))
    unsure = [check.text for check in checks if check.verdict is Verdict.UNKNOWN]
    if unsure:
        return _unsure(unsure, counted)
    return meets(clauses(*(check.text for check in checks)) or _("No number of applicants is asked for"))


def _unsure(texts: list[str], counted: Counted) -> Finding:
    if any(body.country is None for body in counted.all):
        return not_said(clauses(*texts, _("not all the countries are given")))
    return open_text(_("{statement}, if all of them count", statement=clauses(*texts)))


def _merged(checks: list[Check]) -> Gap:
    parts = [check.gap.model_dump(exclude_defaults=True) for check in checks]
    return Gap.model_validate({key: part[key] for part in parts for key in part})


def _may_stand_alone(value: ConsortiumValue, case: Case) -> Finding | None:
    """A sole applicant, where the call lets it; `None` where that does not help."""
    if value.sole_allowed and len(case.funded) == 1:
        return meets(_("One applicant alone is allowed"))
    exception, lead = value.sole_exception, case.lead
    if exception is None or lead is None or lead.type is not exception.type:
        return None
    applies = stated(lead.facts.get(exception.fact)) if exception.fact else Verdict.MEETS
    who = kind_of_body(exception.type)
    if applies is Verdict.UNKNOWN:
        fact = fact_name(exception.fact or "")
        return not_said(_("Whether {who} may apply alone depends on {fact}, not given", who=who, fact=fact))
    return meets(_("As {who} it may apply alone", who=who)) if applies is Verdict.MEETS else None


def _checks(value: ConsortiumValue, counted: Counted, case: Case) -> Iterator[Check]:
    yield from _numbers(value, counted)
    yield from _options(value, counted, case)
    for code in value.required_countries:
        yield _presence(frozenset({code}), counted)
    for group in value.one_from_each:
        yield _presence(frozenset(group), counted)
    if value.min_from_set:
        yield _from_set(value.min_from_set, counted)
    if value.min_inside_area is not None:
        yield _inside_area(value.min_inside_area, case)


def _numbers(value: ConsortiumValue, counted: Counted) -> Iterator[Check]:
    fewest = value.min_applicants or (2 if value.sole_allowed is False else None)
    if fewest is not None:
        yield _applicants(fewest, counted)
    if value.max_applicants is not None:
        yield _at_most(value.max_applicants, counted)
    if value.min_countries is not None:
        yield _countries(value.min_countries, counted)
    if value.min_member_states:
        yield _member_states(value.min_member_states, counted)


def _applicants(wanted: int, counted: Counted) -> Check:
    high = counted.number.high
    text = ngettext("{n} applicant that can count", "{n} applicants that can count", high)
    return Check(
        counted.number.at_least(wanted),
        clauses(text, at_least(wanted)),
        Gap(applicants=max(wanted - counted.number.low, 0)),
    )


def _at_most(allowed: int, counted: Counted) -> Check:
    text = clauses(
        _applicants_named(counted.named), _("the call allows at most {count}", count=formats.number(allowed))
    )
    return Check(truth(counted.named <= allowed), text, Gap(excess=max(counted.named - allowed, 0)))


def _applicants_named(n: int) -> str:
    return ngettext("{n} applicant", "{n} applicants", n)


def _countries(wanted: int, counted: Counted) -> Check:
    found = counted.different()
    text = ngettext("{n} country", "{n} countries", found.high)
    return Check(found.at_least(wanted), clauses(text, at_least(wanted)), Gap(countries=max(wanted - found.low, 0)))


def _member_states(wanted: int, counted: Counted) -> Check:
    found = counted.different(EU27)
    text = ngettext("{n} EU Member State", "{n} EU Member States", found.high)
    return Check(found.at_least(wanted), clauses(text, at_least(wanted)), Gap(member_states=max(wanted - found.low, 0)))


def _options(value: ConsortiumValue, counted: Counted, case: Case) -> Iterator[Check]:
    """Several ways to meet the numbers, of which one is enough."""
    ways = [list(_checks(option, counted, case)) for option in value.min_countries_options]
    if ways:
        verdict = any_of(all_of(check.verdict for check in way) for way in ways)
        text = any_of_them(clauses(*(check.text for check in way)) for way in ways)
        yield Check(verdict, text, _merged(ways[0]))


def _presence(wanted: frozenset[str], counted: Counted) -> Check:
    verdict = counted.has(expand(tuple(wanted)))
    where = countries(sorted(wanted))
    sure = verdict is Verdict.MEETS
    text = _("An applicant from {where}", where=where) if sure else _("No certain applicant from {where}", where=where)
    return Check(verdict, text, Gap(needed_countries=tuple(sorted(wanted))))


def _from_set(rule: FromSet, counted: Counted) -> Check:
    """Different countries are meant as a rule; several bodies of one country leave it open."""
    area = expand(rule.set)
    verdict = counted.different(area).at_least(rule.n)
    bodies = sum(body.country in area for body in counted.all)
    if verdict is Verdict.FAILS and bodies >= rule.n:
        verdict = Verdict.UNKNOWN
    text = ngettext("{n} applicant from {where}", "{n} applicants from {where}", bodies, where=countries(rule.set))
    return Check(verdict, clauses(text, at_least(rule.n)), Gap(countries=rule.n, needed_countries=rule.set))


def _inside_area(wanted: int, case: Case) -> Check:
    found = count(case.funded, lambda body: all_of((inside(case, body), counts_as_applicant(case, body))))
    text = ngettext("{n} applicant inside the programme area", "{n} applicants inside the programme area", found.high)
    return Check(found.at_least(wanted), clauses(text, at_least(wanted)), Gap(applicants=max(wanted - found.low, 0)))


def must_include(rule: MustIncludeRule, case: Case) -> Finding:
    """One of the kinds of body named must be part of the consortium."""
    value = rule.value
    bodies = case.bodies if value.any_role else case.funded
    wanted = any_of_them(kind_of_body(kind) for kind in value.types)
    present = any_of(truth(None if body.type is None else body.type in value.types) for body in bodies)
    if present is Verdict.MEETS:
        return meets(_("A body of a kind that must be included takes part"))
    if present is Verdict.UNKNOWN:
        return not_said(_("The kind of a body is not given; the call asks for {wanted}", wanted=wanted))
    return fails(_("None of the bodies is {wanted}", wanted=wanted), Gap(applicants=1, types=value.types))


def organisations_total(rule: OrganisationsTotalRule, case: Case) -> Finding:
    """So many organisations must take part in all, associated ones included."""
    have, wanted = len(case.bodies), rule.value.min
    text = clauses(ngettext("{n} organisation", "{n} organisations", have), at_least(wanted))
    return meets(text) if have >= wanted else fails(text, Gap(applicants=wanted - have))
