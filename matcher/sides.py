"""Place or people: which side of the funds a part of an idea belongs to, by the work that the law pays for."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from corpus.messages import gettext as _
from corpus.parts import Frozen, Text, Url
from corpus.vocab import Fund
from matcher.answer import Law, SidedPart
from matcher.index.kept import KeptVectors
from matcher.unpack import Floats

MARGIN = 0.012
"""By how much nearer (cosine) the work of one side must lie; else the side is not clear (bench/sides.py)."""

Side = Literal["place", "people"]


class Work(Frozen):
    """A kind of work, the side that it belongs to, and the law that pays for it."""

    side: Side
    text: Text
    law: Text


class Act(Frozen):
    """A provision: what it is called, where it stands, and when a person read it (never: it is only cited)."""

    title: Text
    url: Url
    read_on: dt.date | None = None


class CumulationRule(Law):
    """A rule on double funding. Without funds it holds for all; else where one of them is combined."""

    id: Text
    funds: tuple[Fund, ...] | None = Field(default=None)


class Basis(Frozen):
    """The file `combining.yml`."""

    place_funds: tuple[Fund, ...]
    people_funds: tuple[Fund, ...]
    work: tuple[Work, ...]
    laws: dict[Text, Act]
    rules: tuple[CumulationRule, ...]

    def sentences(self) -> Iterator[str]:
        """What people read of it, in English; said through the catalogs."""
        yield from (work.text for work in self.work)
        yield from (act.title for act in self.laws.values())
        for rule in self.rules:
            yield from (rule.text, rule.title)


@cache
def basis() -> Basis:
    """What combining rests on.

    Raises:
        ValidationError: the shipped file is broken.
    """
    text = Path(__file__).with_name("combining.yml").read_text(encoding="utf-8")
    return Basis.model_validate(yaml.load(text, yaml.CSafeLoader))


class Sides:
    """Tells the sides of parts of ideas."""

    def __init__(self, kept: KeptVectors) -> None:
        """Take where the vectors of the kinds of work are kept."""
        self._vectors = kept.passages("work", [work.text for work in basis().work])

    def of(self, text: str, vector: Floats) -> SidedPart:
        """The side of a part, with the work that it is nearest to; no side where both lie alike."""
        cosines = self._vectors @ vector
        work = basis().work
        best = {side: max(range(len(work)), key=lambda n: (work[n].side == side, cosines[n])) for side in _SIDES}
        ahead = float(cosines[best["place"]] - cosines[best["people"]])
        side: Side | None = "place" if ahead >= MARGIN else "people" if -ahead >= MARGIN else None
        if side is None:
            return SidedPart(part=text, side=None, margin=round(ahead, 3), law=None)
        nearest = work[best[side]]
        act = basis().laws[nearest.law]
        law = Law(text=_(nearest.text), title=_(act.title), url=act.url, read_on=act.read_on)
        return SidedPart(part=text, side=side, margin=round(ahead, 3), law=law)


_SIDES: tuple[Side, ...] = ("place", "people")
