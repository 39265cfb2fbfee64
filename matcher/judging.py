"""Judging calls for one applicant at one moment: exactly, and only as many as it takes to know the first of them.

Dates are read of every call, its rules only where they decide. What is not judged yet can only lose by it: no rule
adds to a score. So once enough calls stand, a call whose score is lower before it is judged stands behind them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from corpus.model import Call
from matcher.algorithm import Candidate, score
from matcher.eligibility import assess_call, closing, kept_out_by_country
from matcher.profile import Applicant
from matcher.states import status_of


class Judge:
    """Judges the calls of one answer, each at most once."""

    def __init__(self, applicant: Applicant, now: dt.datetime) -> None:
        """Take who asks, and when."""
        self._applicant = applicant
        self._now = now
        self._judged: dict[str, Candidate] = {}

    def dated(self, candidate: Candidate) -> Candidate:
        """The candidate with its status."""
        call = candidate.record
        if candidate.status is not None or not isinstance(call, Call):
            return candidate
        return replace(candidate, status=status_of(call, self._now))

    def judged(self, candidate: Candidate) -> Candidate:
        """The candidate with its status and the verdicts for the applicant."""
        call = candidate.record
        if not isinstance(call, Call):
            return candidate
        known = self._judged.get(call.id)
        if known is None:
            assessment = assess_call(call, self._applicant, self._now)
            known = self._judged[call.id] = replace(self.dated(candidate), assessment=assessment)
        return known

    def barred(self, candidate: Candidate) -> Candidate:
        """The candidate with what surely keeps the applicant out, judged in full only if it was so before."""
        call = candidate.record
        if not isinstance(call, Call):
            return candidate
        known = self._judged.get(call.id)
        return known or replace(self.dated(candidate), closing=closing(call, self._applicant, self._now))

    def elsewhere(self, candidate: Candidate) -> bool:
        """Whether a call is surely for other countries or another area."""
        call = candidate.record
        return isinstance(call, Call) and kept_out_by_country(call, self._applicant, self._now)

    def first(self, candidates: Iterable[Candidate], number: int) -> list[Candidate]:
        """The candidates in their order, the first `number` of them judged and sure to be the first."""
        waiting = sorted(candidates, key=order)
        judged: list[Candidate] = []
        while waiting and (len(judged) < number or order(waiting[0]) < order(judged[number - 1])):
            judged.append(self.judged(waiting.pop(0)))
            judged.sort(key=order)
        return [*judged[:number], *sorted([*judged[number:], *waiting], key=order)]


def order(candidate: Candidate) -> tuple[float, str]:
    """What candidates are sorted by: the best first, equals by name."""
    return -score(candidate), candidate.record.id
