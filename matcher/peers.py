"""Practices beside a call: near the idea, and tied to the call by money, groups or subjects."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call, Practice, RecordBase
from corpus.vocab import Language
from corpus.vocab.labels import label
from matcher.answer import SimilarPractice
from matcher.index.search import SearchIndex
from matcher.retrieve import Found
from matcher.triangle import payers, successors
from matcher.unpack import Floats

BESIDE_A_CALL = 3
_PASSAGES = 60
_PASSAGES_OF_CALL = 4
# In standard deviations of nearness: the same money outweighs a little more likeness, shared groups add to it.
_PAID = 1.5
_SHARED = 0.4
_HOME = 0.4


@dataclass(frozen=True, slots=True)
class Near:
    """Who asks, as far as practices of like places go first."""

    question: Floats
    country: str | None
    language: Language
    now: dt.datetime
    ahead: tuple[Call, ...] = ()
    """Calls near the idea that can be applied for now or later."""


def similar_practices(
    calls: Sequence[tuple[Call, Found]],
    index: SearchIndex,
    record: Callable[[str], RecordBase | None],
    near: Near,
) -> list[tuple[SimilarPractice, ...]]:
    """For each call the practices that lie between it and the idea, each with what ties it to the call."""
    passages = [[hit.key for hit in found.hits[:_PASSAGES_OF_CALL]] for _, found in calls]
    vectors = index.between(near.question, passages, "call")
    answers = zip(calls, vectors, index.nearest_many(vectors, "practice", _PASSAGES), strict=True)
    similar = []
    for (call, _found), vector, hits in answers:
        background = index.background(vector, "practice")
        nearness: dict[str, float] = {}
        for hit in hits:
            standard = background.standard(hit.cosine, hit.language)
            nearness[hit.record_id] = max(nearness.get(hit.record_id, standard), standard)
        similar.append(_best(call, nearness, record, near))
    return similar


def _best(
    call: Call, nearness: dict[str, float], record: Callable[[str], RecordBase | None], near: Near
) -> tuple[SimilarPractice, ...]:
    rated = []
    for name, value in nearness.items():
        practice = record(name)
        if isinstance(practice, Practice):
            paid, shared = _paid_by(practice, call), _shared(practice, call)
            home = near.country is not None and practice.places[0].country == near.country
            total = value + _PAID * paid + _SHARED * min(len(shared), 3) + _HOME * home
            rated.append((-total, practice.id, practice, paid, shared))
    rated.sort(key=lambda item: item[:2])
    return tuple(_view(practice, paid, shared, near) for _, _, practice, paid, shared in rated[:BESIDE_A_CALL])


def _paid_by(practice: Practice, call: Call) -> bool:
    return any(
        paid.call == call.id or (paid.programme is not None and paid.programme == call.programme)
        for paid in practice.paid_by
    )


def _shared(practice: Practice, call: Call) -> list[str]:
    groups = [label(group, spoken()) for group in practice.target_groups if group in call.target_groups]
    subjects = [label(subject, spoken()) for subject in practice.subjects if subject in call.subjects]
    return [*groups, *subjects]


def _view(practice: Practice, paid: bool, shared: list[str], near: Near) -> SimilarPractice:
    place = practice.places[0]
    why = [_("paid by this call or its programme")] if paid else []
    if shared:
        why.append(_("same groups or subjects: {names}", names=", ".join(shared[:4])))
    return SimilarPractice(
        id=practice.id,
        title=practice.text(practice.title, near.language),
        place=place.name,
        country=place.country,
        population=place.population,
        url=practice.url,
        why=tuple(why) or (_("near the idea"),),
        paid_by=payers(practice),
        successors=successors(practice, near.ahead, near.now),
    )
