"""One run of a source: records are staged as they come and moved over only when the run ends well.

A run that fails, is interrupted or finds fewer records than a healthy run has leaves the last good data as
they were. Zero records is a failure.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, literal, select, update

from corpus import tables as t
from corpus.errors import StoreError
from corpus.issues import Issue
from corpus.raw import RawRecord, SourceMeta

_BATCH = 200


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run went: the line of the table that `isopolis crawl` prints."""

    id: int
    source: str
    started_at: dt.datetime
    finished_at: dt.datetime | None
    status: str
    fetched: int
    new: int
    changed: int
    unchanged: int
    vanished: int
    issues: int
    message: str

    @classmethod
    def from_row(cls, row: Row[Any]) -> Self:
        """From a row of the table of runs."""
        return cls(**dict(row._mapping))


class Run:
    """A run in progress. End it with `finish` or `fail`."""

    def __init__(self, engine: Engine, meta: SourceMeta, run_id: int) -> None:
        """Use `Store.begin_run`."""
        self.meta = meta
        self.id = run_id
        self._engine = engine
        self._buffer: dict[str, RawRecord] = {}
        self._issues: list[Issue] = []

    @classmethod
    def begin(cls, engine: Engine, meta: SourceMeta, now: dt.datetime) -> Self:
        """Write the start of a run."""
        with engine.begin() as connection:
            values = {"rank": meta.rank, "meta": meta.model_dump(mode="json")}
            if connection.execute(update(t.source).where(t.source.c.id == meta.id).values(values)).rowcount == 0:
                connection.execute(insert(t.source).values(id=meta.id, **values))
            _close_abandoned(connection, meta.id, now)
            inserted = connection.execute(insert(t.run).values(source=meta.id, started_at=now, status="running"))
            key = inserted.inserted_primary_key
        if key is None:
            raise StoreError("the store did not give the new run a number")
        return cls(engine, meta, int(key[0]))

    def add(self, raw: RawRecord) -> None:
        """Stage one record. The same key again replaces it: the source listed it twice."""
        if raw.source != self.meta.id:
            raise StoreError(f"a record of {raw.source!r} in a run of {self.meta.id!r}")
        self._buffer[raw.key] = raw
        if len(self._buffer) >= _BATCH:
            self._flush()

    def report(self, issue: Issue) -> None:
        """Keep an issue with the run."""
        self._issues.append(issue)
        if len(self._issues) >= _BATCH:
            self._flush()

    def finish(self, now: dt.datetime) -> RunSummary:
        """End the run well: check the number of records, then move them over in one transaction."""
        self._flush()
        with self._engine.begin() as connection:
            self._must_be_running(connection)
            count = connection.execute(_count(t.staged, t.staged.c.run_id == self.id)).scalar_one()
            if count < self.meta.expect_min:
                found = f"{count} records, a healthy run has at least {self.meta.expect_min}"
                return self._end(connection, now, "failed", {"fetched": count}, f"{found}; kept the last good data")
            if count > self.meta.expect_max:
                many = f"{count} records, more than the {self.meta.expect_max} of a healthy run"
                self._write_issues(connection, [Issue(source=self.meta.id, code="count", message=many)])
            counts = _promote(connection, self.id, self.meta.id, now)
            return self._end(connection, now, "ok", {"fetched": count, **counts}, "")

    def fail(self, now: dt.datetime, message: str) -> RunSummary:
        """End the run as failed; what it staged is dropped, the last good data stay."""
        self._buffer.clear()
        self._flush()
        with self._engine.begin() as connection:
            self._must_be_running(connection)
            return self._end(connection, now, "failed", {}, message)

    def _flush(self) -> None:
        with self._engine.begin() as connection:
            self._must_be_running(connection)
            if self._buffer:
                keys = list(self._buffer)
                connection.execute(delete(t.staged).where(t.staged.c.run_id == self.id, t.staged.c.key.in_(keys)))
                connection.execute(insert(t.staged), [_staged_row(self.id, raw) for raw in self._buffer.values()])
            self._write_issues(connection, self._issues)
        self._buffer, self._issues = {}, []

    def _write_issues(self, connection: Connection, issues: list[Issue]) -> None:
        if issues:
            rows = [issue.model_dump(mode="json", exclude={"source"}) | {"run_id": self.id} for issue in issues]
            connection.execute(insert(t.issue), rows)

    def _must_be_running(self, connection: Connection) -> None:
        status = connection.execute(select(t.run.c.status).where(t.run.c.id == self.id)).scalar_one()
        if status != "running":
            raise StoreError(f"run {self.id} of {self.meta.id!r} has already ended: was another started beside it?")

    def _end(
        self, connection: Connection, now: dt.datetime, status: str, counts: dict[str, int], message: str
    ) -> RunSummary:
        connection.execute(delete(t.staged).where(t.staged.c.run_id == self.id))
        issues = connection.execute(_count(t.issue, t.issue.c.run_id == self.id)).scalar_one()
        values = {"finished_at": now, "status": status, "message": message, "issues": issues, **counts}
        connection.execute(update(t.run).where(t.run.c.id == self.id).values(values))
        return RunSummary.from_row(connection.execute(select(t.run).where(t.run.c.id == self.id)).one())


def _count(table: Any, condition: Any) -> Select[int]:
    return select(func.count()).select_from(table).where(condition)


def _close_abandoned(connection: Connection, source: str, now: dt.datetime) -> None:
    """A process that was killed cannot end its run; the next run does it."""
    abandoned = select(t.run.c.id).where(t.run.c.source == source, t.run.c.status == "running")
    connection.execute(delete(t.staged).where(t.staged.c.run_id.in_(abandoned)))
    connection.execute(
        update(t.run)
        .where(t.run.c.source == source, t.run.c.status == "running")
        .values(status="failed", finished_at=now, message="interrupted")
    )


def _staged_row(run_id: int, raw: RawRecord) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "key": raw.key,
        "record_id": raw.record.id,
        "identifiers": [[i.scheme, i.value] for i in raw.record.identifiers],
        "content_hash": raw.content_hash(),
        "payload": raw.record.model_dump(mode="json", exclude_defaults=True) | {"kind": raw.record.kind},
    }


def _promote(connection: Connection, run_id: int, source: str, now: dt.datetime) -> dict[str, int]:
    """Move staged records over; return how many were new, changed, unchanged and vanished."""
    s, r = t.staged.c, t.record.c
    same_key = (r.source == source) & (r.key == s.key) & (s.run_id == run_id)
    known = select(r.key).where(r.source == source)
    content = {"record_id": s.record_id, "identifiers": s.identifiers, "payload": s.payload}
    changed = update(t.record).where(same_key, r.content_hash != s.content_hash)
    changed_count = connection.execute(
        changed.values(content_hash=s.content_hash, version=r.version + 1, last_seen=now, vanished_at=None, **content)
    ).rowcount
    seen = select(s.key).where(s.run_id == run_id)
    still = update(t.record).where(r.source == source, r.key.in_(seen), r.last_seen != now)
    unchanged_count = connection.execute(still.values(last_seen=now, vanished_at=None)).rowcount
    columns = ("source", "key", "version", "first_seen", "last_seen", "record_id", "identifiers")
    fresh = select(
        literal(source), s.key, literal(1), literal(now, t.UtcDateTime), literal(now, t.UtcDateTime),
        s.record_id, s.identifiers, s.content_hash, s.payload,
    ).where(s.run_id == run_id, s.key.not_in(known))  # fmt: skip
    into = insert(t.record).from_select([*columns, "content_hash", "payload"], fresh)
    # Without the option PostgreSQL's driver does not say how many rows an insert made.
    new_count = connection.execute(into, execution_options={"preserve_rowcount": True}).rowcount
    gone = update(t.record).where(r.source == source, r.vanished_at.is_(None), r.key.not_in(seen))
    vanished_count = connection.execute(gone.values(vanished_at=now)).rowcount
    _keep_versions(connection, source, now)
    return {"new": new_count, "changed": changed_count, "unchanged": unchanged_count, "vanished": vanished_count}


def _keep_versions(connection: Connection, source: str, now: dt.datetime) -> None:
    """Write down every state that is not yet among the versions."""
    r, v = t.record.c, t.version.c
    kept = select(v.key).where(v.source == r.source, v.key == r.key, v.version == r.version).exists()
    states = select(r.source, r.key, r.version, r.last_seen, r.content_hash, r.payload).where(
        r.source == source, r.last_seen == now, ~kept
    )
    columns = ["source", "key", "version", "seen_at", "content_hash", "payload"]
    connection.execute(insert(t.version).from_select(columns, states))
