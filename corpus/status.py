"""Status of a call, computed from its dates at the moment of asking; the source's own flag is never believed."""

import datetime as dt

from corpus.parts import Cutoff, Timeline
from corpus.vocab import CallStatus


def next_cutoff(timeline: Timeline, now: dt.datetime) -> Cutoff | None:
    """The first closing date that has not passed."""
    return next((cutoff for cutoff in timeline.cutoffs if cutoff.end() >= now), None)


def status_at(timeline: Timeline, now: dt.datetime) -> CallStatus:
    """State of a call at a moment (`now` with zone).

    A day without an hour counts to its end. A call whose dates are all indicative stays planned: that its planned
    opening has passed does not say that it opened.
    Without any date the state is unknown, not closed.
    """
    opens, last = timeline.opens, timeline.cutoffs[-1] if timeline.cutoffs else None
    if last is not None and last.end() < now:
        return CallStatus.CLOSED
    if opens is not None and opens.start() > now:
        return CallStatus.PLANNED if timeline.opens_indicative else CallStatus.FORTHCOMING
    if last is None and not timeline.continuous:
        return CallStatus.UNKNOWN
    if last is not None and last.indicative and (opens is None or timeline.opens_indicative):
        return CallStatus.PLANNED
    # A closing date ahead says nothing of the opening; most registers list a call only once it is published.
    return CallStatus.OPEN
