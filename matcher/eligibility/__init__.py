"""Whether an applicant may apply: the rules of a call as data, answered rule by rule.

`engine.assess` answers for a list of rules, `engine.assess_call` for a call of the corpus.
"""

from matcher.eligibility.engine import assess, assess_call, closing, kept_out_by_country
from matcher.eligibility.verdict import Assessment, Door, DoorKind, DoorState, RuleVerdict

__all__ = [
    "Assessment",
    "Door",
    "DoorKind",
    "DoorState",
    "RuleVerdict",
    "assess",
    "assess_call",
    "closing",
    "kept_out_by_country",
]
