"""Conditions of a single call, looked up among the facts that the applicant states."""

from collections.abc import Mapping

from corpus import formats
from corpus.messages import gettext as _
from corpus.rules import FactRule, FactValue
from corpus.vocab import Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.logic import truth
from matcher.eligibility.verdict import Finding, Gap, fails, meets, not_said
from matcher.eligibility.words import clauses, fact_name, kind_of_body
from matcher.profile import Body, Fact

_YES = {"yes": True, "true": True, "no": False, "false": False}


def fact(rule: FactRule, case: Case) -> Finding:
    """The condition that this call sets must hold."""
    value = rule.value
    body = case.leader if value.applies_to == "lead" else case.applicant
    if value.only_types and body.type not in value.only_types:
        return _other_kind(value, body)
    stated = body.facts.get(value.fact)
    verdict = _holds(value, stated)
    if verdict is Verdict.UNKNOWN:
        return not_said(clauses(_("{fact} is not given", fact=fact_name(value.fact)), _asked(value)))
    text = clauses(f"{fact_name(value.fact)}: {_shown(stated)}", _asked(value))
    return meets(text) if verdict is Verdict.MEETS else fails(text, Gap() if value.mend_by_partners else None)


def _other_kind(value: FactValue, body: Body) -> Finding:
    if body.type is None:
        return not_said(
            _("{fact} is asked of some kinds of body, and the kind is not given", fact=fact_name(value.fact))
        )
    return meets(_("{fact} is not asked of {who}", fact=fact_name(value.fact), who=kind_of_body(body.type)))


def _holds(value: FactValue, stated: Fact | None) -> Verdict:
    figure = Verdict.MEETS if value.at_least is None else _reaches(stated, value.at_least)
    answer = Verdict.MEETS if value.must_be is None else _answers(stated, value.must_be)
    if value.at_least is None and value.must_be is None:
        return _answers(stated, True)
    return answer if value.at_least is None else figure


def _reaches(stated: Fact | None, least: float) -> Verdict:
    return truth(None if isinstance(stated, bool | str | None) else stated >= least)


def _answers(stated: Fact | None, wanted: bool) -> Verdict:
    said = _YES.get(stated.strip().lower()) if isinstance(stated, str) else stated
    return truth(said is wanted if isinstance(said, bool) else None)


def _asked(value: FactValue) -> str:
    if value.at_least is not None:
        return _("the call asks for at least {count}", count=formats.number(value.at_least))
    return _("the call asks for no") if value.must_be is False else _("the call asks for yes")


def _shown(stated: Fact | None) -> str:
    if isinstance(stated, bool):
        return _("yes") if stated else _("no")
    return str(stated)


def number_named(facts: Mapping[str, Fact], *parts: str) -> float | None:
    """The first figure whose name holds the first part and one of the others (any, where there is one part)."""
    first, *others = parts
    for name, value in facts.items():
        named = first in name and (not others or any(other in name for other in others))
        if named and not isinstance(value, bool | str):
            return value
    return None
