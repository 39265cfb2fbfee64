"""Answers of the rules of a call for an applicant, remembered from one question to the next.

A town asks about several ideas and stays the same town. Only the rule on closing dates looks at the moment of asking,
so what the others answer holds until the answer of that one changes.
"""

import hashlib
from collections.abc import Callable

from corpus.messages import spoken
from corpus.model import Call
from corpus.vocab import Verdict
from matcher.eligibility.verdict import RuleVerdict
from matcher.once import once
from matcher.profile import Applicant

MOST = 20
"""Applicants whose answers are remembered for a call."""

_Key = tuple[bytes, str, tuple[Verdict, ...]]
_Verdicts = tuple[RuleVerdict | None, ...]


def _nothing_yet(_call: Call) -> dict[_Key, _Verdicts]:
    return {}


_known = once(_nothing_yet)


def _digest_of(applicant: Applicant) -> bytes:
    return hashlib.blake2b(applicant.model_dump_json().encode(), digest_size=16).digest()


_digest = once(_digest_of, MOST)


def remembered(
    call: Call, applicant: Applicant, dated: tuple[Verdict, ...], answer: Callable[[], _Verdicts]
) -> _Verdicts:
    """What the rules answer that do not look at the moment of asking.

    Args:
        call: the call, whose rules never change.
        applicant: who asks; what is remembered is a digest.
        dated: what the rules answer that look at the moment.
        answer: makes the answers where they are not known.
    """
    key, known = (_digest(applicant), spoken().value, dated), _known(call)
    if key not in known:
        if len(known) >= MOST:
            known.clear()
        known[key] = answer()
    return known[key]
