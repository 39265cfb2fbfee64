"""Rule on a group of persons: how many they are, and of which age."""

import re

from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import ngettext
from corpus.rules import PeopleGroupRule, PeopleGroupValue
from corpus.vocab import ApplicantType, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.logic import all_of, truth
from matcher.eligibility.verdict import Finding, Gap, fails, meets, not_said
from matcher.eligibility.words import at_least, clauses
from matcher.profile import Fact

_COUNT = ("people", "persons", "members", "group_size", "number_of_people", "number_of_members", "young_people")
_YOUNGEST, _OLDEST = ("youngest", "min_age", "age_min"), ("oldest", "max_age", "age_max")
_ALL_OF_AGE = ("all_of_age", "ages_fit", "age_ok", "all_within_age")


def people_group(rule: PeopleGroupRule, case: Case) -> Finding:
    """The group must have so many persons, all of the age named."""
    value, have = rule.value, _people(case)
    verdict = all_of((truth(None if have is None else have >= value.min_people), _of_age(value, case)))
    text = clauses(_counted(have), _asked(value))
    if verdict is Verdict.MEETS:
        return meets(text)
    if verdict is Verdict.UNKNOWN:
        return not_said(clauses(text, _("the number or the ages are not given")))
    short = 0 if have is None else max(value.min_people - int(have), 0)
    return fails(text if short else clauses(text, _("an age lies outside")), Gap(people=short or 1))


def _counted(have: float | None) -> str:
    if have is None:
        return _("People not counted")
    return ngettext("{count} person", "{count} people", int(have), count=formats.number(have))


def _asked(value: PeopleGroupValue) -> str:
    if value.age is None:
        return at_least(value.min_people)
    low, high = value.age
    return _("the call asks for at least {count} aged {low} to {high}", count=value.min_people, low=low, high=high)


def _people(case: Case) -> float | None:
    """Persons as stated, or the natural persons named, where a person asks."""
    stated = _first(case, _COUNT)
    if stated is not None or case.applicant.type is not ApplicantType.NATURAL_PERSON:
        return stated
    return sum(body.type is ApplicantType.NATURAL_PERSON for body in case.bodies)


def _of_age(value: PeopleGroupValue, case: Case) -> Verdict:
    if value.age is None:
        return Verdict.MEETS
    said = next((fact for name in _ALL_OF_AGE if isinstance(fact := case.applicant.facts.get(name), bool)), None)
    if said is not None:
        return truth(said)
    youngest, oldest = _span(case)
    low = truth(None if youngest is None else youngest >= value.age[0])
    return all_of((low, truth(None if oldest is None else oldest <= value.age[1])))


def _span(case: Case) -> tuple[float | None, float | None]:
    ages = re.findall(r"\d+", str(case.applicant.facts.get("ages", "")))
    if ages:
        return min(map(float, ages)), max(map(float, ages))
    return _first(case, _YOUNGEST), _first(case, _OLDEST)


def _first(case: Case, names: tuple[str, ...]) -> float | None:
    facts: list[Fact | None] = [case.applicant.facts.get(name) for name in names]
    return next((value for value in facts if not isinstance(value, bool | str | None)), None)
