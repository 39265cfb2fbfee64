"""How many of the truly nearest passages the vector index finds: Chroma beside exact search, on real vectors.

    python -m bench.recall

The questions are the ideas of the speed bench and passages of the collection itself, moved a little at random.
"""

import numpy as np

from bench.speed import IDEAS
from matcher.embed import build_embedder
from matcher.index.build import current_folder
from matcher.index.copies import copy_of
from matcher.index.dense import DenseIndex, connect
from matcher.index.entries import read_entries
from matcher.index.plan import KINDS
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


def recall(dense: DenseIndex, keys: list[str], ideas: Floats, depth: int) -> float:
    """Mean share of the exactly nearest passages that the index returns."""
    found = dense.vectors(keys)
    names = np.array(list(found))
    vectors = np.stack(list(found.values()))
    asked = questions(vectors, ideas)
    answers = dense.nearest_many(list(asked), depth)
    shares = []
    for question, answer in zip(asked, answers, strict=True):
        exact = set(names[np.argsort(-(vectors @ question))[:depth]])
        shares.append(len(exact & {key for key, _ in answer}) / min(depth, len(names)))
    return float(np.mean(shares))


def main() -> None:
    """Measure the index in use."""
    settings = MatcherSettings()
    folder = current_folder(settings.index)
    if folder is None:
        raise SystemExit(f"there is no index in {settings.index}; run `isopolis index`")
    embedder = build_embedder(settings)
    ideas = np.stack([embedder.query(idea) for idea in IDEAS])
    client = connect(copy_of(folder) or settings.chroma, settings.chroma_url)
    entries = read_entries(folder / "entries.tsv").values()
    for kind in KINDS:
        keys = list(dict.fromkeys(key for entry in entries if entry.kind == kind for key in entry.keys))
        dense = DenseIndex(client, kind, embedder.name)
        for depth in (10, 50, PASSAGES):
            print(f"{kind:9} {len(keys):7} passages   recall at {depth:3}: {recall(dense, keys, ideas, depth):.4f}")


if __name__ == "__main__":
    main()
