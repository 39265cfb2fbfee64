"""Tables of the curators' desk: people, their work, and what happened."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from corpus.database import UtcDateTime, metadata

account = Table(
    "desk_account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(254), comment="in small letters; empty once the account is erased"),
    Column("name", String(200), nullable=False),
    Column("name_is_public", Boolean, nullable=False),
    Column("language", String(2), comment="of letters; empty: not chosen"),
    Column("role", String(16), nullable=False),
    Column("countries", JSON(none_as_null=True), comment="codes that it works for; empty: all"),
    Column("network", String(200)),
    Column("password", String(200), comment="argon2id; empty: signs in elsewhere, or not yet"),
    Column("subject", String(300), comment="issuer and subject of OpenID Connect"),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
    UniqueConstraint("email", name="uq_desk_account_email"),
    UniqueConstraint("subject", name="uq_desk_account_subject"),
    comment="people of the desk",
)

token = Table(
    "desk_token",
    metadata,
    Column("hash", String(64), primary_key=True, comment="SHA-256: the token itself is nowhere"),
    Column("account", Integer, ForeignKey("desk_account.id", ondelete="CASCADE"), nullable=False),
    Column("purpose", String(16), nullable=False, comment="invitation, session, reset or api"),
    Column("name", String(200), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("scope", String(8), comment="of a key: read or write"),
    Column("last_used", UtcDateTime, comment="of a key, to the minute"),
    comment="invitations, sessions, password resets and keys of programs",
)
Index(None, token.c.account)

item = Table(
    "desk_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False, comment="practice, or correction of any record"),
    Column("record_id", String(512), nullable=False),
    Column("title", Text, nullable=False),
    Column("country", String(2)),
    Column("network", String(200)),
    Column("owner", Integer, ForeignKey("desk_account.id"), nullable=False),
    Column("state", String(24), nullable=False),
    Column("revision", Integer, nullable=False, comment="goes up with every step: who saw an older one is told"),
    Column("authors", JSON, nullable=False),
    Column("approved_by", Integer, ForeignKey("desk_account.id")),
    Column("version", Integer, nullable=False),
    Column("public_version", Integer),
    Column("revalidate_by", UtcDateTime),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("part", String(128), nullable=False, server_default=text("''"), comment="fields that a correction is of"),
    UniqueConstraint("kind", "record_id", "part", name="uq_desk_item_record"),
    comment="records that people keep",
)

item_version = Table(
    "desk_version",
    metadata,
    Column("item", Integer, ForeignKey("desk_item.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("author", Integer, ForeignKey("desk_account.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    comment="every content that a record of the desk ever had",
)

comment = Table(
    "desk_comment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item", Integer, ForeignKey("desk_item.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("field", String(128), nullable=False),
    Column("author", Integer, ForeignKey("desk_account.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("resolved_at", UtcDateTime),
)
Index(None, comment.c.item)

unsent = Table(
    "desk_unsent",
    metadata,
    Column("account", Integer, ForeignKey("desk_account.id", ondelete="CASCADE"), primary_key=True),
    Column("item", Integer, primary_key=True, autoincrement=False, comment="0: a record that was not begun yet"),
    Column("form", JSON, nullable=False),
    Column("revision", Integer, nullable=False, comment="of the record, when the form was opened"),
    Column("at", UtcDateTime, nullable=False),
    comment="what somebody typed and did not send; seen by nobody else, gone when it is sent",
)

link = Table(
    "desk_link",
    metadata,
    Column("url", Text, primary_key=True),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("status", Integer, comment="of the last answer; empty: none came"),
    Column("reason", Text, nullable=False, comment="why none came, or empty"),
    Column("etag", Text, comment="by which the page is asked for only if it changed"),
    Column("modified", Text, comment="the same, as a date of the site"),
    Column("failed_days", JSON, nullable=False, comment="days in a row on which it did not answer; empty: alive"),
    comment="addresses in records that people keep, and whether they answer",
)

event_log = Table(
    "desk_event",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("account", Integer, nullable=False, comment="0: the program itself"),
    Column("action", String(32), nullable=False),
    Column("item", Integer),
    Column("detail", JSON, nullable=False),
    Column("seal", LargeBinary(32), nullable=False, comment="SHA-256 over this event and the seal before it"),
    comment="what happened; the database refuses to change or delete a row",
)
Index(None, event_log.c.item)

decision = Table(
    "desk_decision",
    metadata,
    Column("issue", String(32), primary_key=True, comment="what is asked, as a hash"),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="goes up with every decision"),
    Column("verdict", String(16), nullable=False),
    Column("words", String(64), nullable=False, comment="SHA-256 of what the issue said"),
    Column("made_from", JSON, nullable=False, comment="the issue as it was read"),
    Column("reason", Text, nullable=False),
    Column("account", Integer, ForeignKey("desk_account.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("item", Integer, ForeignKey("desk_item.id"), comment="the correction that came of it"),
    comment="what people said of issues; the last one of an issue counts",
)
