"""Alerts by e-mail: who wants to be told of what, what was told already, letters on their way.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("alert_letter", "alert_told", "alert_token", "alert", "alert_reader")


def upgrade() -> None:
    """Create the tables."""
    _create_reader()
    _create_alert()
    _create_token()
    _create_told()
    _create_letter()


def downgrade() -> None:
    """Drop the tables."""
    for name in _TABLES:
        op.drop_table(name)


def _of_reader(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["reader"], ["alert_reader.id"], name=op.f(f"fk_{table}_reader"), ondelete="CASCADE")


def _create_reader() -> None:
    op.create_table(
        "alert_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "email",
            sa.String(length=254),
            nullable=False,
            comment="in small letters; gone when the last alert is stopped",
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_reader")),
        sa.UniqueConstraint("email", name="uq_alert_reader_email"),
        comment="people who asked for alerts",
    )


def _create_alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="calls, practices or idea"),
        sa.Column(
            "query", sa.Text(), nullable=False, comment="query string of a list; of an idea its form, by consent"
        ),
        sa.Column("rhythm", sa.String(length=8), nullable=False, comment="run, daily or weekly"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True, comment="when it was last looked for news"),
        _of_reader("alert"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        comment="searches that people want to be told of",
    )
    op.create_index(op.f("ix_alert_reader"), "alert", ["reader"], unique=False)


def _create_token() -> None:
    op.create_table(
        "alert_token",
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256: the token itself is nowhere"),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("alert", sa.Integer(), nullable=True, comment="empty: all of the reader"),
        sa.Column("record_id", sa.String(length=512), nullable=True, comment="of a link that dismisses"),
        sa.Column("purpose", sa.String(length=8), nullable=False, comment="confirm, stop or dismiss"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True, comment="empty: as long as the alert"),
        _of_reader("alert_token"),
        sa.ForeignKeyConstraint(["alert"], ["alert.id"], name=op.f("fk_alert_token_alert"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_alert_token")),
        comment="links in letters",
    )
    op.create_index(op.f("ix_alert_token_reader"), "alert_token", ["reader"], unique=False)
    op.create_index(op.f("ix_alert_token_alert"), "alert_token", ["alert"], unique=False)


def _create_told() -> None:
    op.create_table(
        "alert_told",
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.String(length=512), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False, comment="ahead, open, or dismissed: for good"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _of_reader("alert_told"),
        sa.PrimaryKeyConstraint("reader", "record_id", "stage", name=op.f("pk_alert_told")),
        comment="what a reader knows already and is never told again",
    )


def _create_letter() -> None:
    op.create_table(
        "alert_letter",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True, comment="since when it is being handed over"),
        _of_reader("alert_letter"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_letter")),
        comment="letters that have not left yet; a row goes when its letter has",
    )
    op.create_index(op.f("ix_alert_letter_reader"), "alert_letter", ["reader"], unique=False)
