"""Fit the weights of the features that speak of the subject on benchmark folders.

    python -m bench.train_ranking ../shared/eval

The weights make the right documents likely among the candidates of production (softmax over them, each benchmark
counting the same, weights held small and not negative). Each benchmark is then measured with weights fitted on all
others: what that loses against weights fitted on all is what the fit knows of its own data. The script prints; the
weights in `matcher/algorithm.py` are these, rounded, and changed by hand only.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.ids import encode
from matcher.algorithm import FEATURES, Feature
from matcher.beir import folders, read_benchmark
from matcher.embed import Embedder, build_embedder
from matcher.evaluate import PREFIX, as_candidates, as_question, open_index
from matcher.metrics import ndcg
from matcher.retrieve import retrieve
from matcher.settings import MatcherSettings

QUESTIONS = 300
"""Of each benchmark, chosen at random (always the same)."""
STEPS, RATE, SMALL = 400, 0.3, 0.02

FITTED: tuple[Feature, ...] = tuple(f for f in FEATURES if f.about_subject and f.name != "codes")
"""Benchmarks have no codes: that weight stays as it is set."""


class Asked(NamedTuple):
    """A question: its candidates' features, their grades, and the grades of all documents."""

    values: np.ndarray
    grades: np.ndarray
    right: dict[str, int]


def asked(folder: Path, settings: MatcherSettings, embedder: Embedder) -> list[Asked]:
    """Some questions of a benchmark with what production finds for them."""
    benchmark = read_benchmark(folder)
    snapshot, index = open_index(benchmark, settings.home, embedder)
    names = {PREFIX + encode(document.id): document.id for document in benchmark.documents}
    random = np.random.default_rng(0)
    chosen = random.permutation(len(benchmark.questions))[:QUESTIONS]
    rows = []
    for place in chosen:
        question = benchmark.questions[place]
        found = as_candidates(retrieve(index, as_question(question, False, embedder), "call"), snapshot.get)
        right = benchmark.judgements[question.id]
        values = np.array([[feature.measure(c) for feature in FITTED] for c in found])
        rows.append(Asked(values, np.array([right.get(names[c.record.id], 0) for c in found]), right))
    return rows


def fit(benchmarks: Sequence[list[Asked]], scale: np.ndarray) -> np.ndarray:
    """Weights by projected gradient steps with momentum from Adam (Kingma and Ba 2015)."""
    weights = np.full(len(FITTED), 0.3)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = -2 * SMALL * weights
        for rows in benchmarks:
            slope += sum(_slope(row, weights, scale) for row in rows) / len(rows) / len(benchmarks)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = RATE / np.sqrt(step)
        weights = np.maximum(weights + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8), 0)
    return weights / scale


def _slope(row: Asked, weights: np.ndarray, scale: np.ndarray) -> np.ndarray:
    if not row.grades.sum():
        return np.zeros(len(weights))
    values = row.values / scale
    scores = values @ weights
    likely = np.exp(scores - scores.max())
    return np.asarray((row.grades / row.grades.sum() - likely / likely.sum()) @ values)


def measured(rows: list[Asked], weights: np.ndarray) -> float:
    """Mean nDCG@10."""
    total = 0.0
    for row in rows:
        order = np.argsort(-(row.values @ weights), kind="stable")
        grades = {str(place): int(grade) for place, grade in enumerate(row.grades) if grade}
        # Right documents that were not found lower the best that can be reached: they keep a name of their own.
        missing = sorted(row.right.values())[: len(row.right) - len(grades)]
        grades |= {f"missing {place}": grade for place, grade in enumerate(missing)}
        total += ndcg([str(place) for place in order], grades, 10)
    return total / len(rows)


def main() -> None:
    """Fit on all, and on all but each."""
    settings = MatcherSettings()
    embedder = build_embedder(settings)
    names = folders(Path(sys.argv[1]))
    data = {folder.name: asked(folder, settings, embedder) for folder in names}
    scale = np.vstack([row.values for rows in data.values() for row in rows]).std(axis=0)
    weights = fit(list(data.values()), scale)
    used = np.array([feature.weight for feature in FITTED])
    for feature, weight in zip(FITTED, weights, strict=True):
        print(f"{feature.name:8} fitted {weight:7.3f}   in use {feature.weight:7.3f}")
    print(f"\n{'benchmark':18} {'in use':>8} {'on all':>8} {'on others':>10}")
    for name, rows in data.items():
        # Two languages of one set are one set: neither is left to the fit of the other.
        others = [data[other] for other in data if other.split("_")[0] != name.split("_")[0]]
        print(
            f"{name:18} {measured(rows, used):8.4f} {measured(rows, weights):8.4f} "
            f"{measured(rows, fit(others, scale)):10.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
