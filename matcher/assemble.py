"""Put the parts together, once, at the entry point."""

import datetime as dt
from functools import cache, partial

from corpus.snapshot import Snapshot
from matcher.embed import Embedder, build_embedder
from matcher.engine import Matcher
from matcher.errors import IndexMissingError, MatcherError
from matcher.index.build import IndexReport, build_index, current_folder
from matcher.index.copies import copy_of, publish
from matcher.index.dense import connect
from matcher.index.fill import Progress
from matcher.index.manifest import check, read_manifest
from matcher.index.search import SearchIndex
from matcher.places import Places
from matcher.settings import MatcherSettings


def system_clock() -> dt.datetime:
    """Now, with zone."""
    return dt.datetime.now(dt.UTC)


def open_matcher(settings: MatcherSettings, embedder: Embedder | None = None) -> Matcher:
    """The matcher over the snapshot and the index in use; the model is loaded unless it is handed in.

    Raises:
        SnapshotError, MatcherError: a part is missing or does not fit the others; the text says what to run.
    """
    snapshot = Snapshot.current(settings.home / "snapshots")
    embedder = embedder or build_embedder(settings)
    index = _open_index(settings, embedder, snapshot)
    places = cache(lambda: Places(settings.home / "places.db"))
    return Matcher(snapshot, index, embedder, places, system_clock)


def _open_index(settings: MatcherSettings, embedder: Embedder, snapshot: Snapshot) -> SearchIndex:
    folder = current_folder(settings.index)
    if folder is None:
        raise IndexMissingError(f"there is no index in {settings.index}; run `isopolis index`")
    # Checked before the vectors are opened: a folder of another model or format may hold none.
    check(read_manifest(folder), snapshot.manifest.hash, embedder.name, embedder.dimension)
    return SearchIndex(folder, connect(copy_of(folder) or settings.chroma, settings.chroma_url), embedder, snapshot)


def _is_current(settings: MatcherSettings, snapshot: Snapshot) -> IndexReport | None:
    """What there is, when the index in use is already that of the snapshot and the model: no model is loaded."""
    folder = current_folder(settings.index)
    try:
        manifest = read_manifest(folder) if folder else None
    except MatcherError:
        return None
    copy = copy_of(folder) if folder else None
    whole = bool(settings.chroma_url) or (copy is not None and copy.is_dir())
    places = (settings.home / "places.db").exists()
    if folder is None or manifest is None or not (whole and places):
        return None
    if (manifest.snapshot, manifest.model) != (snapshot.manifest.hash, settings.model):
        return None
    return IndexReport(folder.name, sum(manifest.records.values()), manifest.passages, 0, 0, 0)


def update_index(settings: MatcherSettings, progress: Progress | None = None) -> IndexReport:
    """Bring the index up to the snapshot in use, with everything that answering will need.

    Raises:
        SnapshotError, MatcherError: there is no snapshot, or the model cannot be loaded.
    """
    snapshot = Snapshot.current(settings.home / "snapshots")
    current = _is_current(settings, snapshot)
    if current is not None:
        return current
    embedder = build_embedder(settings)
    client = connect(settings.chroma, settings.chroma_url)
    beside = None if settings.chroma_url else partial(publish, settings.chroma)
    report = build_index(settings.index, client, snapshot, embedder, progress, beside)
    # Opened once here, so that the first question does not wait for the vectors of the vocabulary and the places.
    _open_index(settings, embedder, snapshot)
    Places(settings.home / "places.db")
    return report
