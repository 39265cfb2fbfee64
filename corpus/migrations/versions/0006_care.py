"""Care at the desk: forms that were not sent, and whether addresses still answer.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "desk_unsent",
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column(
            "item",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="0: a record that was not begun yet",
        ),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, comment="of the record, when the form was opened"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["desk_account.id"], name=op.f("fk_desk_unsent_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account", "item", name=op.f("pk_desk_unsent")),
        comment="what somebody typed and did not send; seen by nobody else, gone when it is sent",
    )
    op.create_table(
        "desk_link",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True, comment="of the last answer; empty: none came"),
        sa.Column("reason", sa.Text(), nullable=False, comment="why none came, or empty"),
        sa.Column("etag", sa.Text(), nullable=True, comment="by which the page is asked for only if it changed"),
        sa.Column("modified", sa.Text(), nullable=True, comment="the same, as a date of the site"),
        sa.Column(
            "failed_days",
            sa.JSON(),
            nullable=False,
            comment="days in a row on which it did not answer; empty: alive",
        ),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_desk_link")),
        comment="addresses in records that people keep, and whether they answer",
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("desk_link", "desk_unsent"):
        op.drop_table(name)
