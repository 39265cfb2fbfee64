"""nDCG@10 of what people are shown, idea by idea, and how far each language stays behind English."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from bench.ideas.files import Idea
from corpus.vocab import Language
from matcher.engine import Matcher
from matcher.metrics import RESAMPLES, ndcg
from matcher.query import IdeaQuery

DAY = dt.date(2026, 11, 23)
"""Day of asking: timing is a part of the order, so that it must not move."""
DEPTH = 10
KINDS = ("call", "practice")

Grades = Mapping[str, Mapping[str, int]]


class Shown(NamedTuple):
    """The ids shown for an idea, of one kind of record, best first."""

    idea: str
    language: Language
    kind: str
    ids: tuple[str, ...]


class Relative(NamedTuple):
    """A language beside English on the same ideas: mean of nDCG@10, its ratio, and the interval of the ratio."""

    language: Language
    mean: float
    ratio: float
    low: float
    high: float


def ask(matcher: Matcher, ideas: Iterable[Idea]) -> Iterator[Shown]:
    """Ask every idea as a person would who says nothing of themselves; the language is recognised."""
    for idea in ideas:
        answer = matcher.match(IdeaQuery(text=idea.text, as_of=DAY, limit=DEPTH, explain=False))
        yield Shown(idea.name, idea.language, "call", tuple(match.id for match in answer.calls))
        yield Shown(idea.name, idea.language, "practice", tuple(match.id for match in answer.practices))


def by_kind(grades: Grades, calls: frozenset[str]) -> dict[tuple[str, str], dict[str, int]]:
    """Grades by idea and kind of record."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for idea, of_idea in grades.items():
        for record, grade in of_idea.items():
            found.setdefault((idea, "call" if record in calls else "practice"), {})[record] = grade
    return found


def score(shown: Shown, grades: Mapping[tuple[str, str], dict[str, int]]) -> float:
    """nDCG@10 of one list."""
    return ndcg(shown.ids, grades.get((shown.idea, shown.kind), {}), DEPTH)


def relative(scores: Mapping[tuple[str, Language], float]) -> list[Relative]:
    """Each language beside English; `scores` holds the mean over kinds by idea and language."""
    ideas = sorted({idea for idea, _ in scores})
    languages = sorted({language for _, language in scores} - {Language.EN})
    return [_relative(language, ideas, scores) for language in languages]


def _relative(language: Language, ideas: Sequence[str], scores: Mapping[tuple[str, Language], float]) -> Relative:
    pairs = [(scores[idea, language], scores[idea, Language.EN]) for idea in ideas]
    random = Random(0)  # noqa: S311  a fixed seed on purpose: this is statistics, not secrecy
    ratios = sorted(_ratio(random.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    cut = RESAMPLES // 40
    mean = sum(mine for mine, _ in pairs) / len(pairs)
    return Relative(language, mean, _ratio(pairs), ratios[cut], ratios[-1 - cut])


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    english = sum(theirs for _, theirs in pairs)
    return sum(mine for mine, _ in pairs) / english if english else 0.0
