"""What a person gets: calls with reasons and verdicts, and practices. The shape of the answer everywhere."""

import datetime as dt

from corpus.model import Funding
from corpus.parts import Cutoff, Frozen, Money
from corpus.vocab import CallStatus, Fund, Language, PracticeKind, Subject, TargetGroup
from matcher.eligibility import Assessment
from matcher.profile import Applicant
from matcher.relevance import Relevance


class Excerpt(Frozen):
    """Why a record was found: a sentence of it, marked as the source's words or ours, with its source."""

    text: str
    language: Language
    field: str
    words: str
    """`source`: the words of the source. `ours`: our own statement of what the source says."""
    place: str | None
    source_url: str
    source_title: str | None


class PartMatch(Frozen):
    """A part of the idea beside a call: the sentence that it meets, or that it finds nothing there."""

    part: str
    """Words of the idea, as they were typed."""
    nearness: float
    """How near the nearest passage of the call is, in standard deviations above chance."""
    sentence: Excerpt | None
    """None: this part finds nothing in the call."""


class FeatureScore(Frozen):
    """One part of the ranking: what it measures, its value, and what it adds to the score."""

    name: str
    description: str
    value: float
    adds: float


class Link(Frozen):
    """A record by its name."""

    id: str
    title: str
    url: str


class Payer(Frozen):
    """Who paid for a practice; what is None is not known."""

    fund: Fund | None
    payer: str | None
    programme: str | None
    call: str | None


class Successor(Link):
    """An open or planned call that comes after the one that paid, and why."""

    status: CallStatus
    why: str


class SimilarPractice(Frozen):
    """A practice beside a call, and why it stands there."""

    id: str
    title: str
    place: str
    country: str
    population: int | None
    url: str
    why: tuple[str, ...]
    paid_by: tuple[Payer, ...]
    successors: tuple[Successor, ...]
    """Among the calls near the idea."""


class MatchBase(Frozen):
    """What matches of both kinds share."""

    rank: int
    id: str
    title: str
    title_language: Language
    url: str
    relevance: Relevance
    excerpts: tuple[Excerpt, ...]
    score: float
    features: tuple[FeatureScore, ...]
    checked: dt.date | None
    """Latest day on which a source of the record was read or fetched."""


class CallMatch(MatchBase):
    """A call that could pay."""

    fund: Fund
    funds: tuple[Fund, ...]
    programme: str | None
    programme_title: str | None
    status: CallStatus
    status_at_source: str | None
    opens: dt.date | None
    cutoffs: tuple[Cutoff, ...]
    next_cutoff: Cutoff | None
    days_left: int | None
    continuous: bool
    money: Funding
    apply_url: str | None
    eligibility: Assessment
    parts: tuple[PartMatch, ...]
    """Each part of the idea and what it meets here, in the order of the idea; empty when not asked for."""
    similar_practices: tuple[SimilarPractice, ...]


class PracticeMatch(MatchBase):
    """Something that a place did."""

    kind: PracticeKind
    place: str
    country: str
    population: int | None
    funds: tuple[Fund, ...]
    cost: Money | None
    paid_by: tuple[Payer, ...]
    successors: tuple[Successor, ...]
    """Among the calls near the idea."""


class LeftOut(Frozen):
    """Calls that were found and are not shown, and why: nothing disappears silently."""

    reason: str
    ids: tuple[str, ...]


class Coming(Link):
    """A call that is not open yet, with the day on which something happens and why it is named."""

    date: dt.date | None
    indicative: bool
    why: str


class Removed(Frozen):
    """A condition, the calls that it keeps from fitting, and what can be done."""

    condition: str
    """Family of the rule, `deadline`, or `relevance`."""
    requirement: str
    ids: tuple[str, ...]
    alone: int
    """How many of these calls only this condition keeps away."""
    remedy: str


class NoFit(Frozen):
    """Why no call fits, and what is nearest to a fit."""

    off_topic: bool
    """No call has to do with the idea at all."""
    sentence: str
    removed: tuple[Removed, ...]
    relax: str | None
    """The condition to work on: of those that can be changed, the one that alone keeps most calls away."""
    next_call: Coming | None
    nearest_practice: Link | None


class Law(Frozen):
    """A provision in our words, with its name and address. Without `read_on` it is cited and was not opened."""

    text: str
    title: str
    url: str
    read_on: dt.date | None = None


class SidedPart(Frozen):
    """A part of the idea and the side it belongs to: `place`, `people`, or None where that is not clear."""

    part: str
    side: str | None
    margin: float
    """How much nearer it lies to work on places than to work with people, as a difference of cosines."""
    law: Law | None
    """The kind of work that it is nearest to, and the law that pays for such work."""


class OwnShare(Frozen):
    """What the applicant itself would pay, and the sum that gives it; None is not known, never nothing."""

    low: Money | None
    high: Money | None
    formula: str


class DatedStep(Frozen):
    """A day of a call on the common timeline."""

    date: dt.date
    what: str
    call: str
    indicative: bool


class Combined(Link):
    """A call of a pair: its funds and the highest share of the cost that it pays, in per cent."""

    funds: tuple[Fund, ...]
    rate: str | None
    shares: OwnShare
    parts: tuple[str, ...]
    """Parts of the idea on its side."""


class Pair(Frozen):
    """Two calls that could pay for the two sides of the idea in the same months."""

    place: Combined
    people: Combined
    both_open_from: dt.date
    both_open_to: dt.date | None
    """None: both are open all the time."""
    indicative: bool
    """One of the days may still change, or one call is only planned."""
    own_share: OwnShare
    timeline: tuple[DatedStep, ...]
    rules: tuple[Law, ...]


class Combination(Frozen):
    """The two sides of the idea, and pairs of calls for them."""

    sides: tuple[SidedPart, ...]
    pairs: tuple[Pair, ...]
    sentence: str


class Aligned(Frozen):
    """A strategy, partnership action or target group that a part of the idea serves."""

    kind: str
    """`strategy`, `partnership_action` or `target_group`."""
    code: str
    label: str
    definition: str
    excerpt: str
    """The words of the idea that show it."""
    nearness: float
    in_force: bool
    """On the day of asking; what has no dates is in force."""
    valid_from: dt.date | None
    valid_to: dt.date | None
    successor: str | None
    reference: str | None
    link: str | None


class Policy(Frozen):
    """What the idea serves, and a paragraph for an application that claims no more than that."""

    items: tuple[Aligned, ...]
    paragraph: str


class Understood(Frozen):
    """What was made of the question: a person can correct it."""

    parts: tuple[str, ...]
    """Parts of the idea, in the person's own words; empty when not asked for."""
    language: Language | None
    applicant: Applicant
    place: str | None
    target_groups: tuple[TargetGroup, ...]
    subjects: tuple[Subject, ...]


class Answer(Frozen):
    """The answer to an idea. Scores order one answer; they compare to nothing else and are no chance of success."""

    as_of: dt.date
    snapshot: str
    model: str
    understood: Understood
    calls: tuple[CallMatch, ...]
    practices: tuple[PracticeMatch, ...]
    left_out: tuple[LeftOut, ...]
    combination: Combination | None
    """None when not asked for."""
    policy: Policy | None
    """None when not asked for."""
    no_fit: NoFit | None
    """Given when no call fits as things stand."""
    notes: tuple[str, ...]
