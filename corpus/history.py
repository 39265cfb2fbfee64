"""How a record came to be what it is: every state that each source told, with the differences."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpus.build import load_curated
from corpus.curated import DATA
from corpus.difference import differences
from corpus.errors import StoreError
from corpus.events import CURATED
from corpus.identity import Groups
from corpus.store import Store


def history_lines(store: Store, record_id: str, curated: Path | None = None) -> Iterator[str]:
    """Every telling of a record with its versions, oldest first, for a terminal.

    The record is found by its id in the snapshot, or by the id that one source gives it.

    Raises:
        StoreError: nobody tells of such a record.
    """
    places = _tellings(store, record_id, curated)
    if not places:
        raise StoreError(f"nobody tells of {record_id!r}; give an id as `isopolis match` and the pages show it")
    for source, key in places:
        yield from _of_curated(key) if source == CURATED else _of_telling(store, source, key)


def _tellings(store: Store, record_id: str, curated: Path | None) -> list[tuple[str, str]]:
    """Who tells of it: source and key, vanished ones included."""
    groups, handles = Groups(), dict[str, tuple[str, str]]()
    ids: dict[str, str] = {}
    for record in load_curated(curated or DATA).values():
        handle = f"{CURATED}\t{record.id}"
        handles[handle], ids[handle] = (CURATED, record.id), record.id
        groups.add(handle, record.id, [(i.scheme, i.value) for i in record.identifiers])
    for member in store.members(vanished=True):
        handle = f"{member.source}\t{member.key}"
        handles[handle], ids[handle] = (member.source, member.key), member.record_id
        groups.add(handle, member.record_id, member.identifiers)
    for group_id, members in groups.groups():
        if record_id == group_id or record_id in {ids[handle] for handle in members}:
            return sorted(handles[handle] for handle in members)
    return []


def _of_curated(record_id: str) -> Iterator[str]:
    yield f"{CURATED} {record_id}: written by hand; its history is that of its file in corpus/data"


def _of_telling(store: Store, source: str, key: str) -> Iterator[str]:
    presence, versions = store.presence(source, key), store.versions(source, key)
    state = "vanished" if presence.vanished_at else "told by its source"
    yield f"{source} {key}: {len(versions)} version{'s' * (len(versions) != 1)}, {state}"
    yield f"  {presence.first_seen:%Y-%m-%d %H:%M}  version 1: first seen"
    for old, new in pairwise(versions):
        yield f"  {new['seen_at']:%Y-%m-%d %H:%M}  version {new['version']}: changed"
        yield from (f"      {line}" for line in differences(old["payload"], new["payload"]))
    if presence.vanished_at:
        yield f"  {presence.vanished_at:%Y-%m-%d %H:%M}  vanished: its source no longer lists it; kept and not shown"
    else:
        yield f"  {presence.last_seen:%Y-%m-%d %H:%M}  last seen"
