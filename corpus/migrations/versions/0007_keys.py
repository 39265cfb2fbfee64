"""Keys of programs: what each may do, and when it was last used.

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; keys that are there keep the right to write."""
    with op.batch_alter_table("desk_token") as table:
        table.add_column(sa.Column("scope", sa.String(length=8), nullable=True, comment="of a key: read or write"))
        table.add_column(
            sa.Column("last_used", sa.DateTime(timezone=True), nullable=True, comment="of a key, to the minute")
        )


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("desk_token") as table:
        table.drop_column("last_used")
        table.drop_column("scope")
