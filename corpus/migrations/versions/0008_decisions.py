"""Several corrections of one record, each of its own fields, and what people decided about issues.

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_UNIQUE = "uq_desk_item_record"
_WIDE, _NARROW = ("kind", "record_id", "part"), ("kind", "record_id")
_FAMILY = ("desk_item", "desk_version", "desk_comment")
"""A table and those that refer to it."""


def upgrade() -> None:
    """Widen what is unique, and create the table of decisions."""
    what = "fields that a correction is of"
    op.add_column(
        "desk_item", sa.Column("part", sa.String(128), nullable=False, server_default=sa.text("''"), comment=what)
    )
    _unique(_NARROW, _WIDE)
    op.create_table(
        "desk_decision",
        sa.Column("issue", sa.String(length=32), nullable=False, comment="what is asked, as a hash"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="goes up with every decision"),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False, comment="SHA-256 of what the issue said"),
        sa.Column("made_from", sa.JSON(), nullable=False, comment="the issue as it was read"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True, comment="the correction that came of it"),
        sa.ForeignKeyConstraint(["account"], ["desk_account.id"], name=op.f("fk_desk_decision_account")),
        sa.ForeignKeyConstraint(["item"], ["desk_item.id"], name=op.f("fk_desk_decision_item")),
        sa.PrimaryKeyConstraint("issue", "number", name=op.f("pk_desk_decision")),
        comment="what people said of issues; the last one of an issue counts",
    )  # fmt: skip


def downgrade() -> None:
    """Take both back; refused by the database where a record has several corrections."""
    op.drop_table("desk_decision")
    _unique(_WIDE, _NARROW)
    op.drop_column("desk_item", "part")


def _unique(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(f"UNIQUE ({', '.join(old)})", f"UNIQUE ({', '.join(new)})")
    else:
        op.drop_constraint(_UNIQUE, "desk_item", type_="unique")
        op.create_unique_constraint(_UNIQUE, "desk_item", list(new))


def _make_anew(old: str, new: str) -> None:
    """SQLite changes no constraint, and a table to which rows refer cannot be dropped: all three are made anew."""
    schema = sa.table("sqlite_master", *map(sa.column, ("name", "type", "tbl_name", "sql")))
    query = sa.select(schema.c.name, schema.c.type, schema.c.sql).where(schema.c.tbl_name.in_(_FAMILY))
    rows = [row for row in op.get_bind().execute(query) if row.sql]
    tables = {row.name: row.sql for row in rows if row.type == "table"}
    for name in _FAMILY:
        op.execute(_renamed(tables[name]).replace(old, new))
        op.execute(f"INSERT INTO new_{name} SELECT * FROM {name}")  # noqa: S608  names of our own
    for name in reversed(_FAMILY):
        op.drop_table(name)
    for name in _FAMILY:
        op.rename_table(f"new_{name}", name)
    for row in rows:
        if row.type == "index":
            op.execute(row.sql)


def _renamed(sql: str) -> str:
    for name in _FAMILY:
        for quote in ("", '"'):
            for before in ("CREATE TABLE", "REFERENCES"):
                sql = sql.replace(f"{before} {quote}{name}{quote}", f"{before} new_{name}")
    return sql
