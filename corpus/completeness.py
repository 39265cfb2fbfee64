"""How complete a record is, computed: nobody stamps a record by hand."""

from enum import StrEnum

from corpus.model import Call, Practice, Programme


class Completeness(StrEnum):
    """`full`: a person can decide on it. `partial`: worth reading. `stub`: little more than that it exists."""

    STUB = "stub"
    PARTIAL = "partial"
    FULL = "full"


_FULL = 0.8
_PARTIAL = 0.5


def answered(record: Call | Programme | Practice) -> dict[str, bool]:
    """The questions that a complete record of its kind answers, and whether this one does."""
    if isinstance(record, Call):
        return _call(record)
    return _practice(record) if isinstance(record, Practice) else _programme(record)


def completeness(record: Call | Programme | Practice) -> Completeness:
    """The stamp of a record: the share of the questions that it answers."""
    answers = list(answered(record).values())
    share = sum(answers) / len(answers)
    if share >= _FULL:
        return Completeness.FULL
    return Completeness.PARTIAL if share >= _PARTIAL else Completeness.STUB


def _call(call: Call) -> dict[str, bool]:
    money = call.money
    return {
        "what it pays for": bool(call.summary or call.objectives),
        "when it closes": bool(call.timeline.cutoffs) or call.timeline.continuous,
        "when it opens": call.timeline.opens is not None or call.timeline.continuous,
        "how much": any((money.budget, money.grant_min, money.grant_max)),
        "which share": money.rate_max is not None or money.lump_sum is not None,
        "who may apply": any(rule.family.endswith("_type") for rule in call.eligibility.rules),
        "where": call.geography is not None or any(rule.family == "country" for rule in call.eligibility.rules),
        "for whom": bool(call.target_groups),
        "its subject": bool(call.themes and call.subjects),
        "its programme": call.programme is not None,
    }


def _practice(practice: Practice) -> dict[str, bool]:
    return {
        "the problem": bool(practice.problem),
        "what was done": bool(practice.approach or practice.summary),
        "for whom": bool(practice.target_groups),
        "its subject": bool(practice.themes and practice.subjects),
        "how large the place is": any(place.population for place in practice.places),
        "when": practice.period.start is not None,
        "who paid": bool(practice.paid_by),
        "what it cost": practice.cost is not None or any(paid.amount for paid in practice.paid_by),
        "what came of it": bool(practice.results),
        "what failed": bool(practice.what_failed) or practice.none_reported,
        "what another place needs": bool(practice.transfer.conditions or practice.transfer.adopted_by),
    }


def _programme(programme: Programme) -> dict[str, bool]:
    return {
        "what it pays for": bool(programme.summary),
        "its code": programme.cci is not None,
        "where": bool(programme.countries),
        "who runs it": programme.authority is not None,
        "its site": programme.website is not None,
        "where calls are announced": programme.timetable_url is not None,
        "which share": bool(programme.rates),
        "how much": programme.budget is not None,
        "how long": programme.valid_from is not None or programme.valid_to is not None,
    }
