import datetime as dt

import pytest

from corpus.model import Call
from corpus.status import status_at
from matcher.states import status_of
from tests.matcher.factory import CALLS, NOW


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
def test_what_is_remembered_is_what_the_dates_say(call: Call) -> None:
    opens, cutoffs = call.timeline.opens, call.timeline.cutoffs
    edges = [*([opens.start()] if opens else []), *(cutoff.end() for cutoff in cutoffs)]
    steps = [dt.timedelta(0), dt.timedelta(microseconds=1), -dt.timedelta(microseconds=1), dt.timedelta(days=400)]
    moments = [NOW, *(edge + step for edge in edges for step in (*steps, -steps[-1]))]
    # Twice, and the second time in another order: what the first asking left behind must not show.
    for moment in (*moments, *reversed(moments)):
        assert status_of(call, moment) is status_at(call.timeline, moment)
