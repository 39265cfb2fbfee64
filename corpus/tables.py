"""Tables of the store, in SQLAlchemy Core: the same for SQLite and PostgreSQL."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from corpus.database import UtcDateTime, metadata

source = Table(
    "source",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("meta", JSON, nullable=False),
    comment="sources as their last run described them",
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(64), ForeignKey("source.id"), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("status", String(16), nullable=False, comment="running, ok, failed or interrupted"),
    Column("fetched", Integer, nullable=False, default=0),
    Column("new", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("vanished", Integer, nullable=False, default=0),
    Column("issues", Integer, nullable=False, default=0),
    Column("message", Text, nullable=False, default=""),
    Column("kept", Integer, nullable=False, server_default="0"),
    Column("resumed", UtcDateTime),
    Column("shape", JSON(none_as_null=True)),
)

staged = Table(
    "staged",
    metadata,
    Column("run_id", Integer, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(512), primary_key=True),
    Column("record_id", String(512), nullable=False),
    Column("identifiers", JSON, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("page", Text),
    comment="records of runs that have not ended: nothing reads them but the end of the run",
)

record = Table(
    "record",
    metadata,
    Column("source", String(64), ForeignKey("source.id"), primary_key=True),
    Column("key", String(512), primary_key=True),
    Column("record_id", String(512), nullable=False),
    Column("identifiers", JSON, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("vanished_at", UtcDateTime),
    Column("payload", JSON, nullable=False),
    Column("page", Text),
    comment="the last good state of every record of every source",
)
Index(None, record.c.record_id)

version = Table(
    "record_version",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("key", String(512), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("payload", JSON, nullable=False),
    comment="every state that a record ever had",
)

issue = Table(
    "issue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id", ondelete="CASCADE"), nullable=False),
    Column("key", String(512), nullable=False),
    Column("level", String(16), nullable=False),
    Column("code", String(64), nullable=False),
    Column("field", String(128), nullable=False),
    Column("message", Text, nullable=False),
    Column("raw", Text, nullable=False),
)
Index(None, issue.c.run_id)
