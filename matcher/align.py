"""Which strategies, partnership actions and target groups an idea serves, with the words of the idea that show it.

A claim needs a part of the idea that lies near the definition, nearer than to most other entries of the list, and of
at least two telling words; a target group must also be among those understood of the idea as a whole. A strategy
that has ended is said to have ended and is never claimed; the one that followed it is named in its place.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab import Language, PartnershipAction, Strategy, TargetGroup
from corpus.vocab.labels import Term, label, terms
from matcher.answer import Aligned, Policy
from matcher.index.kept import KeptVectors
from matcher.meetings import Meetings, Part

SERVES = {Strategy: 2.3, PartnershipAction: 2.7, TargetGroup: 1.9}
"""Nearness from which a part serves an entry, in the measure of `matcher.meetings`."""
BEHIND = {Strategy: 0.4, PartnershipAction: 0.5, TargetGroup: 2.5}
"""How far an entry may lie behind the nearest one of its list."""
_TELLING = 2
"""Telling words that a part needs: a greeting is near to everything about people."""
_MOST = {Strategy: 5, PartnershipAction: 2, TargetGroup: 4}
"""Entries of a list that are named at most, nearest first."""
_NAMES = {Strategy: "strategy", PartnershipAction: "partnership_action", TargetGroup: "target_group"}


@dataclass(frozen=True, slots=True)
class _Rated:
    """An entry of a list and how near the nearest part of the idea lies."""

    kind: type[StrEnum]
    code: str
    term: Term
    nearness: float
    words: str


class Alignment:
    """Compares parts of ideas with the policy entries of the vocabulary."""

    def __init__(self, meetings: Meetings, kept: KeptVectors) -> None:
        """Take what measures nearness, and where the vectors of the definitions are kept."""
        self._meetings = meetings
        self._terms = [(kind, code, term) for kind in SERVES for code, term in terms(kind).items()]
        texts = [f"{t.label(Language.EN)}. {t.definition.get(Language.EN, '')}".strip() for _, _, t in self._terms]
        self._vectors = kept.passages("policies", texts)

    def of(self, parts: Sequence[Part], groups: Collection[TargetGroup], today: dt.date) -> Policy:
        """What the parts serve, nearest first within each list, and a paragraph that says so.

        Args:
            parts: parts of the idea.
            groups: target groups understood of the idea as a whole.
            today: the day on which a strategy must be in force.
        """
        telling = [part for part in parts if len(part.words) >= _TELLING]
        rated = self._rated(telling)
        found = [item for kind in SERVES for item in _served([r for r in rated if r.kind is kind], today)]
        items = [item for item in found if item.kind != _NAMES[TargetGroup] or item.code in groups]
        return Policy(items=tuple(items), paragraph=_paragraph(items))

    def _rated(self, parts: Sequence[Part]) -> list[_Rated]:
        """Every entry beside the part that is nearest to it."""
        if not parts:
            return []
        near = self._meetings.nearness(self._vectors, [Language.EN] * len(self._terms), parts)
        best = near.argmax(axis=1)
        nearest = np.take_along_axis(near, best[:, np.newaxis], axis=1)[:, 0]
        return [
            _Rated(*entry, round(value, 2), parts[part].text)
            for entry, value, part in zip(self._terms, nearest.tolist(), best.tolist(), strict=True)
        ]


def _served(rated: Sequence[_Rated], today: dt.date) -> list[Aligned]:
    """The entries of one list that are served, and what followed where one has ended."""
    if not rated:
        return []
    kind = rated[0].kind
    bound = max(SERVES[kind], max(item.nearness for item in rated) - BEHIND[kind])
    served = sorted((r for r in rated if r.nearness >= bound), key=lambda item: (-item.nearness, item.code))
    shown = _with_successors(served[: _MOST[kind]], rated, today)
    return [_aligned(r.kind, r.code, r.term, r.nearness, r.words, today) for r in shown]


def _with_successors(served: Sequence[_Rated], rated: Sequence[_Rated], today: dt.date) -> list[_Rated]:
    """What is served, and what followed where it has ended."""
    ended = [r.term.successor for r in served if r.term.successor and not r.term.in_force(today)]
    followed = [item for successor in ended for item in rated if item.code == successor]
    return list({item.code: item for item in (*served, *followed)}.values())


def _aligned(kind: type[StrEnum], code: str, term: Term, nearness: float, words: str, today: dt.date) -> Aligned:
    return Aligned(
        kind=_NAMES[kind],
        code=code,
        label=term.label(spoken()),
        definition=term.definition.get(spoken()) or term.definition.get(Language.EN, ""),
        excerpt=words,
        nearness=round(nearness, 2),
        in_force=term.in_force(today),
        valid_from=term.valid_from,
        valid_to=term.valid_to,
        successor=label(term.successor, spoken()) if term.successor else None,
        reference=term.official_code or term.reference,
        link=term.link,
    )


def _paragraph(items: Sequence[Aligned]) -> str:
    """Sentences for an application; only what is in force is claimed."""
    lines = []
    for item in items:
        if item.kind == "strategy" and item.in_force:
            lines.append(_("The project serves a strategy: {name}: “{words}”.", name=_name(item), words=item.excerpt))
        elif item.kind == "partnership_action":
            name = f"“{item.label}”" + (f" ({item.reference})" if item.reference else "")
            lines.append(
                _("It takes up an action of the Urban Agenda: {name}: “{words}”.", name=name, words=item.excerpt)
            )
    groups = [item for item in items if item.kind == "target_group"]
    if groups:
        named = "; ".join(f"{item.label.lower()} (“{item.excerpt}”)" for item in groups)
        lines.append(_("The people it is for: {names}.", names=named))
    return " ".join(lines)


def _name(item: Aligned) -> str:
    state = _("in force until {date}", date=formats.day(item.valid_to)) if item.valid_to else _("in force")
    return f"{item.label} ({', '.join(filter(None, (item.reference, state)))})"
