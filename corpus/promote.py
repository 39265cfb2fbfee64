"""The last step of a good run: what was staged becomes what is known. One transaction, in SQL alone."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, insert, literal, select, update

from corpus import tables as t
from corpus.database import UtcDateTime

_BATCH = 500


def promote(
    connection: Connection, run_id: int, source: str, now: dt.datetime, kept: Collection[str]
) -> dict[str, int]:
    """Move staged records over; return how many were new, changed, unchanged, vanished and kept.

    `kept` are keys of records that the source still lists and whose pages could not be read: they do not vanish.
    """
    counts = {
        "changed": _change(connection, run_id, source, now),
        "unchanged": _confirm(connection, run_id, source, now),
        "new": _add(connection, run_id, source, now),
    }
    gone = _vanish(connection, run_id, source, now)
    counts["kept"] = _restore(connection, source, now, sorted(kept))
    counts["vanished"] = gone - counts["kept"]
    _keep_versions(connection, source, now)
    return counts


def _same(run_id: int, source: str) -> ColumnElement[bool]:
    s, r = t.staged.c, t.record.c
    return (r.source == source) & (r.key == s.key) & (s.run_id == run_id)


def _change(connection: Connection, run_id: int, source: str, now: dt.datetime) -> int:
    s, r = t.staged.c, t.record.c
    content = {"record_id": s.record_id, "identifiers": s.identifiers, "payload": s.payload, "page": s.page}
    changed = update(t.record).where(_same(run_id, source), r.content_hash != s.content_hash)
    values = {"content_hash": s.content_hash, "version": r.version + 1, "last_seen": now, "vanished_at": None}
    return connection.execute(changed.values(**values, **content)).rowcount


def _confirm(connection: Connection, run_id: int, source: str, now: dt.datetime) -> int:
    still = update(t.record).where(_same(run_id, source), t.record.c.last_seen != now)
    return connection.execute(still.values(last_seen=now, vanished_at=None, page=t.staged.c.page)).rowcount


def _add(connection: Connection, run_id: int, source: str, now: dt.datetime) -> int:
    s, r = t.staged.c, t.record.c
    known = select(r.key).where(r.source == source)
    columns = ("source", "key", "version", "first_seen", "last_seen", "record_id", "identifiers")
    fresh = select(
        literal(source), s.key, literal(1), literal(now, UtcDateTime), literal(now, UtcDateTime),
        s.record_id, s.identifiers, s.content_hash, s.payload, s.page,
    ).where(s.run_id == run_id, s.key.not_in(known))  # fmt: skip
    into = insert(t.record).from_select([*columns, "content_hash", "payload", "page"], fresh)
    # Without the option PostgreSQL's driver does not say how many rows an insert made.
    return connection.execute(into, execution_options={"preserve_rowcount": True}).rowcount


def _vanish(connection: Connection, run_id: int, source: str, now: dt.datetime) -> int:
    r = t.record.c
    seen = select(t.staged.c.key).where(t.staged.c.run_id == run_id)
    gone = update(t.record).where(r.source == source, r.vanished_at.is_(None), r.key.not_in(seen))
    return connection.execute(gone.values(vanished_at=now)).rowcount


def _restore(connection: Connection, source: str, now: dt.datetime, keys: list[str]) -> int:
    """Take the mark from those that are kept. In batches, as a database takes so many values at once and no more."""
    r, restored = t.record.c, 0
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        back = update(t.record).where(r.source == source, r.vanished_at == now, r.key.in_(batch))
        restored += connection.execute(back.values(vanished_at=None)).rowcount
    return restored


def _keep_versions(connection: Connection, source: str, now: dt.datetime) -> None:
    """Write down every state that is not yet among the versions."""
    r, v = t.record.c, t.version.c
    kept = select(v.key).where(v.source == r.source, v.key == r.key, v.version == r.version).exists()
    states = select(r.source, r.key, r.version, r.last_seen, r.content_hash, r.payload).where(
        r.source == source, r.last_seen == now, ~kept
    )
    columns = ["source", "key", "version", "seen_at", "content_hash", "payload"]
    connection.execute(insert(t.version).from_select(columns, states))
