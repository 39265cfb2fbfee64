"""Practices beside a call: near the idea, and tied to the call by money, groups or subjects."""

from corpus.model import Call, Practice
from corpus.vocab import Language
from corpus.vocab.labels import label
from matcher.algorithm import Candidate, score
from matcher.answer import SimilarPractice

BESIDE_A_CALL = 3
_PAID = 2.0
_SHARED = 0.4


def similar_practices(
    call: Call | Practice, practices: list[Candidate], language: Language
) -> tuple[SimilarPractice, ...]:
    """The practices that fit both the idea and a call best, each with what ties it to the call."""
    if not isinstance(call, Call):
        return ()
    rated = []
    for candidate in practices:
        practice = candidate.record
        if isinstance(practice, Practice):
            paid, shared = _paid_by(practice, call), _shared(practice, call)
            value = score(candidate) + _PAID * paid + _SHARED * min(len(shared), 3)
            rated.append((value, practice, paid, shared))
    rated.sort(key=lambda item: (-item[0], item[1].id))
    return tuple(_view(practice, paid, shared, language) for _, practice, paid, shared in rated[:BESIDE_A_CALL])


def _paid_by(practice: Practice, call: Call) -> bool:
    return any(
        paid.call == call.id or (paid.programme is not None and paid.programme == call.programme)
        for paid in practice.paid_by
    )


def _shared(practice: Practice, call: Call) -> list[str]:
    groups = [label(group) for group in practice.target_groups if group in call.target_groups]
    subjects = [label(subject) for subject in practice.subjects if subject in call.subjects]
    return [*groups, *subjects]


def _view(practice: Practice, paid: bool, shared: list[str], language: Language) -> SimilarPractice:
    place = practice.places[0]
    why = ["paid by this call or its programme"] if paid else []
    if shared:
        why.append("same groups or subjects: " + ", ".join(shared[:4]))
    return SimilarPractice(
        id=practice.id,
        title=practice.text(practice.title, language),
        place=place.name,
        country=place.country,
        population=place.population,
        url=practice.url,
        why=tuple(why) or ("near the idea",),
    )
