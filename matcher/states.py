"""The status of a call at a moment, remembered between the moments at which it changes."""

import datetime as dt
from bisect import bisect

from corpus.model import Call
from corpus.status import status_at
from corpus.vocab import CallStatus
from matcher.once import once


def _turns_of(call: Call) -> tuple[list[dt.datetime], dict[int, CallStatus]]:
    opens, cutoffs = call.timeline.opens, call.timeline.cutoffs
    moments = [*((opens.start(),) if opens else ()), *((cutoffs[-1].end(),) if cutoffs else ())]
    return sorted(moments), {}


_turns = once(_turns_of)
"""When the status of a call may change, and what it is between these moments, as far as it was asked for."""


def status_of(call: Call, now: dt.datetime) -> CallStatus:
    """State of a call at a moment (`now` with zone), as `corpus.status` says."""
    moments, known = _turns(call)
    if now in moments:
        return status_at(call.timeline, now)
    place = bisect(moments, now)
    if place not in known:
        known[place] = status_at(call.timeline, now)
    return known[place]
