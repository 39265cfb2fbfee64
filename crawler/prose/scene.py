"""One sentence with all that was found in it, as the rules get it."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.prose.assign import OTHER, Assigner, Choice
from crawler.prose.bounds import Bound, BoundReader, Reach
from crawler.prose.kinds import Kind, ProseFact, Value
from crawler.prose.mentions import Mention, Sort
from crawler.prose.numbers import Number
from crawler.prose.phrases import Found
from crawler.prose.sentences import Unit

GUESSED = 100.0
"""What a reading loses in which something is only inferred."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence: its mentions by sort, its plain numbers, its bounds."""

    unit: Unit
    small: str
    mentions: dict[Sort, list[Mention]]
    numbers: list[Number]
    bounds: list[Found[Reach]]
    reader: BoundReader
    language: str

    def bound(self, mention: Mention) -> Bound | None:
        """Whether a mention is a least or a most."""
        return self.reader.near(mention, self.mentions[mention.sort], self.bounds, self.small)

    def is_ceiling(self, mention: Mention) -> bool:
        """Whether both ends of a range are ceilings: `the longest duration is 24 to 36 months`."""
        return mention.is_range and self.reader.is_ceiling(mention, self.bounds, self.small)

    def rated(self, sort: Sort, assigner: Assigner) -> list[tuple[Mention, Choice | None]]:
        """Mentions of a sort with the matter that each belongs to; None: nothing says which."""
        mentions = self.mentions[sort]
        cues = assigner.cues(self.small) if mentions else []
        return [(mention, assigner.choose(mention, mentions, self.unit, cues)) for mention in mentions]

    def chosen(self, sort: Sort, assigner: Assigner) -> list[tuple[Mention, Choice]]:
        """Mentions of a sort that belong to a matter of a call, with that matter."""
        return [(m, choice) for m, choice in self.rated(sort, assigner) if choice and choice.topic != OTHER]

    def supposed(self, sort: Sort, assigner: Assigner, topic: str) -> list[tuple[Mention, Choice]]:
        """As `chosen`; a mention that nothing is near counts for a topic where it is a bound or a range.

        Texts give few bounds that are none of a call. Such readings count only where no sentence says more.
        """
        return [
            (mention, choice or Choice(topic, "bound alone", -GUESSED))
            for mention, choice in self.rated(sort, assigner)
            if (choice and choice.topic != OTHER) or (choice is None and (mention.is_range or self.bound(mention)))
        ]

    def fact(
        self, kind: Kind, value: Value, why: Choice, place: Mention, *, strict: bool = False, plain: bool = False
    ) -> "Reading":
        """A reading with the sentence as its excerpt."""
        span = (self.unit.start + place.start, self.unit.start + place.end)
        rule = f"{self.language}.{kind}.{_name(why.phrase)}"
        return Reading(ProseFact(kind, value, self.unit.text, rule, span, strict), why.points, plain)


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact as one sentence says it, and how surely; a `plain` amount has no word that makes it a least or a most."""

    fact: ProseFact
    points: float
    plain: bool = False


def _name(phrase: str) -> str:
    return "-".join("".join(c for c in word if c.isalnum() or c in "|-") for word in phrase.split()).strip("-")[:40]


def hull(mentions: Sequence[Mention]) -> tuple[int, int]:
    """From the first to the last of some mentions."""
    return min(m.start for m in mentions), max(m.end for m in mentions)
