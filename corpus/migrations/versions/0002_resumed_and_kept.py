"""Interrupted runs can be gone on with; records whose page could not be read are kept.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. No table is made anew: in SQLite that would empty those that refer to it."""
    op.add_column("run", sa.Column("kept", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("run", sa.Column("resumed", sa.DateTime(timezone=True), nullable=True))
    op.add_column("run", sa.Column("shape", sa.JSON(), nullable=True))
    op.add_column("staged", sa.Column("page", sa.Text(), nullable=True))
    op.add_column("record", sa.Column("page", sa.Text(), nullable=True))
    _comment("running, ok, failed or interrupted")


def downgrade() -> None:
    """Drop the columns."""
    _comment("running, ok or failed")
    op.drop_column("record", "page")
    op.drop_column("staged", "page")
    for name in ("shape", "resumed", "kept"):
        op.drop_column("run", name)


def _comment(text: str) -> None:
    if op.get_bind().dialect.name != "sqlite":  # which has no comments
        op.alter_column("run", "status", comment=text, existing_type=sa.String(length=16), existing_nullable=False)
