"""Measures of a ranking, each over one question (Järvelin and Kekäläinen 2002 for nDCG), and their spread."""

import math
from collections.abc import Sequence
from random import Random

RESAMPLES = 1000
"""Bootstrap samples behind an interval (Efron 1979)."""


def ndcg(ranking: Sequence[str], grades: dict[str, int], depth: int) -> float:
    """Discounted gain of the first documents, as a share of the best possible."""
    gain = sum(grades.get(d, 0) / math.log2(place + 1) for place, d in enumerate(ranking[:depth], 1))
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:depth]
    ideal = sum(grade / math.log2(place + 1) for place, grade in enumerate(best, 1))
    return gain / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: dict[str, int], depth: int) -> float:
    """One divided by the place of the first right document, 0 when there is none among the first."""
    return next((1 / place for place, d in enumerate(ranking[:depth], 1) if grades.get(d, 0) > 0), 0.0)


def recall(ranking: Sequence[str], grades: dict[str, int], depth: int) -> float:
    """Share of the right documents that are among the first."""
    right = {document for document, grade in grades.items() if grade > 0}
    return len(right & set(ranking[:depth])) / len(right) if right else 0.0


def measures(ranking: Sequence[str], grades: dict[str, int]) -> dict[str, float]:
    """All measures of one question."""
    return {
        "ndcg@10": ndcg(ranking, grades, 10),
        "mrr@10": reciprocal_rank(ranking, grades, 10),
        "hit@1": recall(ranking, grades, 1) and 1.0,
        "recall@10": recall(ranking, grades, 10),
        "recall@100": recall(ranking, grades, 100),
    }


def interval(values: Sequence[float], share: float = 0.95) -> tuple[float, float]:
    """Bootstrap interval of the mean; always the same for the same values."""
    if not values:
        return 0.0, 0.0
    random = Random(0)  # noqa: S311  a fixed seed on purpose: this is statistics, not secrecy
    means = sorted(sum(random.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
    cut = int(RESAMPLES * (1 - share) / 2)
    return means[cut], means[-1 - cut]
