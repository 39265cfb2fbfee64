"""When nothing fits: which condition removed which calls, which one to relax, what comes next, and what is near.

A call fits when it is at least a good match, can be applied for now (or its dates are not known), and no rule
keeps the applicant out for certain. What is not known never removes a call.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from corpus import formats
from corpus.messages import gettext as _
from corpus.model import Call
from corpus.parts import Moment
from corpus.status import next_cutoff
from corpus.vocab import CallStatus, Overall, Recurrence, Verdict
from matcher.algorithm import Candidate, for_another_country, relevance
from matcher.answer import Coming, Link, NoFit, PracticeMatch, Removed
from matcher.eligibility.registry import CHECKS, requirement
from matcher.eligibility.verdict import DoorState, RuleVerdict
from matcher.relevance import Relevance
from matcher.remedies import ABOUT, COUNTRY, DEADLINE, FIXED, remedy

_LATER = (CallStatus.PLANNED, CallStatus.FORTHCOMING)


def no_fit(
    calls: Sequence[Candidate],
    practices: Sequence[PracticeMatch],
    now: dt.datetime,
    vague: Collection[str] = frozenset(),
) -> NoFit | None:
    """Why nothing fits; None where something does.

    Args:
        calls: calls that were found, judged except those for other countries.
        practices: practices that are shown.
        now: the moment of asking.
        vague: ids of calls that meet no part of the idea.
    """
    near = [candidate for candidate in calls if relevance(candidate) is not None]
    reasons = {candidate.record.id: _conditions(candidate, candidate.record.id in vague) for candidate in near}
    if any(not conditions for conditions in reasons.values()):
        return None
    if not near:
        sentence = _("No call of the collection is about this idea, so none is named.")
        return NoFit(off_topic=True, sentence=sentence, removed=(), relax=None, next_call=None, nearest_practice=None)
    removed = _removed(reasons)
    relax = next((item for item in removed if item.alone and item.condition not in FIXED), None)
    return NoFit(
        off_topic=False,
        sentence=_sentence(unclear=all(ABOUT in conditions for conditions in reasons.values())),
        removed=removed,
        relax=relax.condition if relax else None,
        next_call=_next(near, now),
        nearest_practice=_link(practices[0]) if practices else None,
    )


def _sentence(*, unclear: bool) -> str:
    if unclear:
        return _("No call of the collection is clearly about this idea; those that are shown are the nearest.")
    return _("Calls are about this idea, and none of them can be applied for as it stands.")


def fits(candidate: Candidate, vague: Collection[str] = frozenset()) -> bool:
    """Whether a call fits as things stand."""
    return relevance(candidate) is not None and not _conditions(candidate, candidate.record.id in vague)


def _conditions(candidate: Candidate, vague: bool = False) -> tuple[str, ...]:
    """Conditions that keep a call from fitting; none for one that fits."""
    found = []
    if candidate.status in (CallStatus.CLOSED, *_LATER):
        found.append(DEADLINE)
    if vague or relevance(candidate) is Relevance.POSSIBLE:
        found.append(ABOUT)
    if candidate.assessment is None and for_another_country(candidate):
        found.append(COUNTRY)
    found += [*candidate.closing, *(rule.family for rule in _closed(candidate))]
    return tuple(dict.fromkeys(found))


def _closed(candidate: Candidate) -> Iterable[RuleVerdict]:
    """Rules that surely keep the applicant out, with no way in beside them."""
    if candidate.assessment is None or candidate.assessment.overall is not Overall.CANNOT:
        return ()
    return (
        rule
        for rule in candidate.assessment.rules
        if rule.verdict is Verdict.FAILS and all(door.state is DoorState.ELSEWHERE for door in rule.doors)
    )


def _removed(reasons: dict[str, tuple[str, ...]]) -> tuple[Removed, ...]:
    """Conditions with the calls that they removed, those first that stand alone most often."""
    names = dict.fromkeys(condition for conditions in reasons.values() for condition in conditions)
    items = [_one(name, reasons) for name in names]
    return tuple(sorted(items, key=lambda item: (-item.alone, -len(item.ids), item.condition)))


def _one(name: str, reasons: dict[str, tuple[str, ...]]) -> Removed:
    asked = requirement(name) if name in CHECKS else _("The call sets a rule of its own.")
    if name == ABOUT:
        asked = _("The call is clearly about the idea: a good or strong match.")
    ids = tuple(call for call, conditions in reasons.items() if name in conditions)
    alone = sum(conditions == (name,) for conditions in reasons.values())
    return Removed(condition=name, requirement=asked, ids=ids, alone=alone, remedy=remedy(name))


def _next(near: Sequence[Candidate], now: dt.datetime) -> Coming | None:
    """The call that comes next: one that is announced, else one that is known to come back."""
    coming = [item for item in (_coming(candidate, now) for candidate in near) if item is not None]
    return min(coming, key=lambda item: (item.date is None, item.date or dt.date.max, item.id), default=None)


def _coming(candidate: Candidate, now: dt.datetime) -> Coming | None:
    call = candidate.record
    if not isinstance(call, Call) or set(_conditions(candidate)) - FIXED:
        return None
    line = call.timeline
    if candidate.status in _LATER:
        closes = next_cutoff(line, now)
        opens = line.opens if line.opens and line.opens.start() > now else None
        day = opens or closes
        indicative = line.opens_indicative if opens else closes is not None and closes.indicative
        return _arrival(call, day.date if day else None, indicative, _ahead(opens, closes, indicative))
    if candidate.status is CallStatus.CLOSED and line.recurrence is Recurrence.RECURRING:
        last = formats.day(line.cutoffs[-1].date)
        why = _("It closed on {day} and is known to come back; the next day is not known.", day=last)
        return _arrival(call, None, True, why)
    return None


def _arrival(call: Call, day: dt.date | None, indicative: bool, why: str) -> Coming:
    return Coming(id=call.id, title=call.text(call.title), url=call.url, date=day, indicative=indicative, why=why)


def _ahead(opens: Moment | None, closes: Moment | None, indicative: bool) -> str:
    if opens is not None:
        day = formats.day(opens.date)
        return _("It opens on {day} (indicative).", day=day) if indicative else _("It opens on {day}.", day=day)
    if closes is not None:
        day = formats.day(closes.date)
        return _("It closes on {day} (indicative).", day=day) if indicative else _("It closes on {day}.", day=day)
    return _("It is announced; the day is not known.")


def _link(practice: PracticeMatch) -> Link:
    return Link(id=practice.id, title=practice.title, url=practice.url)
