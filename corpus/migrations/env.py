"""Alembic's entry: runs on the connection that the store hands over."""

from alembic import context

from corpus import alert_tables, desk_tables, tables  # noqa: F401  # the tables of each part add themselves to the metadata
from corpus.database import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
