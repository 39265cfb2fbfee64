"""The ranking: a list of features with weights. Each docstring is what people read as its description.

A feature takes a candidate and gives a number; the score is the sum of weight times value. Scores order one
answer and mean nothing beyond it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpus.messages import gettext as _
from corpus.model import Call, Practice
from corpus.vocab import CallStatus, Overall, Recurrence, Subject, TargetGroup
from matcher.coded import best_codes
from matcher.eligibility import Assessment
from matcher.lands import named_countries, sole_country
from matcher.relevance import Relevance
from matcher.retrieve import Found

MAX_MEANING = 8.0
MAX_WORDS = 120.0
MAX_CODE = 3.0

STRONG = 15.0
GOOD = 13.7
POSSIBLE = 9.0
"""Bounds of the three words, on the sum of the features that speak of the subject.

Good and strong are promises: of 50 texts that the collection has nothing to do with, the nearest call never reaches
`GOOD`. Possible is an offer: in languages that the model knows less well, what an idea is about gets 9 to 12 points,
and leaving those out lost a third of the right calls (docs/retrieval.md).
"""


@dataclass(eq=False)
class Candidate:
    """A record with all that features look at. Hundreds are made while somebody waits, so it is not frozen.

    `words` is filled in where languages differ; `share` is `words` beside the best record of the same answer.
    `closing` names families of rules that surely keep the applicant out, where the call was not judged in full.
    `coded` is what `codes` measures, where it was reckoned for many records at once.
    """

    record: Call | Practice
    found: Found
    words: float
    groups: dict[TargetGroup, float]
    subjects: dict[Subject, float]
    share: float = 0.0
    status: CallStatus | None = None
    assessment: Assessment | None = None
    closing: tuple[str, ...] = ()
    population: int | None = None
    country: str | None = None
    coded: float | None = None
    _subject: float | None = field(default=None, init=False, repr=False)
    _total: float | None = field(default=None, init=False, repr=False)

    @property
    def subject(self) -> float:
        """Sum of the features that speak of the subject: asked for at every comparison, reckoned once."""
        if self._subject is None:
            self._subject = sum([f.weight * f.measure(self) for f in _OF_SUBJECT])
        return self._subject

    @property
    def total(self) -> float:
        """Sum of all features, reckoned once."""
        if self._total is None:
            self._total = self.subject + sum([f.weight * f.measure(self) for f in _BESIDE])
        return self._total


@dataclass(frozen=True, slots=True)
class Feature:
    """A weighted feature."""

    name: str
    weight: float
    measure: Callable[[Candidate], float]
    about_subject: bool = True

    @property
    def description(self) -> str:
        """What the feature measures, in a sentence of the language that is spoken."""
        return _(self.in_english)

    @property
    def in_english(self) -> str:
        """What the feature measures: the docstring of its function."""
        return (self.measure.__doc__ or "").strip()


def meaning(candidate: Candidate) -> float:
    """How near the best passage is to the idea, in standard deviations above chance."""
    return min(max(candidate.found.meaning, 0.0), MAX_MEANING)


def words(candidate: Candidate) -> float:
    """How well the words of the idea fit those of the record (BM25; estimated across languages)."""
    return min(candidate.words, MAX_WORDS)


def share(candidate: Candidate) -> float:
    """How well the words fit beside the record of this answer that they fit best (0 to 1)."""
    return min(max(candidate.share, 0.0), 1.0)


def told(candidate: Candidate) -> float:
    """How much of the idea the record speaks of, word by word, rare words counting more."""
    return min(max(candidate.found.told, 0.0), 1.0)


def asked(candidate: Candidate) -> float:
    """How much of the record the idea asks for, word by word."""
    return min(max(candidate.found.asked, 0.0), 1.0)


def codes(candidate: Candidate) -> float:
    """How well the groups and subjects of the record fit those that the idea speaks of."""
    if candidate.coded is not None:
        return candidate.coded
    return best_codes([candidate.record], candidate.groups, candidate.subjects, MAX_CODE)[0]


def with_codes(candidates: Sequence[Candidate]) -> None:
    """Reckon `coded` of many candidates of one question at once."""
    if candidates:
        of = candidates[0]
        best = best_codes([candidate.record for candidate in candidates], of.groups, of.subjects, MAX_CODE)
        for candidate, value in zip(candidates, best, strict=True):
            candidate.coded = value


def timing(candidate: Candidate) -> float:
    """Whether the call can still be applied for, or is known to come back."""
    recurring = isinstance(candidate.record, Call) and candidate.record.timeline.recurrence is Recurrence.RECURRING
    if candidate.status is CallStatus.CLOSED:
        return -0.6 if recurring else -1.0
    return -0.1 if candidate.status is CallStatus.UNKNOWN else 0.0


def admission(candidate: Candidate) -> float:
    """Whether this applicant may apply; what is not clear costs little, what is not open costs much."""
    if candidate.assessment is None:
        return 0.0
    costs = {Overall.CANNOT: -1.0, Overall.NOT_CLEAR: -0.15, Overall.IN_GROUP_OR_AS_PARTNER: -0.1}
    return costs.get(candidate.assessment.overall, 0.0)


def likeness(candidate: Candidate) -> float:
    """Whether the practice comes from the same country or a place of like size."""
    if not isinstance(candidate.record, Practice):
        return 0.0
    place = candidate.record.places[0]
    same_country = 0.5 if candidate.country and place.country == candidate.country else 0.0
    mine, theirs = candidate.population, place.population
    like_size = 0.5 if mine and theirs and 1 / 3 <= theirs / mine <= 3 else 0.0
    return same_country + like_size


def territory(candidate: Candidate) -> float:
    """Whether the countries that the call names include the applicant's; what is not said costs nothing."""
    if candidate.country is None or not isinstance(candidate.record, Call):
        return 0.0
    named = named_countries(candidate.record)
    return -1.0 if named and candidate.country not in named else 0.0


def for_another_country(candidate: Candidate) -> bool:
    """Whether the call names one country only, and not the applicant's."""
    call = candidate.record
    return isinstance(call, Call) and sole_country(call) is not None and territory(candidate) < 0


FEATURES = (
    Feature("meaning", 0.4, meaning),
    Feature("words", 0.12, words),
    Feature("share", 1.0, share),
    Feature("told", 16.8, told),
    Feature("asked", 6.6, asked),
    Feature("codes", 0.6, codes),
    Feature("timing", 8.0, timing, about_subject=False),
    Feature("admission", 1.5, admission, about_subject=False),
    Feature("territory", 1.2, territory, about_subject=False),
    Feature("likeness", 0.9, likeness, about_subject=False),
)
"""The whole ranking."""
_OF_SUBJECT = tuple(feature for feature in FEATURES if feature.about_subject)
_BESIDE = tuple(feature for feature in FEATURES if not feature.about_subject)


def subject_score(candidate: Candidate) -> float:
    """Sum of the features that speak of the subject."""
    return candidate.subject


def score(candidate: Candidate) -> float:
    """Sum of all features."""
    return candidate.total


def relevance(candidate: Candidate) -> Relevance | None:
    """The word for a candidate, or None when it has too little to do with the idea to be shown."""
    value = subject_score(candidate)
    for bound, word in ((STRONG, Relevance.STRONG), (GOOD, Relevance.GOOD), (POSSIBLE, Relevance.POSSIBLE)):
        if value >= bound:
            return word
    return None


def estimate_words(found: list[Found]) -> dict[str, float]:
    """Words of each record; where languages differ, what records of like meaning have (least squares through 0).

    Without this a record in the language of the idea would win by words that the others never had a chance to
    share. Words that a dictionary gave are trusted less; the estimate makes up for it.
    """
    known = [(record.meaning, record.words) for record in found if record.words is not None and record.meaning > 0]
    square = sum(meaning * meaning for meaning, _words in known)
    slope = sum(meaning * words for meaning, words in known) / square if square else 0.0
    # One word met by chance far from the idea makes the line steep: nothing unseen is better than the best seen.
    most = max((words for _meaning, words in known), default=0.0)
    return {r.record_id: _likely_words(r, min(max(slope * r.meaning, 0.0), most)) for r in found}


def _likely_words(record: Found, estimate: float) -> float:
    if record.words is None:
        return estimate
    return record.trust * record.words + (1 - record.trust) * estimate
