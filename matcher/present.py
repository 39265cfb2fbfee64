"""Candidates as they are shown: the wire objects of an answer."""

import datetime as dt
from collections.abc import Callable
from functools import cache

from corpus.messages import spoken
from corpus.model import Call, Practice
from corpus.status import next_cutoff
from corpus.vocab import Fund, Language
from matcher.algorithm import FEATURES, Candidate, relevance, score
from matcher.answer import CallMatch, FeatureScore, PartMatch, PracticeMatch, SimilarPractice, Successor
from matcher.explain import checked_on, excerpts
from matcher.relevance import Relevance
from matcher.triangle import payers


def _features(candidate: Candidate) -> tuple[FeatureScore, ...]:
    values = [(feature, feature.measure(candidate)) for feature in FEATURES]
    return tuple(
        FeatureScore(name=f.name, description=described, value=round(v, 3), adds=round(f.weight * v, 3))
        for (f, v), described in zip(values, _descriptions(spoken()), strict=True)
    )


@cache
def _descriptions(_language: Language) -> tuple[str, ...]:
    """What each feature measures, in the language that is spoken."""
    return tuple(feature.description for feature in FEATURES)


def _base(rank: int, candidate: Candidate) -> dict[str, object]:
    record = candidate.record
    language = record.original_language if record.original_language in record.title else next(iter(record.title))
    return {
        "rank": rank,
        "id": record.id,
        "title": record.title[language],
        "title_language": language,
        "url": record.url,
        "relevance": relevance(candidate) or Relevance.POSSIBLE,
        "excerpts": excerpts(record, candidate.found.hits),
        "score": round(score(candidate), 3),
        "features": _features(candidate),
        "checked": checked_on(record),
    }


def _word(candidate: Candidate, parts: tuple[PartMatch, ...]) -> Relevance:
    """The word for a call: a call of which no sentence meets any part of the idea is never more than possible."""
    if parts and not any(part.sentence for part in parts):
        return Relevance.POSSIBLE
    return relevance(candidate) or Relevance.POSSIBLE


def call_match(
    rank: int,
    candidate: Candidate,
    programme_title: Callable[[str | None], str | None],
    now: dt.datetime,
    parts: tuple[PartMatch, ...],
    practices: tuple[SimilarPractice, ...],
) -> CallMatch:
    """A judged call as it is shown.

    Raises:
        TypeError: the candidate is no call or was not judged.
    """
    call = candidate.record
    if not isinstance(call, Call) or candidate.status is None:
        raise TypeError(f"{call.id} was not judged as a call")
    coming = next_cutoff(call.timeline, now)
    return CallMatch.model_validate(
        {
            **_base(rank, candidate),
            "relevance": _word(candidate, parts),
            "fund": call.funds[0],
            "funds": call.funds,
            "programme": call.programme,
            "programme_title": programme_title(call.programme),
            "status": candidate.status,
            "status_at_source": call.status_at_source,
            "opens": call.timeline.opens.date if call.timeline.opens else None,
            "cutoffs": call.timeline.cutoffs,
            "next_cutoff": coming,
            "days_left": (coming.date - now.date()).days if coming else None,
            "continuous": call.timeline.continuous,
            "money": call.money,
            "apply_url": call.apply_url,
            "eligibility": candidate.assessment,
            "parts": parts,
            "similar_practices": practices,
        }
    )


def practice_match(rank: int, candidate: Candidate, follow: tuple[Successor, ...] = ()) -> PracticeMatch:
    """A practice as it is shown, with the calls that follow those that paid for it.

    Raises:
        TypeError: the candidate is no practice.
    """
    practice = candidate.record
    if not isinstance(practice, Practice):
        raise TypeError(f"{practice.id} is no practice")
    funds: tuple[Fund, ...] = tuple(dict.fromkeys(paid.fund for paid in practice.paid_by if paid.fund))
    place = practice.places[0]
    return PracticeMatch.model_validate(
        {
            **_base(rank, candidate),
            "kind": practice.practice_kind,
            "place": place.name,
            "country": place.country,
            "population": place.population,
            "funds": funds,
            "cost": practice.cost,
            "paid_by": payers(practice),
            "successors": follow,
        }
    )
