"""Put the parts together, once, at the entry point."""

import datetime as dt
from functools import cache

from corpus.snapshot import Snapshot
from matcher.embed import build_embedder
from matcher.engine import Matcher
from matcher.index.build import IndexReport, Progress, build_index
from matcher.index.dense import connect
from matcher.index.search import SearchIndex
from matcher.places import Places
from matcher.settings import MatcherSettings


def system_clock() -> dt.datetime:
    """Now, with zone."""
    return dt.datetime.now(dt.UTC)


def open_matcher(settings: MatcherSettings) -> Matcher:
    """The matcher over the snapshot and the index in use.

    Raises:
        SnapshotError, MatcherError: a part is missing or does not fit the others; the text says what to run.
    """
    snapshot = Snapshot.current(settings.home / "snapshots")
    embedder = build_embedder(settings)
    client = connect(settings.chroma, settings.chroma_url)
    index = SearchIndex.current(settings.index, client, embedder, snapshot)
    places = cache(lambda: Places(settings.home / "places.db"))
    return Matcher(snapshot, index, embedder, places, system_clock)


def update_index(settings: MatcherSettings, progress: Progress | None = None) -> IndexReport:
    """Bring the index up to the snapshot in use, with everything that answering will need.

    Raises:
        SnapshotError, MatcherError: there is no snapshot, or the model cannot be loaded.
    """
    snapshot = Snapshot.current(settings.home / "snapshots")
    embedder = build_embedder(settings)
    client = connect(settings.chroma, settings.chroma_url)
    report = build_index(settings.index, client, snapshot, embedder, progress)
    # Opened once here, so that the first question does not wait for the vectors of the vocabulary and the places.
    SearchIndex.current(settings.index, client, embedder, snapshot)
    Places(settings.home / "places.db")
    return report
