"""Rules that follow from other fields of a call: its closing dates and the countries that it names."""

from datetime import datetime
from zoneinfo import ZoneInfo

from corpus.model import Call
from corpus.parts import BRUSSELS, Cutoff, Evidence, Timeline
from corpus.rules import CountryRule, DeadlineRule, Rule, expand_countries
from corpus.vocab import CutoffStage, ManagementMode

NO_SOURCE = Evidence(source="record", raw="the dates of the call's record")
_SAY_WHERE = frozenset({"country", "programme_area"})


def deadline_rule(timeline: Timeline, evidence: tuple[Evidence, ...] = ()) -> DeadlineRule:
    """The rule on closing times that the dates of a call make."""
    entry = [cutoff for cutoff in timeline.cutoffs if cutoff.stage is not CutoffStage.SECOND]
    second = [cutoff for cutoff in timeline.cutoffs if cutoff.stage is CutoffStage.SECOND]
    # Only the last first-stage date and the last second-stage date matter to somebody who asks today.
    counting = [*entry, *second[-1:]] if entry else second
    value = {
        "closes": tuple(map(_iso, counting)),
        "continuous": timeline.continuous,
        "second_stage_by_invitation": bool(entry and second),
        "indicative": bool(entry or second) and (entry or second)[-1].indicative,
    }
    rule = {"id": "deadline", "family": "deadline", "value": value, "evidence": evidence or (NO_SOURCE,)}
    return DeadlineRule.model_validate(rule)


def rules_of(call: Call) -> tuple[Rule, ...]:
    """All rules that bind an applicant: those of the record, and those that its dates and countries make.

    A programme's area says more than the list of its countries: there the countries make no rule of their own.
    """
    rules = call.eligibility.rules
    implied = None if any(rule.family in _SAY_WHERE for rule in rules) else country_rule(call)
    rules = (*((implied,) if implied else ()), *rules)
    if any(isinstance(rule, DeadlineRule) for rule in rules):
        return rules
    return (deadline_rule(call.timeline, evidence_for(call, "timeline")), *rules)


def _iso(cutoff: Cutoff) -> str:
    if cutoff.time is None:
        return cutoff.date.isoformat()
    moment = datetime.combine(cutoff.date, cutoff.time, tzinfo=ZoneInfo(cutoff.zone or BRUSSELS))
    return moment.isoformat(timespec="minutes")


def country_rule(call: Call) -> CountryRule | None:
    """The rule that the countries of a call imply, where it has none of its own.

    A country that is not listed leaves the answer open. Only a call of one country's own programme under shared
    management, with its source, surely does not pay abroad: there "no" is certain.
    """
    place = call.geography
    if place is None or place.unrestricted or not place.countries:
        return None
    evidence = evidence_for(call, "geography")
    national = call.management is ManagementMode.SHARED and len(expand_countries(place.countries)) == 1
    value = {"in": place.countries, "others": "fails" if national and evidence else "unknown"}
    shown = evidence or (Evidence(source=call.sources[0].key, raw=", ".join(place.countries)),)
    return CountryRule.model_validate({"id": "country", "family": "country", "value": value, "evidence": shown})


def evidence_for(call: Call, field: str) -> tuple[Evidence, ...]:
    """What the record says for a field or a part of it."""
    return tuple(item for path, items in call.evidence.items() if path.split(".")[0] == field for item in items)
