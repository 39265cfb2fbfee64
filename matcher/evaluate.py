"""Measure the production retrieval on a benchmark: the same index, the same candidates, the same features.

Documents become call records in a snapshot of their own, kept under the home folder by content, so that a
second run embeds nothing.
"""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from corpus.ids import encode
from corpus.model import Call, RecordBase
from corpus.parts import Method, Source
from corpus.snapshot import Snapshot, write_snapshot
from corpus.vocab import Fund, Language
from matcher.algorithm import FEATURES, Candidate, estimate_words
from matcher.beir import Benchmark, Item
from matcher.embed import Embedder
from matcher.index.build import build_index
from matcher.index.dense import connect
from matcher.index.fill import Progress
from matcher.index.search import SearchIndex
from matcher.language import detect
from matcher.metrics import interval, measures
from matcher.query import MAX_IDEA
from matcher.retrieve import Found, Question, prepare, retrieve

DEPTH = 100
SYSTEMS = ("words", "vectors", "hybrid", "full")

_HYBRID = frozenset(("meaning", "words", "share"))
_FULL = frozenset(feature.name for feature in FEATURES if feature.about_subject)

_RARE = 0.05
"""Share of the documents below which a language is taken for a mistake."""
PREFIX = "isopolis."
"""What the ids of documents begin with as records."""


def languages_of(documents: Sequence[Item]) -> list[Language]:
    """Language of each document: the one it states, else the one that is recognised.

    A title of three words is often taken for another language. One that few documents seem to have is given up for
    the one that most have.
    """
    seen = [document.language or _recognised(document.whole) or Language.EN for document in documents]
    counts = Counter(seen)
    most = counts.most_common(1)[0][0] if counts else Language.EN
    return [name if counts[name] >= _RARE * len(seen) else most for name in seen]


def _recognised(text: str) -> Language | None:
    found = detect(text)
    return found.language if found else None


def _record(document: Item, language: Language) -> Call:
    source = Source(
        key="benchmark",
        url="https://example.org/",
        method=Method.PARSED,
        fetched_at=dt.datetime.min.replace(tzinfo=dt.UTC),
    )
    title = document.title or document.text[:120] or document.id
    return Call(
        id=PREFIX + encode(document.id),
        title={language: title},
        objectives={language: document.text} if document.text else {},
        original_language=language,
        url="https://example.org/",
        funds=(Fund.OTHER_EU,),
        sources=(source,),
    )


def open_index(
    benchmark: Benchmark, home: Path, embedder: Embedder, progress: Progress | None = None
) -> tuple[Snapshot, SearchIndex]:
    """Index the documents of a benchmark, or open the index that a run before has made."""
    digest = hashlib.sha256(
        json.dumps([d.model_dump(mode="json", exclude={"flags"}) for d in benchmark.documents]).encode()
    )
    folder = home / "eval" / f"{benchmark.name}-{digest.hexdigest()[:12]}"
    spoken = zip(benchmark.documents, languages_of(benchmark.documents), strict=True)
    records = sorted((_record(document, language) for document, language in spoken), key=lambda record: record.id)
    write_snapshot(folder / "snapshots", records, dt.datetime.now(dt.UTC))
    snapshot = Snapshot.current(folder / "snapshots")
    client = connect(folder / "chroma", "")
    build_index(folder / "index", client, snapshot, embedder, progress)
    return snapshot, SearchIndex.current(folder / "index", client, embedder, snapshot)


Ranker = Callable[[list[Found]], list[str]]


def _by(value: Callable[[Found], float]) -> Ranker:
    return lambda found: [f.record_id for f in sorted(found, key=lambda f: (-value(f), f.record_id))]


Records = Callable[[str], RecordBase | None]


def as_candidates(found: list[Found], record: Records) -> list[Candidate]:
    """Documents that were found, with all that the features of the subject look at."""
    words = estimate_words(found)
    best = max(words.values(), default=0.0) or 1.0
    records = [(item, record(item.record_id)) for item in found]
    return [
        Candidate(call, item, words[item.record_id], {}, {}, words[item.record_id] / best)
        for item, call in records
        if isinstance(call, Call)
    ]


def _by_features(found: list[Found], record: Records, names: frozenset[str]) -> list[str]:
    """By the weighted features of production, or some of them."""
    features = [feature for feature in FEATURES if feature.name in names]

    def value(candidate: Candidate) -> tuple[float, str]:
        return -sum(feature.weight * feature.measure(candidate) for feature in features), candidate.record.id

    return [candidate.record.id for candidate in sorted(as_candidates(found, record), key=value)]


def rank(system: str, found: list[Found], record: Records) -> list[str]:
    """Ids of the documents found, ordered by one system."""
    if system == "words":
        return _by(lambda f: f.words or 0.0)([f for f in found if f.words])
    if system == "vectors":
        return _by(lambda f: f.meaning)([f for f in found if f.hits])
    return _by_features(found, record, _HYBRID if system == "hybrid" else _FULL)


def as_question(question: Item, titles_only: bool, embedder: Embedder) -> Question:
    """A question of a benchmark as the production gets it."""
    text = (question.title if titles_only and question.title else question.whole)[:MAX_IDEA]
    return prepare(text, embedder.read_query(text), question.language or _recognised(text))


def evaluate(
    benchmark: Benchmark,
    snapshot: Snapshot,
    index: SearchIndex,
    embedder: Embedder,
    systems: Sequence[str],
    titles_only: bool,
) -> Iterator[dict[str, object]]:
    """One row per system and per group of questions (all, and each flag): means, interval of nDCG@10, n."""
    names = {PREFIX + encode(document.id): document.id for document in benchmark.documents}
    record = cache(snapshot.get)
    scores: dict[str, list[tuple[frozenset[str], dict[str, float]]]] = {system: [] for system in systems}
    for question in benchmark.questions:
        found = retrieve(index, as_question(question, titles_only, embedder), "call")
        for system in systems:
            ranking = [names[name] for name in rank(system, found, record)[:DEPTH]]
            scores[system].append((question.flags, measures(ranking, benchmark.judgements[question.id])))
    groups = ["all", *sorted({flag for question in benchmark.questions for flag in question.flags})]
    for group in groups:
        for system in systems:
            rows = [values for flags, values in scores[system] if group in ("all", *flags)]
            yield _row(benchmark.name, group, system, rows)


def _row(name: str, group: str, system: str, rows: list[dict[str, float]]) -> dict[str, object]:
    means = {key: round(sum(row[key] for row in rows) / len(rows), 4) for key in rows[0]}
    low, high = interval([row["ndcg@10"] for row in rows])
    return {
        "set": name,
        "questions": group,
        "system": system,
        "n": len(rows),
        **means,
        "low": round(low, 4),
        "high": round(high, 4),
    }
