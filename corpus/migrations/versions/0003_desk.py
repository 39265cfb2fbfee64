"""The curators' desk: people, their work, and a log that the database itself keeps from being changed.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = ("desk_event", "desk_comment", "desk_version", "desk_item", "desk_token", "desk_account")
_REFUSED = "the log of the desk is never changed"
_SQLITE = "CREATE TRIGGER desk_event_no_{verb} BEFORE {verb} ON desk_event BEGIN SELECT RAISE(ABORT, '{text}'); END"
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION desk_event_refuse() RETURNS trigger AS
    $$ BEGIN RAISE EXCEPTION 'the log of the desk is never changed'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER desk_event_refuse BEFORE UPDATE OR DELETE ON desk_event
    FOR EACH ROW EXECUTE FUNCTION desk_event_refuse()""",
    """CREATE TRIGGER desk_event_no_truncate BEFORE TRUNCATE ON desk_event
    FOR EACH STATEMENT EXECUTE FUNCTION desk_event_refuse()""",
)


def upgrade() -> None:
    """Create the tables and what guards the log."""
    _create_account()
    _create_token()
    _create_item()
    _create_version()
    _create_comment()
    _create_event()
    _guard()


def downgrade() -> None:
    """Drop the tables."""
    for name in _TABLES:
        op.drop_table(name)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION IF EXISTS desk_event_refuse()")


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(verb=verb, text=_REFUSED))
    else:
        for statement in _POSTGRESQL:
            op.execute(statement)


def _create_account() -> None:
    op.create_table(
        "desk_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "email", sa.String(length=254), nullable=True, comment="in small letters; empty once the account is erased"
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_is_public", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column(
            "countries", sa.JSON(none_as_null=True), nullable=True, comment="codes that it works for; empty: all"
        ),
        sa.Column("network", sa.String(length=200), nullable=True),
        sa.Column(
            "password", sa.String(length=200), nullable=True, comment="argon2id; empty: signs in elsewhere, or not yet"
        ),
        sa.Column("subject", sa.String(length=300), nullable=True, comment="issuer and subject of OpenID Connect"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_account")),
        sa.UniqueConstraint("email", name="uq_desk_account_email"),
        sa.UniqueConstraint("subject", name="uq_desk_account_subject"),
        comment="people of the desk",
    )


def _create_token() -> None:
    op.create_table(
        "desk_token",
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256: the token itself is nowhere"),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False, comment="invitation, session, reset or api"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["desk_account.id"], name=op.f("fk_desk_token_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_desk_token")),
        comment="invitations, sessions, password resets and keys of programs",
    )
    op.create_index(op.f("ix_desk_token_account"), "desk_token", ["account"], unique=False)


def _create_item() -> None:
    op.create_table(
        "desk_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="practice, or correction of any record"),
        sa.Column("record_id", sa.String(length=512), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("network", sa.String(length=200), nullable=True),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column(
            "revision", sa.Integer(), nullable=False, comment="goes up with every step: who saw an older one is told"
        ),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_version", sa.Integer(), nullable=True),
        sa.Column("revalidate_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["desk_account.id"], name=op.f("fk_desk_item_approved_by")),
        sa.ForeignKeyConstraint(["owner"], ["desk_account.id"], name=op.f("fk_desk_item_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_item")),
        sa.UniqueConstraint("kind", "record_id", name="uq_desk_item_record"),
        comment="records that people keep",
    )


def _create_version() -> None:
    op.create_table(
        "desk_version",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["desk_account.id"], name=op.f("fk_desk_version_author")),
        sa.ForeignKeyConstraint(["item"], ["desk_item.id"], name=op.f("fk_desk_version_item")),
        sa.PrimaryKeyConstraint("item", "version", name=op.f("pk_desk_version")),
        comment="every content that a record of the desk ever had",
    )


def _create_comment() -> None:
    op.create_table(
        "desk_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=128), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author"], ["desk_account.id"], name=op.f("fk_desk_comment_author")),
        sa.ForeignKeyConstraint(["item"], ["desk_item.id"], name=op.f("fk_desk_comment_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_comment")),
    )
    op.create_index(op.f("ix_desk_comment_item"), "desk_comment", ["item"], unique=False)


def _create_event() -> None:
    op.create_table(
        "desk_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False, comment="0: the program itself"),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column(
            "seal", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 over this event and the seal before it"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_event")),
        comment="what happened; the database refuses to change or delete a row",
    )
    op.create_index(op.f("ix_desk_event_item"), "desk_event", ["item"], unique=False)
