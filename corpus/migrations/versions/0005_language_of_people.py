"""The language in which people of the desk want their letters.

Revision: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has chosen yet."""
    with op.batch_alter_table("desk_account") as table:
        table.add_column(
            sa.Column("language", sa.String(length=2), nullable=True, comment="of letters; empty: not chosen")
        )


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("desk_account") as table:
        table.drop_column("language")
