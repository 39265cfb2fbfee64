"""Practices beside a call: near the idea, and tied to the call by money, groups or subjects."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call, Practice, RecordBase
from corpus.vocab import Language
from corpus.vocab.labels import label
from matcher.answer import SimilarPractice, Successor
from matcher.coded import rows_of
from matcher.index.search import PassageHit, SearchIndex
from matcher.once import once
from matcher.retrieve import Found
from matcher.triangle import Ahead, payers, successors
from matcher.unpack import Floats

BESIDE_A_CALL = 3
_PASSAGES_OF_CALL = 4
# In standard deviations of nearness: the same money outweighs a little more likeness, shared groups add to it.
_PAID = 1.5
_SHARED = 0.4
_HOME = 0.4
_MOST_SHARED = 3

_Name = tuple[str, str]
"""A call or a programme by its kind and id."""


@dataclass(frozen=True, slots=True)
class Near:
    """Who asks, as far as practices of like places go first."""

    question: Floats
    country: str | None
    language: Language
    now: dt.datetime
    ahead: Ahead = field(default_factory=Ahead)
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
    # By name, so that of equals the first by name leads.
    found = map(record, sorted({hit.record_id for hit in near.passages}))
    beside = [item for item in found if isinstance(item, Practice)]
    if not calls or not beside:
        return [() for _call in calls]
    keys = [[hit.key for hit in found.hits[:_PASSAGES_OF_CALL]] for _call, found in calls]
    middles = index.between(near.question, keys)
    nearness = _nearness(middles, beside, index, near.passages)
    totals = nearness + _ties([call for call, _found in calls], beside, near.country)
    follow = cache(lambda place: successors(beside[place], near.ahead, near.now))
    return [
        tuple(_view(beside[place], call, near, follow(place)) for place in row)
        for (call, _found), row in zip(calls, _first(totals), strict=True)
    ]


def _nearness(
    middles: Sequence[Floats], practices: Sequence[Practice], index: SearchIndex, hits: Sequence[PassageHit]
) -> Floats:
    """How near each practice (column) is to what lies between the idea and each call (row), by its best passage."""
    rows = {practice.id: row for row, practice in enumerate(practices)}
    hits = [hit for hit in hits if hit.record_id in rows]
    languages = {language: place for place, language in enumerate({hit.language for hit in hits})}
    cosines = index.vectors([hit.key for hit in hits]) @ np.stack(middles).T
    backgrounds = index.backgrounds(np.stack(middles), "practice")
    nothing = np.array([found.standards(0.0, languages) for found in backgrounds]).T
    standards = cosines / [found.spread for found in backgrounds] + nothing[[languages[hit.language] for hit in hits]]
    # Passages of one practice stand beside each other, so that the best of each is found at once.
    owners = np.array([rows[hit.record_id] for hit in hits])
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(len(practices)))
    best: Floats = np.maximum.reduceat(standards[order], starts, axis=0).T.astype(np.float32)
    return best


def _first(totals: Floats) -> list[list[int]]:
    """Places of the practices that lead beside each call (row), equals in their order."""
    first: list[list[int]] = np.argsort(-totals, axis=1, kind="stable")[:, :BESIDE_A_CALL].tolist()
    return first


def _ties(calls: Sequence[Call], practices: Sequence[Practice], country: str | None) -> Floats:
    """What ties each practice (column) to each call (row) and to who asks, in standard deviations of nearness."""
    shared = rows_of(calls) @ rows_of(practices).T
    paid = np.array(_paid([_names(call) for call in calls], [_payers(practice) for practice in practices]), np.float32)
    home = np.array([country is not None and p.places[0].country == country for p in practices], np.float32)
    ties: Floats = _PAID * paid + _SHARED * np.minimum(shared, _MOST_SHARED) + _HOME * home
    return ties


def _paid(calls: Sequence[tuple[_Name, ...]], payers: Sequence[frozenset[_Name]]) -> list[list[bool]]:
    """For each call of which practices it is known that the call, or its programme, paid."""
    return [[not paid.isdisjoint(names) for paid in payers] for names in calls]


def _payers_of(practice: Practice) -> frozenset[_Name]:
    calls = {("call", paid.call) for paid in practice.paid_by if paid.call is not None}
    return frozenset(calls | {("programme", paid.programme) for paid in practice.paid_by if paid.programme is not None})


_payers = once(_payers_of)
"""Calls and programmes that paid for a practice, as far as its record says."""


def _names_of(call: Call) -> tuple[_Name, ...]:
    return (("call", call.id), *((("programme", call.programme),) if call.programme is not None else ()))


_names = once(_names_of)
"""By which names a practice may say that a call, or its programme, paid."""


def _shared(practice: Practice, call: Call) -> list[str]:
    language = spoken()
    groups = [_label(group, language) for group in practice.target_groups if group in call.target_groups]
    subjects = [_label(subject, language) for subject in practice.subjects if subject in call.subjects]
    return [*groups, *subjects]


_label = cache(label)


def _view(practice: Practice, call: Call, near: Near, follow: tuple[Successor, ...]) -> SimilarPractice:
    place, shared = practice.places[0], _shared(practice, call)
    paid = not _payers(practice).isdisjoint(_names(call))
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
        successors=follow,
    )
