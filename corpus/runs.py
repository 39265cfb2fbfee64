"""One run of a source: records are staged as they come and moved over only when the run ends well.

A run that fails, is interrupted or finds fewer records than a healthy run has leaves the last good data as
they were. Zero records is a failure, and so is a field that all records have lost since the last good run.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, select, update

from corpus import tables as t
from corpus.errors import StoreError
from corpus.issues import Issue
from corpus.promote import promote
from corpus.raw import RawRecord, SourceMeta
from corpus.shape import ENOUGH, Shape

_BATCH = 200
KEPT = "kept the last good data"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run went: the line of the table that `isopolis crawl` prints.

    `kept` counts records whose page is listed and could not be read; `resumed` is when the interrupted run
    began that this one went on with.
    """

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
    kept: int = 0
    resumed: dt.datetime | None = None

    @classmethod
    def from_row(cls, row: Row[Any]) -> Self:
        """From a row of the table of runs."""
        return cls(**{name: value for name, value in row._mapping.items() if name != "shape"})


@dataclass(frozen=True, slots=True)
class Terms:
    """How a run may begin and end.

    Attributes:
        resume_within: an interrupted run that began no longer ago is gone on with; None means never.
        accept: do not compare the fields of the records with those of the last good run.
    """

    resume_within: dt.timedelta | None = None
    accept: bool = False


class Run:
    """A run in progress. End it with `finish`, `fail` or `interrupt`."""

    def __init__(
        self, engine: Engine, meta: SourceMeta, number: int, terms: Terms, resumed: dt.datetime | None
    ) -> None:
        """Use `Store.begin_run`."""
        self.meta = meta
        self.id = number
        self.resumed = resumed
        self._engine = engine
        self._terms = terms
        self._buffer: dict[str, RawRecord] = {}
        self._issues: list[Issue] = []
        self._kept: set[str] = set()
        self._pages: dict[str, list[tuple[str, dt.datetime]]] | None = None
        self._shape = Shape()

    @classmethod
    def begin(cls, engine: Engine, meta: SourceMeta, now: dt.datetime, terms: Terms) -> Self:
        """Write the start of a run."""
        with engine.begin() as connection:
            values = {"rank": meta.rank, "meta": meta.model_dump(mode="json")}
            if connection.execute(update(t.source).where(t.source.c.id == meta.id).values(values)).rowcount == 0:
                connection.execute(insert(t.source).values(id=meta.id, **values))
            _close_abandoned(connection, meta.id, now)
            resumed = _interrupted_since(connection, meta.id, now, terms.resume_within)
            run = insert(t.run).values(source=meta.id, started_at=now, status="running", resumed=resumed)
            key = connection.execute(run).inserted_primary_key
        if key is None:
            raise StoreError("the store did not give the new run a number")
        return cls(engine, meta, int(key[0]), terms, resumed)

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

    def keep(self, page: str) -> dt.datetime | None:
        """Let the records of a page that is listed and cannot be read stand as they are, instead of vanishing.

        Returns:
            When they were last read; None when the page never told a record.
        """
        if self._pages is None:
            self._pages = self._known_pages()
        found = self._pages.get(page, [])
        self._kept.update(key for key, _ in found)
        return max((last_seen for _, last_seen in found), default=None)

    def _known_pages(self) -> dict[str, list[tuple[str, dt.datetime]]]:
        """Keys of records and when they were last read, by page: read once, and only when a page was lost."""
        r = t.record.c
        query = select(r.page, r.key, r.last_seen).where(_present(self.meta.id), r.page.is_not(None))
        pages: dict[str, list[tuple[str, dt.datetime]]] = {}
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=2000).execute(query):
                pages.setdefault(row.page, []).append((row.key, row.last_seen))
        return pages

    def finish(self, now: dt.datetime) -> RunSummary:
        """End the run well: compare with a healthy run, then move the records over in one transaction."""
        self._flush()
        with self._engine.begin() as connection:
            self._must_be_running(connection)
            count = connection.execute(_count(t.staged, t.staged.c.run_id == self.id)).scalar_one()
            if reason := self._unhealthy(connection, count):
                return self._end(connection, now, "failed", {"fetched": count}, f"{reason}; {KEPT}")
            known = connection.execute(_count(t.record, _present(self.meta.id))).scalar_one()
            counts = promote(connection, self.id, self.meta.id, now, self._kept)
            self._write_issues(connection, list(self._odd(connection, count, known, counts["vanished"])))
            values = {"fetched": count, "shape": self._shape.data(), **counts}
            return self._end(connection, now, "ok", values, "")

    def fail(self, now: dt.datetime, message: str) -> RunSummary:
        """End the run as failed; what it staged is dropped, the last good data stay."""
        return self._give_up(now, "failed", message)

    def interrupt(self, now: dt.datetime, message: str) -> RunSummary:
        """End the run as stopped from outside: the next one goes on with what was fetched."""
        return self._give_up(now, "interrupted", message)

    def _give_up(self, now: dt.datetime, status: str, message: str) -> RunSummary:
        self._buffer.clear()
        self._flush()
        with self._engine.begin() as connection:
            self._must_be_running(connection)
            return self._end(connection, now, status, {}, message)

    def _unhealthy(self, connection: Connection, count: int) -> str:
        """Why these records must not replace the last good ones; empty when they may."""
        if count + len(self._kept) < self.meta.expect_min:
            return f"{count} records, a healthy run has at least {self.meta.expect_min}"
        lost = self._shape_before(connection).lost(self._shape)
        if lost and not self._terms.accept:
            return f"{'; '.join(lost)} (crawl with --accept if the source no longer tells it)"
        return ""

    def _odd(self, connection: Connection, count: int, known: int, vanished: int) -> Iterator[Issue]:
        """What somebody should look at, although the run is a good one."""
        if count > self.meta.expect_max:
            many = f"{count} records, more than the {self.meta.expect_max} of a healthy run"
            yield Issue(source=self.meta.id, code="count", message=many)
        for fewer in self._shape_before(connection).fewer(self._shape):
            yield Issue(source=self.meta.id, code="fewer_told", message=fewer)
        if known >= ENOUGH and vanished > known / 2:
            yield Issue(source=self.meta.id, code="vanished", message=f"{vanished} of {known} records vanished at once")

    def _shape_before(self, connection: Connection) -> Shape:
        r = t.run.c
        last = select(r.shape).where(r.source == self.meta.id, r.status == "ok").order_by(r.id.desc()).limit(1)
        return Shape(connection.execute(last).scalar_one_or_none())

    def _flush(self) -> None:
        with self._engine.begin() as connection:
            self._must_be_running(connection)
            if self._buffer:
                keys = list(self._buffer)
                connection.execute(delete(t.staged).where(t.staged.c.run_id == self.id, t.staged.c.key.in_(keys)))
                rows = [_staged_row(self.id, raw) for raw in self._buffer.values()]
                connection.execute(insert(t.staged), rows)
                for row in rows:
                    self._shape.add(row["payload"])
            self._write_issues(connection, self._issues)
        self._buffer, self._issues = {}, []

    def _write_issues(self, connection: Connection, issues: list[Issue]) -> None:
        if issues:
            left_out = {"source", "quotes", "record", "countries"}
            rows = [i.storable().model_dump(mode="json", exclude=left_out) | {"run_id": self.id} for i in issues]
            connection.execute(insert(t.issue), rows)

    def _must_be_running(self, connection: Connection) -> None:
        status = connection.execute(select(t.run.c.status).where(t.run.c.id == self.id)).scalar_one()
        if status != "running":
            raise StoreError(f"run {self.id} of {self.meta.id!r} has already ended: was another started beside it?")

    def _end(
        self, connection: Connection, now: dt.datetime, status: str, values: dict[str, Any], message: str
    ) -> RunSummary:
        connection.execute(delete(t.staged).where(t.staged.c.run_id == self.id))
        issues = connection.execute(_count(t.issue, t.issue.c.run_id == self.id)).scalar_one()
        said = message.replace("\0", "")  # PostgreSQL keeps no NUL
        values = {"finished_at": now, "status": status, "message": said, "issues": issues, **values}
        connection.execute(update(t.run).where(t.run.c.id == self.id).values(values))
        return RunSummary.from_row(connection.execute(select(t.run).where(t.run.c.id == self.id)).one())


def _count(table: Any, condition: Any) -> Select[int]:
    return select(func.count()).select_from(table).where(condition)


def _present(source: str) -> Any:
    return (t.record.c.source == source) & t.record.c.vanished_at.is_(None)


def _close_abandoned(connection: Connection, source: str, now: dt.datetime) -> None:
    """A process that was killed cannot end its run; the next run does it."""
    abandoned = select(t.run.c.id).where(t.run.c.source == source, t.run.c.status == "running")
    connection.execute(delete(t.staged).where(t.staged.c.run_id.in_(abandoned)))
    connection.execute(
        update(t.run)
        .where(t.run.c.source == source, t.run.c.status == "running")
        .values(status="interrupted", finished_at=now, message=f"the process was killed; {KEPT}")
    )


def _interrupted_since(
    connection: Connection, source: str, now: dt.datetime, within: dt.timedelta | None
) -> dt.datetime | None:
    """When the interrupted run began that the next run goes on with: the first of several in a row."""
    query = select(t.run).where(t.run.c.source == source).order_by(t.run.c.id.desc()).limit(1)
    last = connection.execute(query).one_or_none()
    if last is None or last.status != "interrupted" or within is None:
        return None
    began: dt.datetime = last.resumed or last.started_at
    return began if now - began <= within else None


def _staged_row(run_id: int, raw: RawRecord) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "key": raw.key,
        "record_id": raw.record.id,
        "identifiers": [[i.scheme, i.value] for i in raw.record.identifiers],
        "content_hash": raw.content_hash(),
        "payload": raw.record.model_dump(mode="json", exclude_defaults=True) | {"kind": raw.record.kind},
        "page": raw.page,
    }
