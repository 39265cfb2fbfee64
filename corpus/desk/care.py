"""Care for what is public: what is past its date has to be looked at again, and what is missing is said."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.desk import audit
from corpus.desk.errors import ConflictError
from corpus.desk.items import Items, Seen
from corpus.desk.rights import Action, Actor, DeskRole
from corpus.desk.rows import Item
from corpus.desk.workflow import State
from corpus.model import Practice
from corpus.vocab import TargetGroup, Theme
from corpus.vocab.places import EU27

PROGRAM = Actor(audit.PROGRAM, DeskRole.ADMINISTRATOR)
"""The program itself, when no person acts."""
PER_COUNTRY, PER_ENTRY = 3, 8
"""Practices that the collection aims at for every country of the Union, and for every theme and target group."""


def expire(items: Items, now: dt.datetime) -> list[Item]:
    """Move what is past its date to `needs revalidation`, signed by the program; gives what moved.

    What has a newer version on its way is left alone: people look at it anyway.
    """
    moved = []
    for item in items.due(now):
        if item.standing.state is State.PUBLISHED and item.revalidate_by is not None:
            reason = f"good until {item.revalidate_by.date().isoformat()}"
            try:
                moved.append(items.act(PROGRAM, Action.EXPIRE, Seen(item.id, item.revision), now, reason))
            except ConflictError:  # somebody does something with it right now: the next run looks again
                continue
    return moved


@dataclass(frozen=True, slots=True)
class Gap:
    """An entry of a list with fewer practices than the collection aims at."""

    code: str
    there: int
    aim: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing, the emptiest first."""

    countries: tuple[Gap, ...]
    themes: tuple[Gap, ...]
    groups: tuple[Gap, ...]


def gaps(practices: Iterable[Practice]) -> Gaps:
    """For which countries, themes and target groups there are fewer practices than aimed at."""
    countries: Counter[str] = Counter()
    themes: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for practice in practices:
        countries.update({place.country for place in practice.places})
        themes.update(theme.value for theme in set(practice.themes))
        groups.update(group.value for group in set(practice.target_groups))
    return Gaps(
        _below(countries, sorted(EU27), PER_COUNTRY),
        _below(themes, [theme.value for theme in Theme], PER_ENTRY),
        _below(groups, [group.value for group in TargetGroup], PER_ENTRY),
    )


def _below(there: Counter[str], codes: Iterable[str], aim: int) -> tuple[Gap, ...]:
    return tuple(sorted((Gap(c, there[c], aim) for c in codes if there[c] < aim), key=lambda gap: gap.there))
