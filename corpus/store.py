"""The store: what every source last told, and how its runs went."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, select, tuple_

from corpus import tables as t
from corpus.database import open_database
from corpus.issues import Issue
from corpus.model import Record, RecordBase
from corpus.raw import SourceMeta
from corpus.runs import Run, RunSummary, Terms

_RECORD: TypeAdapter[RecordBase] = TypeAdapter(Record)
NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Member:
    """Where one source's telling of a record lies, and by which names it can be known again."""

    source: str
    key: str
    record_id: str
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """When a source first and last told of a record, and since when it does not."""

    first_seen: dt.datetime
    last_seen: dt.datetime
    vanished_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Tellings:
    """All that one source ever told of a record; `versions`: when each was read and what it said, oldest first.

    There are none where it never changed.
    """

    presence: Presence
    versions: tuple[tuple[dt.datetime, dict[str, Any]], ...]


class Store:
    """Sources, runs, records with all their versions, and issues, in SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        """Use `Store.open`."""
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> "Store":
        """Open a store and bring its tables up to date.

        Raises:
            StoreError: the address is no database, cannot be reached, or holds a newer store.
        """
        return cls(open_database(url))

    @property
    def engine(self) -> Engine:
        """The database, for what else is kept in it."""
        return self._engine

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def begin_run(self, meta: SourceMeta, now: dt.datetime, terms: Terms = NO_TERMS) -> Run:
        """Start a run of a source; an earlier run that never ended is marked as interrupted."""
        return Run.begin(self._engine, meta, now, terms)

    def sources(self) -> list[SourceMeta]:
        """All sources that ever had a run, best rank first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(t.source.c.meta).order_by(t.source.c.rank, t.source.c.id))
            return [SourceMeta.model_validate(row.meta) for row in rows]

    def runs(self, source: str, limit: int = 20, status: str | None = None) -> list[RunSummary]:
        """The latest runs of a source, newest first; with `status` only those that ended so."""
        query = select(t.run).where(t.run.c.source == source).order_by(t.run.c.id.desc()).limit(limit)
        if status is not None:
            query = query.where(t.run.c.status == status)
        with self._engine.connect() as connection:
            return [RunSummary.from_row(row) for row in connection.execute(query)]

    def issues(self, run_id: int) -> list[Issue]:
        """The issues of a run, in the order in which they came."""
        run = select(t.run.c.source).where(t.run.c.id == run_id)
        query = select(t.issue).where(t.issue.c.run_id == run_id).order_by(t.issue.c.id)
        with self._engine.connect() as connection:
            source = connection.execute(run).scalar_one()
            fields = ("key", "level", "code", "field", "message", "raw")
            rows = connection.execute(query).mappings()
            return [Issue.model_validate({"source": source} | {f: row[f] for f in fields}) for row in rows]

    def members(self, vanished: bool = False) -> Iterator[Member]:
        """Every record of every source, without its content; those that vanished only when asked for."""
        columns = (t.record.c.source, t.record.c.key, t.record.c.record_id, t.record.c.identifiers)
        query = select(*columns).order_by(t.record.c.source, t.record.c.key)
        if not vanished:
            query = query.where(t.record.c.vanished_at.is_(None))
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=2000).execute(query):
                names = tuple((scheme, value) for scheme, value in row.identifiers)
                yield Member(row.source, row.key, row.record_id, names)

    def records(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], RecordBase]:
        """Contents of records by (source, key)."""
        query = select(t.record.c.source, t.record.c.key, t.record.c.payload).where(
            tuple_(t.record.c.source, t.record.c.key).in_(keys)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {(row.source, row.key): _RECORD.validate_python(row.payload) for row in rows}

    def presence(self, source: str, key: str) -> Presence:
        """When a source told of a record."""
        r = t.record.c
        query = select(r.first_seen, r.last_seen, r.vanished_at).where(r.source == source, r.key == key)
        with self._engine.connect() as connection:
            return Presence(**connection.execute(query).mappings().one())

    def tellings(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Tellings]:
        """What sources told from the first to the last time, by (source, key)."""
        r, v = t.record.c, t.version.c
        seen = select(r.source, r.key, r.first_seen, r.last_seen, r.vanished_at, r.version)
        versions: dict[tuple[str, str], list[tuple[dt.datetime, dict[str, Any]]]] = {}
        with self._engine.connect() as connection:
            rows = connection.execute(seen.where(tuple_(r.source, r.key).in_(keys))).all() if keys else []
            changed = [(row.source, row.key) for row in rows if row.version > 1]
            query = select(v.source, v.key, v.seen_at, v.payload).order_by(v.source, v.key, v.version)
            for row in connection.execute(query.where(tuple_(v.source, v.key).in_(changed))) if changed else ():
                versions.setdefault((row.source, row.key), []).append((row.seen_at, row.payload))
        return {
            (row.source, row.key): Tellings(
                Presence(row.first_seen, row.last_seen, row.vanished_at), tuple(versions.get((row.source, row.key), ()))
            )
            for row in rows
        }

    def versions(self, source: str, key: str) -> list[dict[str, Any]]:
        """Every state that a record ever had, oldest first."""
        query = (
            select(t.version).where(t.version.c.source == source, t.version.c.key == key).order_by(t.version.c.version)
        )
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]
