"""Tables of alerts: who wants to be told of what, what was told already, letters on their way."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from corpus.database import UtcDateTime, metadata

reader = Table(
    "alert_reader",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(254), nullable=False, comment="in small letters; gone when the last alert is stopped"),
    Column("language", String(2), nullable=False),
    UniqueConstraint("email", name="uq_alert_reader_email"),
    comment="people who asked for alerts",
)

alert = Table(
    "alert",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reader", Integer, ForeignKey("alert_reader.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False, comment="calls, practices or idea"),
    Column("query", Text, nullable=False, comment="query string of a list; of an idea its form, by consent"),
    Column("rhythm", String(8), nullable=False, comment="run, daily or weekly"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("looked_at", UtcDateTime, comment="when it was last looked for news"),
    comment="searches that people want to be told of",
)
Index(None, alert.c.reader)

token = Table(
    "alert_token",
    metadata,
    Column("hash", String(64), primary_key=True, comment="SHA-256: the token itself is nowhere"),
    Column("reader", Integer, ForeignKey("alert_reader.id", ondelete="CASCADE"), nullable=False),
    Column("alert", Integer, ForeignKey("alert.id", ondelete="CASCADE"), comment="empty: all of the reader"),
    Column("record_id", String(512), comment="of a link that dismisses"),
    Column("purpose", String(8), nullable=False, comment="confirm, stop or dismiss"),
    Column("expires_at", UtcDateTime, comment="empty: as long as the alert"),
    comment="links in letters",
)
Index(None, token.c.reader)
Index(None, token.c.alert)

told = Table(
    "alert_told",
    metadata,
    Column("reader", Integer, ForeignKey("alert_reader.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", String(512), primary_key=True),
    Column("stage", String(16), primary_key=True, comment="ahead, open, or dismissed: for good"),
    Column("at", UtcDateTime, nullable=False),
    comment="what a reader knows already and is never told again",
)

letter = Table(
    "alert_letter",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("reader", Integer, ForeignKey("alert_reader.id", ondelete="CASCADE"), nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("message", Text, nullable=False),
    Column("handed_at", UtcDateTime, comment="since when it is being handed over"),
    comment="letters that have not left yet; a row goes when its letter has",
)
Index(None, letter.c.reader)
