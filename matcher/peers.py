"""Practices beside a call: near the idea, and tied to the call by money, groups or subjects."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call, Practice, RecordBase
from corpus.vocab import Language
from corpus.vocab.labels import label
from matcher.answer import SimilarPractice
from matcher.index.search import PassageHit, SearchIndex
from matcher.once import once
from matcher.retrieve import Found
from matcher.triangle import payers, successors
from matcher.unpack import Floats

BESIDE_A_CALL = 3
_PASSAGES_OF_CALL = 4
# In standard deviations of nearness: the same money outweighs a little more likeness, shared groups add to it.
_PAID = 1.5
_SHARED = 0.4
_HOME = 0.4
_MOST_SHARED = 3


@dataclass(frozen=True, slots=True)
class Near:
    """Who asks, as far as practices of like places go first."""

    question: Floats
    country: str | None
    language: Language
    now: dt.datetime
    ahead: tuple[Call, ...] = ()
    """Calls near the idea that can be applied for now or later."""
    passages: tuple[PassageHit, ...] = ()
    """Passages of practices near the idea."""


def similar_practices(
    calls: Sequence[tuple[Call, Found]],
    index: SearchIndex,
    record: Callable[[str], RecordBase | None],
    near: Near,
) -> list[tuple[SimilarPractice, ...]]:
    """For each call the practices that lie between it and the idea, each with what ties it to the call."""
    found = map(record, dict.fromkeys(hit.record_id for hit in near.passages))
    beside = [item for item in found if isinstance(item, Practice)]
    if not calls or not beside:
        return [() for _call in calls]
    keys = [[hit.key for hit in found.hits[:_PASSAGES_OF_CALL]] for _call, found in calls]
    middles = index.between(near.question, keys)
    nearness = _nearness(middles, beside, index, near.passages)
    totals = nearness + np.array([_ties(call, beside, near.country) for call, _found in calls])
    return [
        tuple(_view(beside[place], call, near) for place in _first(row, beside))
        for (call, _found), row in zip(calls, totals, strict=True)
    ]


def _nearness(
    middles: Sequence[Floats], practices: Sequence[Practice], index: SearchIndex, hits: Sequence[PassageHit]
) -> Floats:
    """How near each practice (column) is to what lies between the idea and each call (row), by its best passage."""
    rows = {practice.id: row for row, practice in enumerate(practices)}
    hits = [hit for hit in hits if hit.record_id in rows]
    languages = sorted({hit.language for hit in hits})
    cosines = index.vectors([hit.key for hit in hits]) @ np.stack(middles).T
    backgrounds = [index.background(middle, "practice") for middle in middles]
    nothing = np.array([[found.standard(0.0, language) for found in backgrounds] for language in languages])
    standards = cosines / [found.spread for found in backgrounds] + nothing[[languages.index(h.language) for h in hits]]
    best = np.full((len(practices), len(middles)), -np.inf)
    np.maximum.at(best, [rows[hit.record_id] for hit in hits], standards)
    return best.T.astype(np.float32)


def _first(totals: Floats, practices: Sequence[Practice]) -> list[int]:
    """Places of the practices that lead, equals by name."""
    return sorted(range(len(totals)), key=lambda place: (-totals[place], practices[place].id))[:BESIDE_A_CALL]


def _ties(call: Call, practices: Sequence[Practice], country: str | None) -> Floats:
    """What ties each practice to a call and to who asks, in standard deviations of nearness."""
    mine = frozenset((*call.target_groups, *call.subjects))
    shared = np.array([len(mine & _codes(practice)) for practice in practices], np.float32)
    paid = np.array([_paid_by(practice, call) for practice in practices], np.float32)
    home = np.array([country is not None and p.places[0].country == country for p in practices], np.float32)
    ties: Floats = _PAID * paid + _SHARED * np.minimum(shared, _MOST_SHARED) + _HOME * home
    return ties


def _codes_of(practice: Practice) -> frozenset[str]:
    return frozenset((*practice.target_groups, *practice.subjects))


_codes = once(_codes_of)
"""Groups and subjects of a practice."""


def _paid_by(practice: Practice, call: Call) -> bool:
    return any(
        paid.call == call.id or (paid.programme is not None and paid.programme == call.programme)
        for paid in practice.paid_by
    )


def _shared(practice: Practice, call: Call) -> list[str]:
    groups = [label(group, spoken()) for group in practice.target_groups if group in call.target_groups]
    subjects = [label(subject, spoken()) for subject in practice.subjects if subject in call.subjects]
    return [*groups, *subjects]


def _view(practice: Practice, call: Call, near: Near) -> SimilarPractice:
    place, paid, shared = practice.places[0], _paid_by(practice, call), _shared(practice, call)
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
