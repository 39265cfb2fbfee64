"""Rules on shares of the partners: regions of a category, and newcomers."""

from collections.abc import Callable
from fractions import Fraction

from corpus import formats
from corpus.messages import gettext as _
from corpus.rules import NewcomersRule, RegionCategoryShareRule
from corpus.vocab import Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.families.facts import number_named
from matcher.eligibility.logic import count, exact, truth
from matcher.eligibility.verdict import Finding, Gap, fails, meets, not_said
from matcher.eligibility.words import any_of_them, clauses
from matcher.profile import Body


def region_category_share(rule: RegionCategoryShareRule, case: Case) -> Finding:
    """So large a share of the partners must come from regions of the categories named."""
    wanted = {_plain(name) for name in rule.value.categories}
    stated = number_named(case.applicant.facts, "share", *wanted, "less_developed", "region_category")
    what = _("From regions of the category {category}", category=any_of_them(map(_readable, rule.value.categories)))
    return _share(rule.value.min_share, stated, case, lambda body: _in_category(body, wanted), what)


def newcomers(rule: NewcomersRule, case: Case) -> Finding:
    """So large a share of the partners must be newcomers to the programme."""
    stated = number_named(case.applicant.facts, "share", "newcomer")
    return _share(rule.value.min_share, stated, case, _is_newcomer, _("Newcomers"))


def _share(least: float, stated: float | None, case: Case, counts: Callable[[Body], Verdict], what: str) -> Finding:
    asked = _("the call asks for at least {count}", count=formats.percent(least * 100))
    if stated is not None and 0 <= stated <= 1:
        share = formats.percent(stated * 100)
        text = clauses(_("{what}: {share} of the partners", what=what, share=share), asked)
        return meets(text) if exact(stated) >= exact(least) else fails(text, Gap(applicants=1))
    found, total = count(case.funded, counts), len(case.funded) or 1
    text = clauses(_("{what}: {n} of {total} partners", what=what, n=found.low, total=total), asked)
    if Fraction(found.low, total) >= exact(least):
        return meets(text)
    if Fraction(found.high, total) >= exact(least):
        return not_said(clauses(text, _("of {n} it is not given", n=found.high - found.low)))
    return fails(text, Gap(applicants=1))


def _readable(name: str) -> str:
    return name.replace("_", " ")


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _in_category(body: Body, wanted: set[str]) -> Verdict:
    category = body.region_category or body.facts.get("region_category")
    return truth(_plain(category) in wanted if isinstance(category, str) else None)


def _is_newcomer(body: Body) -> Verdict:
    said = body.newcomer if body.newcomer is not None else body.facts.get("newcomer")
    return truth(said if isinstance(said, bool) else None)
