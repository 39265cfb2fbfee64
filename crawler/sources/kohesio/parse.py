"""A file of Kohesio: the rows of our subjects, and the projects that they make.

A file is read in two steps, since rows of a project may stand apart: rows of our subjects are kept in a file of
their own and come back project by project. Nothing holds more than a batch of projects, and others may work in
between.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from corpus.raw import RawRecord
from crawler.errors import SourceError
from crawler.fields import IssueLog
from crawler.parsing import Parsed, unharmed
from crawler.sources.kohesio.guide import Guide
from crawler.sources.kohesio.issues import CappedLog
from crawler.sources.kohesio.listing import FileKey
from crawler.sources.kohesio.record import read_project
from crawler.sources.kohesio.sift import Sieve
from crawler.sources.kohesio.spool import Spool
from crawler.sources.kohesio.table import Row, read_rows

_AT_ONCE = 1000  # rows between two chances for others to work
_BATCH = 200  # records handed on at once
_CHECK_EMPTY = 1000  # rows of which none was kept: then the file is looked at


@dataclass(slots=True)
class Tally:
    """What became of the rows of a file: those that made records, and those that were left out, by reason."""

    rows: int = 0
    joined: int = 0
    records: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def absorb(self, other: "Tally") -> None:
        """Add another one."""
        self.rows += other.rows
        self.joined += other.joined
        self.records += other.records
        self.left_out += other.left_out

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {number:,}" for reason, number in self.left_out.most_common())
        kept = f"{self.joined:,} of them made {self.records:,} records"
        return f"{self.rows:,} rows read, {kept}; left out: {reasons or 'none'}"


def parse_file(file: Path, key: FileKey, guide: Guide, tally: Tally, now: dt.datetime) -> Iterator[tuple[int, Parsed]]:
    """Read a file: numbers of rows that were read and records, bit by bit. `tally` says at the end what became of it.

    Raises:
        RefusedError: a page came instead of a file.
        ShapeError: no table, a column is missing, or the file ends in the middle of a row.
    """
    log = CappedLog(guide.config.id, key.key)
    with Spool(file.with_name(f"{file.name}.kept")) as spool:
        try:
            for number in _sift(file, Sieve(key, guide, spool, log), tally):
                yield number, Parsed(issues=log.take())
        except SourceError as error:
            raise type(error)(f"{key.key}: {error}") from error
        for parsed in _read_projects(key, guide, spool, tally, log, now):
            yield 0, parsed
    yield 0, Parsed(issues=log.rest(), ignored=tally.left_out)


def _sift(file: Path, sieve: Sieve, tally: Tally) -> Iterator[int]:
    """Keep the rows of our subjects."""
    key, config = sieve.key.key, sieve.guide.config
    for row in read_rows(file, key, config.mappings["column"], config.ignored["column"], sieve.log):
        tally.rows += 1
        if reason := sieve.take(row):
            tally.left_out[reason] += 1
        if tally.rows % _AT_ONCE == 0:
            yield _AT_ONCE
    sieve.spool.close_writing()
    if tally.rows >= _CHECK_EMPTY and not sieve.spool.rows:
        sieve.log.lost(key, "category", "nothing_kept", f"of {tally.rows} rows none is of our subjects: is this true?")
    yield tally.rows % _AT_ONCE


def _read_projects(
    key: FileKey, guide: Guide, spool: Spool, tally: Tally, log: CappedLog, now: dt.datetime
) -> Iterator[Parsed]:
    """Records of the projects that were kept."""
    projects, given = spool.projects(), 0
    while batch := list(islice(projects, _BATCH)):
        parsed = Parsed()
        for number, rows in batch:
            given += len(rows)
            record = _read_one(number, rows, key, guide, log, now)
            if record:
                parsed.records.append(record)
                tally.joined += len(rows)
            else:
                tally.left_out["unreadable"] += len(rows)
        parsed.issues = log.take()
        tally.records += len(parsed.records)
        yield parsed
    if spool.rows > given:
        tally.left_out["told again of the same place"] += spool.rows - given


def _read_one(
    number: int, rows: list[Row], key: FileKey, guide: Guide, log: IssueLog, now: dt.datetime
) -> RawRecord | None:
    period, file = rows[0].get("period", key.period), f"file of {key.name}"
    record = unharmed(f"Q{number}", log, lambda: read_project(number, rows, period, file, guide, log, now))
    return record.model_copy(update={"page": key.name}) if record else None
