"""Which strategies, partnership actions and target groups an idea serves, with the words of the idea that show it.

A claim needs a part of the idea that lies near the definition, nearer than to most other entries of the list, and of
at least two telling words; a target group must also be among those understood of the idea as a whole. A strategy
that has ended is said to have ended and is never claimed; the one that followed it is named in its place.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import cached_property

import numpy as np

from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab import Language, PartnershipAction, Strategy, TargetGroup
from corpus.vocab.labels import Term, label, terms
from matcher.answer import Aligned, Policy
from matcher.embed import Embedder
from matcher.meetings import Meetings, Part
from matcher.unpack import Floats

SERVES = {Strategy: 2.3, PartnershipAction: 2.7, TargetGroup: 1.9}
"""Nearness from which a part serves an entry, in the measure of `matcher.meetings`."""
BEHIND = {Strategy: 0.4, PartnershipAction: 0.5, TargetGroup: 2.5}
"""How far an entry may lie behind the nearest one of its list."""
_TELLING = 2
"""Telling words that a part needs: a greeting is near to everything about people."""
_MOST = {Strategy: 5, PartnershipAction: 2, TargetGroup: 4}
"""Entries of a list that are named at most, nearest first."""
_Entry = tuple[type[StrEnum], str, Term, Floats]
_NAMES = {Strategy: "strategy", PartnershipAction: "partnership_action", TargetGroup: "target_group"}


class Alignment:
    """Compares parts of ideas with the policy entries of the vocabulary."""

    def __init__(self, meetings: Meetings, embedder: Embedder) -> None:
        """Take what measures nearness, and the model for the definitions."""
        self._meetings = meetings
        self._embedder = embedder

    @cached_property
    def _entries(self) -> list[_Entry]:
        found = [(kind, code, term) for kind in SERVES for code, term in terms(kind).items()]
        texts = [f"{t.label(Language.EN)}. {t.definition.get(Language.EN, '')}".strip() for _, _, t in found]
        vectors = np.empty((len(texts), self._embedder.dimension), np.float32)
        for place, vector in self._embedder.passages(texts):
            vectors[place] = vector
        return [(*entry, vector) for entry, vector in zip(found, vectors, strict=True)]

    def warm_up(self) -> None:
        """Embed the definitions."""
        _ = self._entries

    def of(self, parts: Sequence[Part], groups: Collection[TargetGroup], today: dt.date) -> Policy:
        """What the parts serve, nearest first within each list, and a paragraph that says so.

        Args:
            parts: parts of the idea.
            groups: target groups understood of the idea as a whole.
            today: the day on which a strategy must be in force.
        """
        telling = [part for part in parts if len(part.words) >= _TELLING]
        found = [item for kind in SERVES for item in self._list(kind, telling, today)]
        items = [item for item in found if item.kind != _NAMES[TargetGroup] or item.code in groups]
        return Policy(items=tuple(items), paragraph=_paragraph(items))

    def _list(self, kind: type[StrEnum], parts: Sequence[Part], today: dt.date) -> list[Aligned]:
        rated = [self._rated(entry, parts, today) for entry in self._entries if entry[0] is kind] if parts else []
        bound = max([SERVES[kind], *(item.nearness - BEHIND[kind] for item in rated)])
        served = sorted((r for r in rated if r.nearness >= bound), key=lambda item: (-item.nearness, item.code))
        return _with_successors(served[: _MOST[kind]], rated)

    def _rated(self, entry: _Entry, parts: Sequence[Part], today: dt.date) -> Aligned:
        kind, code, term, vector = entry
        nearness, words = max((self._meetings.nearness(vector, Language.EN, part), part.text) for part in parts)
        return _aligned(kind, code, term, nearness, words, today)


def _with_successors(served: list[Aligned], rated: Sequence[Aligned]) -> list[Aligned]:
    """What is served, and what followed where it has ended."""
    names = {item.label: item for item in rated}
    followed = [names[item.successor] for item in served if item.successor and not item.in_force]
    return list(dict.fromkeys((*served, *followed)))


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
