"""Types of columns that SQLAlchemy does not bring along."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect

from corpus.database import UtcDateTime, metadata
from tests.factories import NOW

COLUMN = UtcDateTime()
SQLITE: Dialect = SQLiteDialect_pysqlite()
POSTGRESQL: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_that_was_written_is_read_back(instant: dt.datetime) -> None:
    written = COLUMN.process_bind_param(instant, SQLITE)
    assert written is not None
    forgotten = written.replace(tzinfo=None)  # what SQLite gives back
    for given_back in (written, forgotten):
        assert COLUMN.process_result_value(given_back, SQLITE) == instant.astimezone(dt.UTC)


def test_the_zone_of_the_server_does_not_matter() -> None:
    there = NOW.astimezone(dt.timezone(dt.timedelta(hours=5)))
    read = COLUMN.process_result_value(there, POSTGRESQL)
    assert read == NOW
    assert read is not None
    assert read.tzinfo is dt.UTC


def test_nothing_stays_nothing() -> None:
    assert COLUMN.process_bind_param(None, SQLITE) is None
    assert COLUMN.process_result_value(None, SQLITE) is None


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-11-22 12:00:00 has no time zone"):
        COLUMN.process_bind_param(NOW.replace(tzinfo=None), SQLITE)


def test_the_store_has_these_tables_and_every_one_a_key() -> None:
    # Other parts keep tables in the same database (corpus.desk_tables, corpus.alert_tables).
    assert {"source", "run", "staged", "record", "record_version", "issue"} <= set(metadata.tables)
    assert all(list(table.primary_key.columns) for table in metadata.tables.values())
