"""How many of the truly nearest passages a search finds, beside looking at all of them, on real vectors.

    python -m bench.recall

The questions are the ideas of the speed bench and passages of the collection itself, moved a little at random.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.speed import IDEAS
from matcher.assemble import open_matcher
from matcher.embed import Embedder
from matcher.index.build import current_folder
from matcher.index.entries import read_entries
from matcher.index.exact import MOST as COMPARED
from matcher.index.plan import KINDS
from matcher.index.search import SearchIndex
from matcher.retrieve import PASSAGES
from matcher.settings import MatcherSettings
from matcher.unpack import Floats

QUESTIONS = 200
NOISE = 0.03
"""Spread of the shift of each component: enough to leave the passage itself, not its subject."""


def questions(vectors: Floats, ideas: Floats) -> Floats:
    """Vectors to ask with: the ideas, and passages moved at random (always the same way)."""
    random = np.random.default_rng(0)
    chosen = vectors[random.choice(len(vectors), min(QUESTIONS, len(vectors)), replace=False)]
    moved = chosen + random.normal(0, NOISE, chosen.shape).astype(np.float32)
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    return np.vstack([ideas, moved]).astype(np.float32)


def recall(index: SearchIndex, kind: str, keys: list[str], ideas: Floats, depth: int) -> float:
    """Mean share of the exactly nearest passages that a search returns."""
    names, vectors = np.array(keys), index.vectors(keys)
    asked = questions(vectors, ideas)
    answers = index.nearest_many(list(asked), kind, depth)
    shares = []
    for question, answer in zip(asked, answers, strict=True):
        exact = set(names[np.argsort(-(vectors @ question))[:depth]].tolist())
        shares.append(len(exact & {hit.key for hit in answer}) / min(depth, len(names)))
    return float(np.mean(shares))


def print_recall(index: SearchIndex, folder: Path, embedder: Embedder, depths: Sequence[int]) -> None:
    """Recall of an index in a folder for each kind of record at some depths."""
    ideas = np.stack([embedder.query(idea) for idea in IDEAS])
    entries = read_entries(folder / "entries.tsv").values()
    for kind in KINDS:
        keys = list(dict.fromkeys(key for entry in entries if entry.kind == kind for key in entry.keys))
        how = "all compared" if len(keys) <= COMPARED else "Chroma"
        for depth in depths:
            found = recall(index, kind, keys, ideas, depth)
            print(f"{kind:9} {len(keys):7} passages ({how})   recall at {depth:3}: {found:.4f}")


def main() -> None:
    """Measure the index in use."""
    settings = MatcherSettings()
    folder = current_folder(settings.index)
    if folder is None:
        raise SystemExit(f"there is no index in {settings.index}; run `isopolis index`")
    matcher = open_matcher(settings)
    print_recall(matcher.index, folder, matcher.embedder, (10, 50, PASSAGES))
    matcher.close()


if __name__ == "__main__":
    main()
